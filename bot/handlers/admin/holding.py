"""`/models`, `/pause` and `/resume`: which models take orders, and why others do not.

An operator's pause has a scope of its own, so nothing but an operator ends it.
"""

from dataclasses import dataclass

from bot.engine import pausing
from bot.handlers.admin.arguments import Fault, Misread, Words
from bot.handlers.admin.office import Answer, Confirm, Office, told
from bot.views import admin_models as words
from storage import pauses, worklists
from storage.audit import Change
from storage.worklists import Load

RUNTIMES = 50  # tasks whose runtime is told


@dataclass(frozen=True, slots=True)
class Held:
    """A model to be held back or let go, None: all of them; and why."""

    model: str | None
    reason: str | None


def read_held(said: Words) -> Held:
    """Read which model. Raises `Misread`."""
    return Held(said.word(), said.rest())


def _check(office: Office, held: Held) -> None:
    """See to it that there is such a model. Raises `Misread`."""
    if held.model is not None and held.model not in office.rules.models:
        raise Misread(Fault.MODEL, held.model)


async def models(office: Office, _: None) -> Answer:
    """Tell how every model stands."""
    paused = await pausing.paused_models(office.tx, office.rules.models, office.now)
    loads = await worklists.loads(office.tx)
    lines = []
    for model in office.rules.models:
        took = await worklists.runtimes(office.tx, model, RUNTIMES)
        state = words.State(
            paused.get(model), loads.get(model, Load()), sum(took) / len(took) if took else None
        )
        lines.append(words.model(office.language, model, state, office.now))
    everything = await pauses.get(office.tx, pauses.by_operator())
    return told(words.models(office.language, lines, everything, office.now))


async def pause(office: Office, wanted: Held) -> Answer:
    """Hold a model, or everything, back until an operator lets it go."""
    _check(office, wanted)
    scope = pauses.by_operator(wanted.model)
    if await pauses.get(office.tx, scope) is not None:
        return told(words.paused_already(office.language, wanted.model))
    loads = await worklists.loads(office.tx)
    concerned = [loads[model] for model in loads if wanted.model in {None, model}]
    waiting = sum(load.waiting for load in concerned)
    if not office.confirmed:
        return Confirm(words.pause_(office.language, wanted.model, waiting))
    await pauses.pause(office.tx, scope, pauses.BY_OPERATOR, None, office.now)
    await _noted(office, "pause", wanted, "on", "paused")
    return told(words.paused(office.language, wanted.model, waiting))


async def resume(office: Office, wanted: Held) -> Answer:
    """Let a model, or everything, go: also what was held back by itself, if it is named."""
    _check(office, wanted)
    scopes = [pauses.by_operator(wanted.model)]
    if wanted.model is not None:
        spec = office.rules.models[wanted.model]
        scopes += [pauses.of_model(spec.model), pauses.of_account(spec.account)]
    active = await pauses.active(office.tx, office.now)
    lifted = [scope for scope in scopes if scope in active]
    for scope in lifted:
        await pauses.lift(office.tx, scope)
    paused = await pausing.paused_models(office.tx, office.rules.models, office.now)
    still = [model for model in paused if wanted.model in {None, model}]
    if not lifted:
        return told(words.not_paused(office.language, wanted.model, still))
    await _noted(office, "resume", wanted, "paused", "on")
    return told(words.resumed(office.language, wanted.model, still))


async def _noted(office: Office, action: str, held: Held, before: str, after: str) -> None:
    subject = held.model or "*"
    change = Change(office.operator, action, before, after, held.reason, subject=subject)
    await office.note(change)
