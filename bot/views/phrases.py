"""The small parts that messages are made of: amounts, times, names, and the facts of a world.

What depends on the language is a text; here is only which text, and the arithmetic.
"""

import math

from bot.dialogue.looks import most
from bot.dialogue.places import Group
from bot.dialogue.world import World
from bot.orders import Order, Refine, Restyle, TryOn
from bot.views.texts import has, plain, text
from providers.styles import Style
from providers.wishes import Size, Wear

COMMANDS = ("tryon", "restyle", "quota", "cancel", "language", "help")
"""The commands everybody has, in the order in which they are shown."""

ASKED = "offered"
"""The state of a job whose person was asked something."""

_MINUTE, _HOUR = 60, 3600  # seconds
_FIVE_SECONDS_UP_TO = 90  # s: shorter waits are told in steps of 5 s, longer ones in minutes


def credits_(language: str, n: int) -> str:
    """Return an amount of credits in words."""
    return _counted(language, "credits", n)


def orders(language: str, n: int) -> str:
    """Return a number of orders in words."""
    return _counted(language, "orders", n)


def _counted(language: str, key: str, n: int) -> str:
    return plain(language, f"{key}.one" if n == 1 else f"{key}.other", n=n)


def duration(language: str, seconds: float) -> str:
    """Return a time in words, rounded up as coarsely as people would: never promised too short."""
    if seconds < _FIVE_SECONDS_UP_TO:
        return plain(language, "time.s", s=max(5, math.ceil(seconds / 5) * 5))
    minutes = math.ceil(seconds / _MINUTE)
    hours, rest = divmod(minutes, _HOUR // _MINUTE)
    if not hours:
        return plain(language, "time.min", m=minutes)
    if not rest:
        return plain(language, "time.h", h=hours)
    return plain(language, "time.h_min", h=hours, m=rest)


def about(language: str, seconds: float) -> str:
    """Return an expected time in words."""
    return plain(language, "time.about", time=duration(language, seconds))


def took(language: str, seconds: float) -> str:
    """Return how long something took, to the second while that is interesting."""
    if seconds < _FIVE_SECONDS_UP_TO:
        return plain(language, "time.s", s=max(1, round(seconds)))
    return duration(language, seconds)


def wear(language: str, what: Wear) -> str:
    """Return the name of what is put on."""
    return plain(language, f"wear.{what}")


def order(language: str, what: Order) -> str:
    """Return the name of what is ordered: what is put on, or the style."""
    match what:
        case TryOn():
            return wear(language, what.wear)
        case Refine(of=first):
            return plain(language, "order.refine", wear=wear(language, first.wear))
        case Restyle():
            return style(language, what.style)


def style(language: str, what: Style) -> str:
    """Return the name of a style."""
    return plain(language, f"style.{what}")


def size(language: str, what: Size) -> str:
    """Return a size of the picture in words."""
    if what is Size.ORIGINAL:
        return plain(language, "size.original")
    width, _, height = what.partition("x")
    return plain(language, "size.other", width=width, height=height)


def model(language: str, name: str) -> str:
    """Return what people call a model: its quality, or its own name where it has none."""
    key = f"model.{name}"
    return plain(language, key) if has(key) else name


def commands(language: str) -> str:
    """Return the list of commands, a line each."""
    return "\n".join(f"/{name}  {plain(language, f'command.{name}')}" for name in COMMANDS)


def facts(world: World) -> dict[str, str]:
    """Return everything about a world that a line may mention."""
    language = world.language
    return {
        "name": world.first_name,
        "balance": credits_(language, world.have),
        "renews": duration(language, world.renews_in),
        "left": _of_purse("left", world),
        "more": _of_purse("more", world),
        "orders": orders(language, len(world.jobs)),
        "room": str(max(0, world.max_open_jobs - len(world.jobs))),
        "most": str(most(world)),
        "commands": commands(language),
        "bot": world.place.bot if isinstance(world.place, Group) else "",
    }


def _of_purse(said: str, world: World) -> str:
    """Say of whoever pays what is left, or when and how there will be more."""
    language = world.language
    return plain(
        language,
        f"purse.{said}.{world.purse}",
        balance=credits_(language, world.have),
        limit=credits_(language, world.limit or 0),
        renews=duration(language, world.renews_in),
    )


def price_line(price: int, world: World) -> str:
    """Return what something costs beside what there is, as a line of a card."""
    language = world.language
    key = f"card.price.{world.purse}"
    return text(language, key, price=credits_(language, price), have=world.have)


def line(key: str, world: World) -> str:
    """Return a line of text with the world's facts filled in."""
    return text(world.language, key, **facts(world))


def elsewhere(world: World) -> list[str]:
    """Return the keys of what is said of services that keep photos elsewhere or for longer."""
    accounts = dict.fromkeys(offer.spec.account for offer in world.offers)
    return [f"ask.consent_{account}" for account in accounts if has(f"ask.consent_{account}")]
