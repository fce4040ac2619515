"""The room that gets a job's photos to where its service can fetch them.

Each photo is fetched from Telegram, made to fit the model and published; what can be
repeated is repeated with growing pauses. Nothing is charged yet.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot import schedule
from bot.codec import load_order
from bot.dialogue.events import Refusal
from bot.engine import batches, ending, pausing, probing, remedies
from bot.engine.inputs import Inputs
from bot.engine.room import Room
from bot.files import FileGone, FileTooLarge, TelegramAway
from bot.orders import Order, Photo, Refine, Slot, photos_of, staged
from bot.photos import Normalised
from providers.base import KeepsHalves, NoAnswer, Provider, Published, Refused
from providers.causes import Cause, Problem
from providers.spec import HelperSpec, ModelSpec
from storage import halves, jobs, pictures, worklists
from storage.batches import followers, hand_on
from storage.database import Tx
from storage.halves import Outcome
from storage.jobs import Job, JobState

POINTS = (
    "engine.prepare.before",
    "engine.prepare.after",
    "engine.prepared.before_commit",
    "engine.prepared.after_commit",
    "engine.unprepared.before_commit",
    "engine.unprepared.after_commit",
)


@dataclass(frozen=True, slots=True)
class _Hopeless:
    """A photo cannot be used, now or later."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class _Others:
    """The garments of those who follow, by outfit: published, of no use, or to be tried again."""

    published: Mapping[int, Mapping[Slot, Published]] = field(default_factory=dict)
    hopeless: Mapping[int, Cause] = field(default_factory=dict)
    later: Refused | NoAnswer | TelegramAway | None = None


_Put: TypeAlias = Published | Refused | NoAnswer | TelegramAway | _Hopeless
"""What comes of publishing a photo."""


