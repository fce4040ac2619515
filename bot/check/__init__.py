"""`python -m bot check`: is everything there that the bot needs? Asks, and spends nothing.

One file per subject; each looks at one thing and returns findings. `run` asks them all at
the same time, `table` shows what they found.
"""

from bot.check.run import run

__all__ = ["run"]
