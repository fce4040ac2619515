"""The settings: whether they can be used, and what is odd about them."""

from collections.abc import Iterable

from bot.check.findings import Bad, Doubtful, Finding, Good
from bot.settings import Settings, SettingsProblem

_WHERE = "Set it in the environment or in .env; .env.example explains it."


def usable(settings: Settings, oddities: Iterable[str]) -> tuple[Finding, ...]:
    """Return what there is to say about settings that could be read."""
    found: list[Finding] = [Good("values", "complete and understood")]
    for line in oddities:
        name, _, said = line.partition(" ")
        found.append(Doubtful(name, said, "Correct its name, or remove it."))
    found += [
        Doubtful(
            one.setting,
            f"{one.model} is left out",
            f"Set {one.needs}; or take it out of the list.",
        )
        for one in settings.choice.surprises
    ]
    if not settings.admin_ids:
        found.append(
            Doubtful(
                "ADMIN_IDS",
                "nobody is told when something needs a hand",
                "Set it to your own numeric Telegram id.",
            )
        )
    return tuple(found)


def unusable(problem: SettingsProblem) -> tuple[Finding, ...]:
    """Return what is wrong with settings that could not be read."""
    found = []
    for line in problem.lines:
        name, _, said = line.partition(" ")
        found.append(Bad(name.removesuffix(":"), said, _WHERE))
    return tuple(found)
