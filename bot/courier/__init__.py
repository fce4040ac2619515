"""The courier: from the outbox to Telegram, within Telegram's limits.

`courier` takes rows in their chat's order and writes down what became of them, `pace` says
when a chat may be written to again, `calls` turns a message into the Bot API call that
shows it, `pictures` finds the bytes, `outcomes` reads Telegram's refusals, `settling`
writes down what became of a row. `indicator` shows that a picture is on its way.
"""

from bot.courier.courier import POINTS, Courier

__all__ = ["POINTS", "Courier"]
