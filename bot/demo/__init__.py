"""Everything on this machine: a local Telegram, local image services, sample photos."""
