"""A local Telegram: a Bot API server that behaves like the real one, and people to use it."""
