"""The twin of DAMO's virtual dressing: several outfits in one submit, each drawn for itself.

Source: provider docs 002. The service knows its AppCode, its field rules and the photos';
all of them are checked before anything is taken on, because that is where its error codes
have a place: a sub-task only says FAILED. Sub-tasks wait, run and finish separately, by the
clock. HTTP, faults to order and the record of requests are `damo_routes`' business.
"""

import asyncio
import io
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PIL import Image, ImageEnhance

from bot.clock import Clock
from bot.demo.drawing.canvas import jpeg
from bot.demo.drawing.tryon import draw_tryon
from bot.demo.faults import Faults
from bot.demo.requests_log import RequestLog
from bot.demo.services.aitryon import Draw, shows_somebody
from bot.demo.services.damo_requests import (
    MISSING,
    NO_BODY,
    NO_PERSON,
    NO_RECORD,
    THROTTLED,
    UNFIT,
    UNREACHABLE,
    Outfit,
    data_of,
    read,
)
from bot.demo.services.faulty import DROPS, GARBAGE
from bot.demo.services.limits import Pace
from bot.demo.services.photos import Fetch, LocalFetcher, Rules, opened
from bot.demo.services.refusals import INVALID_LENGTH, Refusal
from bot.demo.services.store import Store

TARGET = "damo"
DEMO_APPCODE = "demo0appcode0valid0here0only0000"
SECONDS = (20.0, 60.0)  # of a sub-task; the document names none
WAITS = 0.2  # share of a sub-task's time before it runs
# "单边不小于400px", "不超过5M"; JPEG and PNG only
PHOTOS = Rules(min_bytes=1, max_bytes=5 * 1024 * 1024, min_side=400, max_side=100_000)
FORMATS = frozenset({"JPEG", "PNG"})
SUBMITS_PER_SECOND = 10  # "请求过多" has a code, its number is not documented
NOT_THERE_YET = "http://xxxxxx"  # what the example shows as a result of a waiting sub-task
FAULT_KINDS = frozenset(
    {*DROPS, *GARBAGE, "error", "gateway", "delay", "fail_part", "fewer", "stuck", "not_a_picture"}
)


class TurnedAway(Exception):  # noqa: N818  an answer like others
    """The gateway keeps a call from the service: a status, a code that may be empty, and words."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class State(StrEnum):
    """The states of a sub-task (provider docs 002, "data.task_list.status")."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Fate:
    """What a fault has decided for the sub-task `part` of a submit, or for all of them."""

    kind: str = ""
    part: int | None = None

    def meets(self, kind: str, part: int) -> bool:
        """Tell whether this happens to a sub-task."""
        return self.kind == kind and self.part in {None, part}


@dataclass(slots=True)
class Part:
    """One sub-task: an outfit, drawn `count` times. Times are Unix seconds."""

    urls: Mapping[str, str]
    count: int
    begins: float
    ends: float
    work: asyncio.Task[tuple[bytes, ...]]
    fails: bool = False
    stuck: bool = False
    results: tuple[str, ...] = ()

    def state(self, now: float) -> State:
        """Return the state; work that is not over goes well."""
        if now < self.begins:
            return State.WAITING
        if now < self.ends or self.stuck:
            return State.RUNNING
        broken = self.work.done() and not self.work.cancelled() and self.work.exception()
        return State.FAILED if self.fails or broken else State.SUCCESS


@dataclass(slots=True)
class Batch:
    """One submit."""

    key: str
    parts: Sequence[Part]


