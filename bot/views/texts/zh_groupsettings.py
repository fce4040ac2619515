"""What the bot says of a group's settings, in Simplified Chinese; see `zh`."""

TEXTS = {
    "try_on_off": "本群没有开放试穿。",
    "restyle_off": "本群没有开放换风格。",
}
