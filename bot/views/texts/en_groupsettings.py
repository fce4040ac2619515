"""What the bot says of a group's settings, in English."""

TEXTS = {
    "try_on_off": "Trying on is turned off in this group.",
    "restyle_off": "Restyling is turned off in this group.",
}
