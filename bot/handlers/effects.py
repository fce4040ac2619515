"""The dialogue's effects as rows: what is said, ordered, cancelled and remembered.

Everything here happens inside the step's transaction. Words come from the views.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot import orders
from bot.caps import Price
from bot.codec import dump_order, dump_outgoing, load_order
from bot.dialogue.effects import (
    CancelJob,
    DeclineOffer,
    Effect,
    GiveConsent,
    PlaceOrder,
    Reply,
    Retire,
    Say,
    SendBeforeAfter,
    SendOriginal,
    SetGender,
    SetLanguage,
    Show,
    TakeOffer,
)
from bot.dialogue.places import Private
from bot.dialogue.states import Session
from bot.dialogue.world import World
from bot.engine import answering, cancelling
from bot.handlers import in_group, payers
from bot.handlers.desk import Rules
from bot.handlers.in_group import Voice
from bot.handlers.spots import prompt_anchor
from bot.messages import (
    Answer,
    Content,
    Delivery,
    Edit,
    Outgoing,
    Picture,
    Send,
    SideBySide,
    StoredPicture,
    StripButtons,
    TelegramPhoto,
)
from bot.views import progress, prompts, says
from storage import batches, jobs, outbox, people
from storage.database import Tx
from storage.groups import Group, Results
from storage.jobs import Job, NewJob
from storage.outbox import NewRow
from storage.sessions import SessionKey


class NotAffordable(Exception):  # noqa: N818  names what happened
    """The dialogue ordered what the ledger refuses: the step is undone as a whole."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where, for whom and when the effects of one step happen."""

    key: SessionKey
    before: Session
    after: Session
    world: World
    callback_id: str | None
    rules: Rules
    now: float
    group: Group | None = None
    message_id: int | None = None  # in a group: what the person wrote; None: they pressed

    @property
    def voice(self) -> Voice | None:
        """How to speak to this person among others; None in a private chat."""
        if isinstance(self.world.place, Private):
            return None
        states = (self.before.state, self.after.state)
        return Voice(self.key, self.message_id, *states, self.world)

    @property
    def old_card(self) -> str:
        """The anchor of the message that showed the prompt before the step."""
        return self._anchor(self.before.card)

    @property
    def new_card(self) -> str:
        """The anchor of the message that shows the prompt after the step."""
        return self._anchor(self.after.card)

    def _anchor(self, card: int) -> str:
        return prompt_anchor(self.key, card)


async def perform(tx: Tx, effects: Sequence[Effect], scene: Scene) -> None:
    """Write down everything the step asked for, in its order."""
    if scene.message_id is not None:
        await in_group.remember(tx, scene.key, scene.message_id, scene.now)
    for effect in effects:
        match effect:
            case SetLanguage(language):
                await people.set_language(tx, scene.key.person_id, language)
                scene = replace(scene, world=replace(scene.world, language=language))
            case SetGender() | GiveConsent():
                await _remember(tx, effect, scene)
            case PlaceOrder():
                await _place(tx, effect, scene)
            case CancelJob() | TakeOffer() | DeclineOffer():
                await _decide(tx, effect, scene)
            case SendOriginal(job_id):
                await _say_about(tx, job_id, _original, scene)
            case SendBeforeAfter(job_id):
                await _say_about(tx, job_id, _before_after, scene)
            case Show() | Retire() | Say() | Reply():
                await _speak(tx, _message(effect, scene), scene)


async def _remember(tx: Tx, effect: SetGender | GiveConsent, scene: Scene) -> None:
    match effect:
        case SetGender(gender):
            await people.set_gender(tx, scene.key.person_id, gender)
        case GiveConsent():
            await people.give_consent(tx, scene.key.person_id, scene.now)


async def _speak(tx: Tx, message: Outgoing, scene: Scene) -> None:
    messages = scene.voice.spoken(message) if scene.voice else (message,)
    await say(tx, scene.key.chat_id, messages, scene.now)


def _message(effect: Show | Retire | Say | Reply, scene: Scene) -> Outgoing:
    match effect:
        case Show(in_place, note):
            content = prompts.prompt(scene.after, scene.world, note)
            if in_place:
                return Edit(scene.old_card, content)
            return Send(content, anchor=scene.new_card)
        case Retire():
            return StripButtons(scene.old_card)
        case Say(key):
            return Send(says.say(key, scene.world))
        case Reply(key, alert):
            return Answer(scene.callback_id or "", says.reply(key, scene.world), alert)


