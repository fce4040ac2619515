"""A local Telegram: a Bot API server that behaves like the real one, and people to use it.

`LocalTelegram` is the state, `routes` serves it over HTTP (Bot API, people's API, control
API), `direct.DirectRequest` in this process. Who lives in it is a `World`.
"""

from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.model import BotAccount, GroupChat, PersonAccount, Status, Topic, World
from bot.demo.telegram.routes import routes

__all__ = [
    "BotAccount",
    "GroupChat",
    "LocalTelegram",
    "PersonAccount",
    "Status",
    "Topic",
    "World",
    "routes",
]
