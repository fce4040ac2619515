"""What /quota says: in private all about somebody's credits, in a group a line or two."""

from bot.dialogue.words import shut
from bot.dialogue.world import JobFacts, World
from bot.views import several
from bot.views.phrases import ASKED, about, credits_, facts, line, model, order
from bot.views.texts import text


def quota(world: World) -> str:
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
    name = several.named(language, order(language, job.order), job.pictures)
    if job.state == ASKED:
        return text(language, "quota.asked", wear=name)
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


# --- in a group ------------------------------------------------------------------------


def quota_in_group(world: World) -> str:
    """Tell whose credits pay here, how many are left, and what this member has used today."""
    language = world.language
    left = text(
        language,
        "quota.pool" if world.pool else "quota.members",
        left=credits_(language, world.daily + world.extra),
        renews=facts(world)["renews"],
    )
    used = credits_(language, world.used_here)
    if world.limit is None:
        return f"{left}\n{text(language, 'quota.used', used=used)}"
    limit = credits_(language, world.limit)
    return f"{left}\n{text(language, 'quota.used_of', used=used, limit=limit)}"
