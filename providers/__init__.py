"""Image services and photo hosts. Knows nothing of Telegram or the database."""
