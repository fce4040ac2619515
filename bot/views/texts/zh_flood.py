"""What the bot says to whoever is too fast for it, in Simplified Chinese; see `zh`."""
# ruff: noqa: RUF001  Chinese punctuation is meant as it stands

TEXTS = {
    "too_fast": "您发得太快，我跟不上了 🙂 请过一分钟再继续。",
}
