"""The twin of FASHN's try-on: one garment at a time, predictions, and credits that run out.

Fields are checked at once; photos, which take time to fetch, while the prediction runs. HTTP,
faults to order and the record of requests are `fashn_routes`' business. Sources: the
vendor's pages "API Fundamentals", "Error Handling", "Virtual Try-On v1.6" and "Credits".
"""

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from bot.clock import Clock
from bot.demo.drawing.tryon import draw_tryon
from bot.demo.faults import Faults
from bot.demo.requests_log import RequestLog
from bot.demo.services.aitryon import Draw, shows_somebody
from bot.demo.services.faulty import DROPS, GARBAGE
from bot.demo.services.limits import Pace
from bot.demo.services.photos import Fetch, LocalFetcher, Rules, opened
from bot.demo.services.refusals import Refusal, Wording

TARGET = "fashn"
DEMO_KEY = "fa-demo0valid0on0this0machine0only"
MODEL_NAME = "tryon-v1.6"
CATEGORIES = ("auto", "tops", "bottoms", "one-pieces")
MODES = {"performance": 5.0, "balanced": 8.0, "quality": 15.0}  # seconds
MOST_PICTURES = 4
LARGEST_SEED = 2**32 - 1
CHOICES: Mapping[str, tuple[object, ...]] = {
    "category": CATEGORIES,
    "mode": tuple(MODES),
    "garment_photo_type": ("auto", "flat-lay", "model"),
    "moderation_level": ("conservative", "permissive", "none"),
    "output_format": ("png", "jpeg"),
}
FIELDS = frozenset({"model_image", "garment_image", "num_samples", "seed", *CHOICES})
RUNS, RUN_SECONDS = 50, 60.0
LOOKS, LOOK_SECONDS = 50, 10.0  # of /status
CREDIT_LOOKS = 30  # in LOOK_SECONDS
AT_ONCE = 6  # predictions
KEPT_SECONDS = 72 * 3600.0
PHOTOS = Rules(min_bytes=1, max_bytes=50 * 1024 * 1024, min_side=1, max_side=10_000)
COURSE = (("starting", 0.0), ("in_queue", 0.1), ("processing", 0.25))  # shares of the time

FAULT_KINDS = frozenset(
    {*DROPS, *GARBAGE, "error", "delay", "fail_task", "stuck", "not_a_picture", "too_large"}
)

BAD_REQUEST = Wording(400, "BadRequest", "Bad request: check the parameters that you send.")
UNAUTHORIZED = Wording(401, "UnauthorizedAccess", "Unauthorized: Invalid token")
NOT_FOUND = Wording(404, "NotFound", "Not found: prediction is not tracked")
NOWHERE = Wording(404, "NotFound", "Not found")
TOO_OFTEN = Wording(429, "RateLimitExceeded", "Too many requests")
TOO_MANY = Wording(429, "ConcurrencyLimitExceeded", "Too many concurrent predictions")
NO_CREDITS = Wording(429, "OutOfCredits", "No API credits remaining")
BROKEN = Wording(500, "InternalServerError", "Internal server error")

NOT_LOADED = Wording(200, "ImageLoadError", "Error loading image: it is not accessible")
NO_POSE = Wording(200, "PoseError", "Failed to detect body pose in the model image")
PIPELINE = Wording(200, "PipelineError", "An unexpected error occurred")


