"""Fitting Room: a Telegram bot for trying clothes on."""

import os

# Durations from python-telegram-bot as timedelta, its coming default; else it warns at each 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")
