"""SQLite: what must survive. Knows nothing of Telegram or the image services."""