class Preparing(Room):
    """Works on jobs in `preparing` that have no `inputs` yet."""

    async def round(self) -> float | None:
        """Begin to prepare whatever is due, except for models that take nothing now."""
        if not self.free:
            return None
        now = self.tools.clock.now()
        async with self.tools.db.reading() as tx:
            paused = await pausing.paused_models(tx, self.tools.specs, now)
            trials = await probing.on_trial(tx, self.tools.specs, now)
            models = self.tools.specs.keys() - paused.keys() - trials.keys()
            await self._begin_due(tx, models, now, self.free)
            for group in set(trials.values()):
                if await self._may_try(tx, group):
                    await self._begin_due(tx, group - paused.keys(), now, 1)
                if await self._may_try(tx, group):
                    models |= group - paused.keys()
            due = await worklists.next_unprepared(tx, models, leave_out=self.busy)
        ends = [pause.until for pause in paused.values() if pause.until is not None]
        return min([*ends, *([] if due is None else [due])], default=None)

    async def _begin_due(self, tx: Tx, models: Collection[str], now: float, limit: int) -> None:
        for job in await worklists.unprepared(
            tx, now, models=models, limit=min(limit, self.free), leave_out=self.busy
        ):
            self.begin(job, self._prepare(job))

    async def _may_try(self, tx: Tx, group: frozenset[str]) -> bool:
        """Tell whether a job may be prepared to find out if a paused group takes any again."""
        loads = await worklists.loads(tx)
        tried = probing.being_tried(group, loads, self.at_work)
        return not tried and not await probing.one_is_ready(tx, group)

    async def _prepare(self, job: Job) -> None:
        provider = self.tools.providers[job.model]
        order = load_order(job.ordered)
        helper = await self._helper(job, order, provider)
        self.tools.on_point("engine.prepare.before")
        found, for_helper = await asyncio.gather(
            self._published(order, provider), self._for_helper(order, helper, provider)
        )
        self.tools.on_point("engine.prepare.after")
        good = {slot: each for slot, each in found.items() if isinstance(each, Published)}
        every = [*found.values(), *([] if for_helper is None else [for_helper])]
        bad = next((each for each in every if not isinstance(each, Published)), None)
        others = await self._others(job, provider) if bad is None else _Others()
        bad = bad or others.later
        once_more = for_helper if isinstance(for_helper, Published) else None
        inputs = Inputs(self.tools.clock.now(), good, once_more, outfits=others.published)
        if bad is None and await self._ready(job, inputs, helper, others.hopeless):
            return
        await remedies.withdraw(provider, inputs)
        if bad is not None:
            await self._not_ready(job, bad, theirs=Slot.PERSON in good)

    async def _others(self, job: Job, provider: Provider) -> _Others:
        """Publish the garments of those who follow, each photo once."""
        async with self.tools.db.reading() as tx:
            wanted = batches.garments_of(job, await followers(tx, job.id))
        photos = {
            photo.file_id: photo for garments in wanted.values() for photo in garments.values()
        }
        found = dict(
            zip(
                photos,
                await asyncio.gather(
                    *(self._publish(one, provider.spec, provider) for one in photos.values())
                ),
                strict=True,
            )
        )
        published: dict[int, dict[Slot, Published]] = {}
        hopeless: dict[int, Cause] = {}
        later: Refused | NoAnswer | TelegramAway | None = None
        for outfit, garments in wanted.items():
            for slot, photo in garments.items():
                match found[photo.file_id]:
                    case Published() as there:
                        published.setdefault(outfit, {})[slot] = there
                    case _Hopeless(cause):
                        hopeless[outfit] = cause
                    case other:
                        later = other
        return _Others(published, hopeless, later)

    async def _helper(self, job: Job, order: Order, provider: Provider) -> HelperSpec | None:
        """Return whom the stage before this order needs, if it has one that may find something."""
        helper = staged(order, provider.spec)
        if helper is None or not isinstance(provider, KeepsHalves):
            return None
        async with self.tools.db.reading() as tx:
            half = await halves.get(tx, job.id)
        return None if half is not None and half.outcome is Outcome.MISSING else helper

    async def _published(self, order: Order, provider: Provider) -> dict[Slot, _Put]:
        """Publish everything that an order is made of."""
        photos, spec = photos_of(order), provider.spec
        calls = (self._publish(photo, spec, provider) for photo in photos.values())
        found = dict(zip(photos, await asyncio.gather(*calls), strict=True))
        if isinstance(order, Refine):
            found[Slot.COARSE] = await self._publish_kept(order, spec, provider)
        return found

    async def _for_helper(
        self, order: Order, helper: HelperSpec | None, provider: Provider
    ) -> _Put | None:
        """Publish the person's photo once more: temporary storage keeps it for one model only."""
        return None if helper is None else await self._publish(order.person, helper, provider)

    async def _publish(
        self, photo: Photo, spec: ModelSpec | HelperSpec, provider: Provider
    ) -> _Put:
        data = await self._fetched(photo)
        if not isinstance(data, bytes):
            return data
        return await self._put(await self.tools.studio.normalise(data, spec.photos), spec, provider)

    async def _publish_kept(self, order: Refine, spec: ModelSpec, provider: Provider) -> _Put:
        """Publish the picture that is refined, in the very size of the person's photo."""
        async with self.tools.db.reading() as tx:
            picture = await pictures.get(tx, order.picture_id)
        if picture is None:
            return _Hopeless(Cause.PHOTO_GONE)
        person = await self._fetched(order.person)
        if not isinstance(person, bytes):
            return person
        fit = await self.tools.studio.normalise_like(picture.data, person, spec.photos)
        return await self._put(fit, spec, provider)

    async def _fetched(self, photo: Photo) -> bytes | TelegramAway | _Hopeless:
        try:
            return await self.tools.files.fetch(photo.file_id)
        except FileGone:
            return _Hopeless(Cause.PHOTO_GONE)
        except FileTooLarge:
            return _Hopeless(Cause.PHOTO_UNFIT)
        except TelegramAway as away:
            return away

    async def _put(
        self, fit: Normalised | Refusal, spec: ModelSpec | HelperSpec, provider: Provider
    ) -> _Put:
        if not isinstance(fit, Normalised):
            return _Hopeless(Cause.PHOTO_UNFIT)
        return await provider.host.publish(fit.jpeg, model=spec.model)

    async def _ready(
        self, job: Job, inputs: Inputs, helper: HelperSpec | None, hopeless: Mapping[int, Cause]
    ) -> bool:
        async with self.tools.step("prepared") as tx:
            now = self.tools.clock.now()
            for outfit, cause in hopeless.items():
                await self._left_out(tx, job, outfit, cause)
            ready = await jobs.change(
                tx, job.id, JobState.PREPARING, inputs=inputs.dump(), retries=0, due_at=now
            )
            if ready and helper is not None:
                await halves.begin(tx, job.id, helper.model, now)
            return ready

    async def _left_out(self, tx: Tx, job: Job, outfit: int, cause: Cause) -> None:
        """End one of the outfits that follow: its photo cannot be used, the others' can."""
        ended = [one for one in await followers(tx, job.id) if one.outfit == outfit]
        if ended:
            now = self.tools.clock.now()
            await ending.fail(tx, ended[0], cause, now, self.tools.alerts, along=ended[1:])

    async def _not_ready(
        self, job: Job, bad: Refused | NoAnswer | TelegramAway | _Hopeless, *, theirs: bool
    ) -> None:
        """Try again later, or end it; `theirs`: what those need who follow is all right."""
        async with self.tools.step("unprepared") as tx:
            now = self.tools.clock.now()
            fresh = await jobs.get(tx, job.id)
            if fresh is None or fresh.state is not JobState.PREPARING:
                return
            match bad:
                case _Hopeless(cause):
                    if theirs:
                        await hand_on(tx, fresh)
                    await ending.fail(tx, fresh, cause, now, self.tools.alerts)
                case Refused(problem, retry_after):
                    await remedies.refused(tx, fresh, problem, self.tools, retry_after)
                case NoAnswer(problem, retry_after):
                    await self._again(tx, fresh, problem, retry_after)
                case TelegramAway(retry_after=seconds):
                    await self._again(tx, fresh, Problem(Cause.PHOTO_GONE), seconds)

    async def _again(self, tx: Tx, job: Job, problem: Problem, retry_after: float | None) -> None:
        now = self.tools.clock.now()
        tries = job.retries + 1
        if tries >= self.tools.rules.tries:
            await ending.fail(tx, job, problem.cause, now, self.tools.alerts, problem)
            return
        due = now + schedule.again(tries, retry_after)
        await jobs.change(tx, job.id, JobState.PREPARING, retries=tries, due_at=due)