async def say(tx: Tx, chat_id: int, messages: Sequence[Outgoing], now: float) -> None:
    """Put messages to one chat into the outbox."""
    rows = [
        NewRow(
            chat_id,
            dump_outgoing(message),
            edits=message.anchor if isinstance(message, Edit) else None,
            urgent=isinstance(message, Answer),
        )
        for message in messages
    ]
    await outbox.add(tx, rows, now)


async def _place(tx: Tx, effect: PlaceOrder, scene: Scene) -> None:
    """Queue the job and hold its price; the engine turns the card into its progress message."""
    key, spec = scene.key, scene.rules.models[effect.order.model]
    cost = orders.cost(effect.order, spec)
    order_key, share = _part(effect.part, scene), effect.share
    anchor = order_key if share is None else scene.old_card
    new = NewJob(
        order_key=order_key,
        person_id=key.person_id,
        chat_id=key.chat_id,
        topic_id=key.topic_id,
        language=scene.world.language,
        anchor=anchor,
        ordered=dump_order(effect.order),
        model=spec.model,
        account=spec.account,
        credits=effect.credits,
        cost=cost,
        group_id=None if scene.group is None else scene.group.id,
        results_to=_elsewhere(scene),
    )
    if share is not None:
        leads = None if share.leads == effect.part else _part(share.leads, scene)
        follows = None if leads is None else await batches.placed_as(tx, leads)
        new = replace(new, follows=follows, outfit=share.outfit, sample=share.sample)
    job_id = await jobs.create(tx, new, scene.now)
    if job_id is None:
        return
    if effect.part and share is None:  # the card can only become the first one's progress message
        words = progress.titled(new.language, effect.order, progress.ordered(new.language))
        await _speak(tx, Send(words, anchor=anchor), scene)
    if scene.voice:
        await in_group.remember_order(tx, key, anchor, scene.now)
    price = Price(effect.credits, cost)
    if not await payers.hold(tx, key.person_id, scene.group, job_id, price, scene.rules, scene.now):
        msg = f"an order for {effect.credits} credits and {cost / 1000} CNY"
        raise NotAffordable(msg)


async def _decide(tx: Tx, effect: CancelJob | TakeOffer | DeclineOffer, scene: Scene) -> None:
    """Do what somebody decided about an order of theirs."""
    rules, now = scene.rules, scene.now
    match effect:
        case CancelJob(job_id):
            await cancelling.ask(tx, job_id, now)
        case TakeOffer(job_id):
            await answering.take(tx, job_id, rules.models, rules.daily_budget, rules.day(now), now)
        case DeclineOffer(job_id):
            await answering.decline(tx, job_id, now)


def _part(part: int, scene: Scene) -> str:
    """Return the key of one of the orders that are placed with a card."""
    return f"{scene.old_card}:{part}" if part else scene.old_card


def _elsewhere(scene: Scene) -> int | None:
    """Return the chat for the pictures, if the group wants them in private."""
    private = scene.group is not None and scene.group.choices.results is Results.PRIVATE
    return scene.key.person_id if private else None


async def _say_about(
    tx: Tx, job_id: int, message: Callable[[Job, str], Outgoing | None], scene: Scene
) -> None:
    job = await jobs.get(tx, job_id)
    if job is None or job.person_id != scene.key.person_id:
        return
    words = message(job, scene.world.language)
    if words is not None:
        await _speak(tx, words, scene)


def _original(job: Job, language: str) -> Outgoing | None:
    """Return the picture as the service drew it; the second time it is Telegram's copy."""
    caption = progress.original_caption(language)
    if job.document_id is not None:
        picture: Picture = TelegramPhoto(job.document_id)
    elif job.picture_id is not None:
        picture = StoredPicture(job.picture_id)
    else:
        return None
    return Send(
        Content(caption, picture=picture),
        reply_to=job.anchor,
        as_file=True,
        filename=f"fitting-room-{job.id}",
        delivers=Delivery.ORIGINAL,
        job_id=job.id,
    )


def _before_after(job: Job, language: str) -> Outgoing | None:
    if job.file_id is None:
        return None
    person = load_order(job.ordered).person.file_id
    picture = SideBySide((person, job.file_id))
    caption = progress.before_after_caption(language)
    return Send(Content(caption, picture=picture), reply_to=job.anchor, job_id=job.id)
