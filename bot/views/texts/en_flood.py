"""What the bot says to whoever is too fast for it, in English; see `en`."""

TEXTS = {
    "too_fast": "That was too fast for me. 🙂 Please go on in a minute.",
}