class LocalDamo:
    """The service for one AppCode. `base_url` is where the server is reached, without a path.

    `textual` writes codes as text, `early` shows addresses of pictures that are not there yet:
    the document does both. `draw` makes a picture, `seconds` is what a sub-task takes.
    """

    def __init__(  # noqa: PLR0913  every part of the service can be replaced
        self,
        clock: Clock,
        base_url: str,
        *,
        appcode: str = DEMO_APPCODE,
        faults: Faults | None = None,
        requests: RequestLog | None = None,
        fetch: Fetch | None = None,
        draw: Draw = draw_tryon,
        seed: int | None = None,
    ) -> None:
        self.clock = clock
        self.faults = faults or Faults()
        self.faults.declare(TARGET, FAULT_KINDS)
        self.requests = requests or RequestLog(clock.now)
        self.requests.hide(appcode)
        self.textual = False
        self.early = True
        self.seconds = SECONDS
        self._appcode = appcode
        self._random = random.Random(seed)  # noqa: S311  no secret depends on it
        self.store = Store(f"{base_url.rstrip('/')}/damo", self._random.randbytes(32))
        self._own_fetch = LocalFetcher()
        self._fetch = fetch or self._own_fetch
        self._draw = draw
        self._drawers = asyncio.Semaphore(1)
        self._pace = Pace(SUBMITS_PER_SECOND)
        self._nonces: set[str] = set()
        self._batches: dict[str, Batch] = {}

    def accepted(self) -> list[str]:
        """Return the result keys of all submits taken on, oldest first."""
        return list(self._batches)

    async def paid(self) -> int:
        """Return how many pictures are paid for: those of sub-tasks that have succeeded by now."""
        now = self.clock.now()
        parts = [part for batch in self._batches.values() for part in batch.parts]
        await _settled(parts, now)
        return sum(part.count for part in parts if part.state(now) is State.SUCCESS)

    async def close(self) -> None:
        """Stop all work and connections."""
        works = [part.work for batch in self._batches.values() for part in batch.parts]
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
        await self._own_fetch.close()

    def admit(self, headers: Mapping[str, str]) -> None:
        """Be the gateway: look at who calls, and that no request comes twice."""
        scheme, _, code = headers.get("authorization", "").partition(" ")
        if scheme != "APPCODE" or code.strip() != self._appcode:
            raise TurnedAway(400, "A400AC", "Invalid AppCode")
        nonce = headers.get("x-ca-nonce", "")
        if not nonce:
            raise TurnedAway(400, "A400NO", "Invalid Nonce: it is missing")
        if nonce in self._nonces:
            raise TurnedAway(403, "", "Nonce Used")
        self._nonces.add(nonce)
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Refusal(NO_BODY)

    # --- the calls ---------------------------------------------------------------------

    async def submit(self, body: object, fate: Fate) -> dict[str, Any]:
        """Take on all outfits of a submit, or none."""
        fit, count, outfits = read(body)
        if not self._pace.allows(self._appcode, self.clock.now()):
            raise Refusal(THROTTLED)
        addresses = {url for outfit in outfits for url in outfit.urls.values()}
        photos = {url: await self._photo(url) for url in sorted(addresses)}
        for outfit in outfits:
            _looked_at(outfit, photos)
        batch = Batch(
            str(uuid.UUID(int=self._random.getrandbits(128), version=4)),
            [
                self._begun(outfit, fit, count, photos, fate, number)
                for number, outfit in enumerate(outfits)
            ],
        )
        self._batches[batch.key] = batch
        return self._shown(batch)

    async def query(self, body: object) -> dict[str, Any]:
        """Tell how the outfits of a submit are doing."""
        key = data_of(body).get("result_key")
        if not isinstance(key, str) or not key:
            raise Refusal(MISSING)
        if key not in self._batches:
            raise Refusal(NO_RECORD)
        batch = self._batches[key]
        await _settled(batch.parts, self.clock.now())
        return self._shown(batch)

    # --- behind them -------------------------------------------------------------------

    def _begun(
        self,
        outfit: Outfit,
        fit: str,
        count: int,
        photos: Mapping[str, Image.Image],
        fate: Fate,
        number: int,
    ) -> Part:
        now, seconds = self.clock.now(), self._random.uniform(*self.seconds)
        fewer = fate.meets("fewer", number)
        return Part(
            urls=outfit.urls,
            count=count,
            begins=now + WAITS * seconds,
            ends=now + seconds,
            work=asyncio.create_task(self._drawn(outfit, fit, count - fewer, photos)),
            fails=fate.meets("fail_part", number),
            stuck=fate.meets("stuck", number),
        )

    async def _photo(self, url: str) -> Image.Image:
        try:
            data = await self._fetch(url, PHOTOS.max_bytes)
        except Refusal:
            raise Refusal(UNREACHABLE) from None
        return await asyncio.to_thread(_opened, data)

    async def _drawn(
        self, outfit: Outfit, fit: str, count: int, photos: Mapping[str, Image.Image]
    ) -> tuple[bytes, ...]:
        pants = photos[outfit.pants] if outfit.pants and fit == "FULL_BODY" else None
        person, tops = photos[outfit.model], photos[outfit.tops]

        def drawn() -> tuple[bytes, ...]:
            picture = self._draw(person, tops, pants, resolution=-1, keep_face=True)
            return tuple(_varied(picture, sample) for sample in range(count))

        async with self._drawers:
            return await asyncio.to_thread(drawn)

    def _shown(self, batch: Batch) -> dict[str, Any]:
        now = self.clock.now()
        tasks = [self._part_shown(batch.key, part, now) for part in batch.parts]
        return {"result_key": batch.key, "task_list": tasks}

    def _part_shown(self, key: str, part: Part, now: float) -> dict[str, Any]:
        state = part.state(now)
        shown: dict[str, Any] = {**part.urls, "status": str(state)}
        if state is State.SUCCESS:
            shown["results"] = list(self._results(key, part))
        elif state is State.WAITING and self.early:
            shown["results"] = [NOT_THERE_YET] * part.count
        return shown

    def _results(self, key: str, part: Part) -> tuple[str, ...]:
        if not part.results:
            part.results = tuple(
                self.store.publish(f"{key}/{uuid.uuid4()}.jpg", data, "image/jpeg", part.ends)
                for data in part.work.result()
            )
        return part.results


async def _settled(parts: Sequence[Part], now: float) -> None:
    due = [part.work for part in parts if now >= part.ends]
    if due:
        await asyncio.wait(due)


# --- pictures --------------------------------------------------------------------------


def _opened(data: bytes) -> Image.Image:
    """Return a photo upright in RGB. Raises Refusal."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            kind = picture.format
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal(UNFIT) from None
    if kind not in FORMATS:
        raise Refusal(UNFIT)
    try:
        return opened(data, PHOTOS)
    except Refusal as refusal:
        large = refusal.wording == INVALID_LENGTH
        raise Refusal(UNFIT if large else UNREACHABLE) from None


def _looked_at(outfit: Outfit, photos: Mapping[str, Image.Image]) -> None:
    if not shows_somebody(photos[outfit.model]):
        raise Refusal(NO_PERSON)
    if outfit.mask and photos[outfit.mask].size != photos[outfit.model].size:
        raise Refusal(UNFIT)


def _varied(picture: bytes, sample: int) -> bytes:
    """Return another take of a picture: nearer and in another light, so that they differ."""
    if sample == 0:
        return picture
    with Image.open(io.BytesIO(picture)) as opened_:
        photo = opened_.convert("RGB")
    cut_x, cut_y = (round(side * 0.02 * sample) for side in photo.size)
    box = (cut_x, cut_y, photo.width - cut_x, photo.height - cut_y)
    near = photo.resize(photo.size, Image.Resampling.BICUBIC, box)
    light = ImageEnhance.Brightness(near).enhance(1.0 + 0.12 * (sample if sample % 2 else -sample))
    return jpeg(ImageEnhance.Color(light).enhance(1.0 + 0.25 * sample))
