"""The one list of the operators' commands: their names, what they take, who answers them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from bot.handlers.admin import holding, money, orders, people, pools, trail, usage
from bot.handlers.admin.office import About, Answer, Office, OfGroup, Plain, nothing, told
from bot.views import admin as words

Command: TypeAlias = Plain[Any] | About[Any] | OfGroup[Any]


async def _help(office: Office, _: None) -> Answer:
    """Tell which commands there are."""
    return told(words.help_(office.language, tuple(COMMANDS)))


_ALL: tuple[Command, ...] = (
    About("quota", nothing, people.quota),
    About("grant", people.read_grant, people.grant),
    About("setquota", people.read_per_day, people.set_quota),
    OfGroup("groupquota", people.read_per_day, pools.set_quota, pools.all_of_them),
    About("ban", people.read_reason, people.ban),
    About("unban", people.read_reason, people.unban),
    Plain("usage", usage.read_days, usage.tell),
    Plain("queue", nothing, orders.queue),
    Plain("job", orders.read_job, orders.show),
    Plain("refund", orders.read_order, orders.refund),
    Plain("canceljob", orders.read_order, orders.cancel),
    Plain("budget", money.read_budget, money.cap),
    Plain("models", nothing, holding.models),
    Plain("pause", holding.read_held, holding.pause),
    Plain("resume", holding.read_held, holding.resume),
    About("audit", nothing, trail.about, alone=trail.latest),
    Plain("admin", nothing, _help),
)
COMMANDS: Mapping[str, Command] = MappingProxyType({one.name: one for one in _ALL})
