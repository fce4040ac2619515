"""Fitting Room: a Telegram bot for trying clothes on."""
