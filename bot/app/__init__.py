"""The composition root: the only place that knows all rooms.

`wiring` builds the parts and lets them know each other, `lifecycle` runs them and stops
them in good order, `process` is the process around it, with its signals and exit codes.
"""

from bot.app.lifecycle import Cannot
from bot.app.process import run, serve, stop_on_signals

__all__ = ["Cannot", "run", "serve", "stop_on_signals"]
