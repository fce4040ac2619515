"""Messages of their own (welcome, help, credits, hints) and the answers to pressed buttons."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from bot.dialogue.places import Group
from bot.dialogue.words import Line, shut
from bot.dialogue.world import JobFacts, World
from bot.messages import Content, Keyboard, Link
from bot.views import keyboards
from bot.views.phrases import about, credits_, facts, line, model, order
from bot.views.texts import LANGUAGES, has, plain, text

MAX_ANSWER = 200  # characters, Bot API "answerCallbackQuery"


def _nothing(_world: World) -> Keyboard:
    return ()


def _menu(world: World) -> Keyboard:
    return keyboards.menu(world.language)


_KEYBOARDS: Mapping[str, Callable[[World], Keyboard]] = MappingProxyType(
    {
        Line.LANGUAGE: lambda _: keyboards.languages(),
        Line.WHICH_TO_CANCEL: lambda world: keyboards.cancellable(world.language, world.jobs_here),
        Line.CANCEL_DONE: _nothing,
        Line.CANCEL_ASKED: _nothing,
        Line.CANCEL_TOO_LATE: _nothing,
    }
)
"""The buttons below a message; everything else stands above the menu."""


def say(key: str, world: World) -> Content:
    """Return the message with this key."""
    if isinstance(world.place, Group):
        return _say_in_group(key, world, world.place)
    said = _TEXTS.get(key, partial(line, key))(world)
    return Content(said, _KEYBOARDS.get(key, _menu)(world))


def _say_in_group(key: str, world: World, place: Group) -> Content:
    """Return a message for a group: short, without the menu, with the way to the private chat."""
    own = f"group.{key}"
    keyboard = _KEYBOARDS.get(key, _nothing)(world)
    if not has(own):
        return Content(_TEXTS.get(key, partial(line, key))(world), keyboard)
    private = Link(plain(world.language, "group.private"), f"https://t.me/{place.bot}?start=group")
    return Content(line(own, world), keyboard, link=private)


def reply(key: str, world: World) -> str:
    """Return the answer to a pressed button: plain, and short enough for Telegram."""
    if not key:
        return ""
    return plain(world.language, key, **facts(world))[:MAX_ANSWER]


def _languages(_world: World) -> str:
    """Ask in every language: whoever needs this may not read the present one."""
    return "\n".join(text(code, Line.LANGUAGE) for code in LANGUAGES)


# --- the credits ---------------------------------------------------------------------


def _quota(world: World) -> str:
    """Tell what is left, when there will be more, what is running, and what things cost."""
    blocks = (_balance(world), _running(world), _prices(world))
    return "\n\n".join("\n".join(block) for block in blocks)


def _balance(world: World) -> tuple[str, ...]:
    language, renews = world.language, facts(world)["renews"]
    daily = credits_(language, world.daily)
    extra = credits_(language, world.extra)
    lines = (line("quota", world), text(language, "quota.daily", daily=daily, renews=renews))
    return (*lines, text(language, "quota.extra", extra=extra)) if world.extra else lines


def _running(world: World) -> tuple[str, ...]:
    if not world.jobs:
        return (line("quota.idle", world),)
    return (line("quota.running", world), *(_job(world.language, job) for job in world.jobs))


def _job(language: str, job: JobFacts) -> str:
    name = order(language, job.order)
    if job.position is None:
        return text(language, "quota.drawing", wear=name)
    return text(language, "quota.queued", wear=name, position=job.position)


def _prices(world: World) -> tuple[str, ...]:
    if not world.offers:
        return (line(shut(world), world),)
    prices = [
        text(
            world.language,
            "quota.price",
            model=model(world.language, offer.spec.model),
            price=credits_(world.language, offer.spec.credits),
            wait=about(world.language, offer.wait),
        )
        for offer in world.offers
    ]
    return (line("quota.prices", world), *prices, line("quota.free", world))


_TEXTS: Mapping[str, Callable[[World], str]] = MappingProxyType(
    {Line.QUOTA: _quota, Line.LANGUAGE: _languages}
)
"""The messages that are more than one line of text."""
