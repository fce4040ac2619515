"""Alerts about money and disk, in English; see `en`."""

TEXTS = {
    "alert.budget_nearly": "Four fifths of today's money are spent",
    "alert.budget_nearly.do": (
        "/usage shows on what. /budget N changes the cap, /pause stops orders."
    ),
    "alert.disk_low": "The disk of the database is nearly full",
    "alert.disk_low.do": "Make room before the bot has to stop: nothing can be written without.",
}