@dataclass(frozen=True, slots=True)
class Order:
    """One request that was read and found right."""

    person: str
    garment: str
    category: str
    mode: str
    count: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What a fault has decided for a prediction."""

    failure: Wording | None = None
    stuck: bool = False


@dataclass(slots=True)
class Prediction:
    """One prediction and its course. Times are Unix seconds."""

    id: str
    count: int
    begun: float
    seconds: float
    work: asyncio.Task[bytes | Wording]
    fate: Fate

    def is_over(self, now: float) -> bool:
        """Tell whether its time has passed."""
        return now >= self.begun + self.seconds and not self.fate.stuck

    def outcome(self, now: float) -> bytes | Wording | None:
        """Return the picture or the error, None while there is neither."""
        if not self.is_over(now):
            return None
        return self.fate.failure or self.work.result()

    def status(self, now: float) -> str:
        """Return the state as the service calls it."""
        match self.outcome(now):
            case None:
                share = (now - self.begun) / self.seconds
                return [name for name, begins in COURSE if share >= begins][-1]
            case Wording():
                return "failed"
            case _:
                return "completed"


class LocalFashn:
    """The service for one key. `base_url` is where the server is reached, without a path.

    `credits` is what the account has left; `draw` makes a picture.
    """

    def __init__(  # noqa: PLR0913  every part of the service can be replaced
        self,
        clock: Clock,
        base_url: str,
        *,
        key: str = DEMO_KEY,
        credits_: int = 1000,
        faults: Faults | None = None,
        requests: RequestLog | None = None,
        fetch: Fetch | None = None,
        draw: Draw = draw_tryon,
    ) -> None:
        self.clock = clock
        self.credits = credits_
        self.seconds: float | None = None  # of a prediction, instead of what its mode takes
        self.faults = faults or Faults()
        self.faults.declare(TARGET, FAULT_KINDS)
        self.requests = requests or RequestLog(clock.now)
        self.requests.hide(key)
        self._key = key
        self._cdn = f"{base_url.rstrip('/')}/fashn/cdn"
        self._own_fetch = LocalFetcher()
        self._fetch = fetch or self._own_fetch
        self._draw = draw
        self._drawers = asyncio.Semaphore(1)
        self._runs, self._looks = Pace(RUNS, RUN_SECONDS), Pace(LOOKS, LOOK_SECONDS)
        self._credit_looks = Pace(CREDIT_LOOKS, LOOK_SECONDS)
        self._predictions: dict[str, Prediction] = {}

    def accepted(self) -> list[str]:
        """Return the ids of all predictions taken on, oldest first."""
        return list(self._predictions)

    async def paid(self) -> int:
        """Return how many pictures are paid for: those of predictions completed by now."""
        now = self.clock.now()
        await self._settle(*self._predictions.values())
        done = [one for one in self._predictions.values() if one.status(now) == "completed"]
        return sum(one.count for one in done)

    def drawn(self) -> list[bytes]:
        """Return the pictures that were made, oldest first."""
        made = [one.work.result() for one in self._predictions.values() if one.work.done()]
        return [picture for picture in made if isinstance(picture, bytes)]

    async def close(self) -> None:
        """Stop all work and connections."""
        works = [one.work for one in self._predictions.values()]
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
        await self._own_fetch.close()

    # --- the calls ---------------------------------------------------------------------

    def admit(self, headers: Mapping[str, str]) -> None:
        """Look at who calls. Raises Refusal."""
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or key.strip() != self._key:
            raise Refusal(UNAUTHORIZED)

    async def run(self, body: object, media_type: str, fate: Fate) -> dict[str, Any]:
        """Take an order on."""
        now = self.clock.now()
        if not self._runs.allows("run", now):
            raise Refusal(TOO_OFTEN)
        order = read(body if media_type == "application/json" else None)
        open_ = [one for one in self._predictions.values() if not one.is_over(now)]
        if len(open_) >= AT_ONCE:
            raise Refusal(TOO_MANY)
        if self.credits - sum(one.count for one in open_) - await self.paid() < order.count:
            raise Refusal(NO_CREDITS)
        prediction = Prediction(
            id=f"{uuid.uuid4()}-u1",
            count=order.count,
            begun=now,
            seconds=self.seconds or MODES[order.mode],
            work=asyncio.create_task(self._made(order)),
            fate=fate,
        )
        self._predictions[prediction.id] = prediction
        return {"id": prediction.id, "error": None}

    async def status(self, prediction_id: str) -> dict[str, Any]:
        """Tell how a prediction is doing."""
        now = self.clock.now()
        if not self._looks.allows("status", now):
            raise Refusal(TOO_OFTEN)
        prediction = self._found(prediction_id, now)
        await self._settle(prediction)
        shown: dict[str, Any] = {"id": prediction.id, "status": prediction.status(now)}
        match prediction.outcome(now):
            case Wording(code=name, message=message):
                return shown | {"error": {"name": name, "message": message}}
            case None:
                return shown | {"error": None}
            case _:
                names = [f"output_{number}.jpg" for number in range(prediction.count)]
                output = [f"{self._cdn}/{prediction.id}/{name}" for name in names]
                return shown | {"output": output, "error": None}

    async def balance(self) -> dict[str, Any]:
        """Tell how many credits are left."""
        if not self._credit_looks.allows("credits", self.clock.now()):
            raise Refusal(TOO_OFTEN)
        left = self.credits - await self.paid()
        return {"credits": {"total": left, "subscription": 0, "on_demand": left}}

    async def picture(self, prediction_id: str) -> bytes:
        """Return a finished picture to whoever knows its address."""
        now = self.clock.now()
        prediction = self._found(prediction_id, now)
        await self._settle(prediction)
        outcome = prediction.outcome(now)
        if not isinstance(outcome, bytes):
            raise Refusal(NOWHERE)
        return outcome

    # --- behind them -------------------------------------------------------------------

    def _found(self, prediction_id: str, now: float) -> Prediction:
        prediction = self._predictions.get(prediction_id)
        if prediction is None or now >= prediction.begun + KEPT_SECONDS:
            raise Refusal(NOT_FOUND)
        return prediction

    async def _settle(self, *predictions: Prediction) -> None:
        now = self.clock.now()
        due = [one.work for one in predictions if one.is_over(now) and not one.fate.failure]
        if due:
            await asyncio.wait(due)

    async def _made(self, order: Order) -> bytes | Wording:
        try:
            photos = [await self._photo(url) for url in (order.person, order.garment)]
        except Refusal:
            return NOT_LOADED
        person, garment = photos
        if not shows_somebody(person):
            return NO_POSE
        lower = order.category == "bottoms"

        def drawn() -> bytes:
            top, bottom = (None, garment) if lower else (garment, None)
            return self._draw(person, top, bottom, resolution=-1, keep_face=True)

        try:
            async with self._drawers:
                return await asyncio.to_thread(drawn)
        except Exception:  # noqa: BLE001  whatever breaks a drawing, the prediction must end
            return PIPELINE

    async def _photo(self, url: str) -> Image.Image:
        data = await self._fetch(url, PHOTOS.max_bytes)
        return await asyncio.to_thread(opened, data, PHOTOS)


def read(body: object) -> Order:
    """Read a request body. Raises Refusal."""
    given = body.get("inputs") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(given, dict):
        raise Refusal(BAD_REQUEST)
    if body.get("model_name") != MODEL_NAME:
        raise Refusal(Wording(400, "BadRequest", "Bad request: unknown model_name"))
    photos = [given.get("model_image"), given.get("garment_image")]
    right = all(isinstance(url, str) and url.startswith(("http://", "https://")) for url in photos)
    for name, allowed in CHOICES.items():
        right = right and given.get(name, allowed[0]) in allowed
    count = _whole(given.get("num_samples", 1), 1, MOST_PICTURES)
    seed = _whole(given.get("seed", 42), 0, LARGEST_SEED)
    if not right or count is None or seed is None or not given.keys() <= FIELDS:
        raise Refusal(BAD_REQUEST)
    mode = str(given.get("mode", "balanced"))
    return Order(str(photos[0]), str(photos[1]), str(given.get("category", "auto")), mode, count)


def _whole(value: object, least: int, most: int) -> int | None:
    return value if type(value) is int and least <= value <= most else None
