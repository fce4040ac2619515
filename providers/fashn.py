"""FASHN's `tryon-v1.6`: try-ons by a vendor of its own, for when all of DashScope is down.

One garment a picture; photos are fetched by the service from addresses on the web. There is
no idempotency key, no list and no cancelling: an order whose answer is lost stays lost. A
failed prediction is not charged. What its errors mean stands in `providers.fashn_errors`.
Sources: the vendor's pages "API Fundamentals", "Error Handling", "Virtual Try-On v1.6" and
"API Pricing".
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from providers.base import (
    Accepted,
    Collected,
    Failed,
    NoAnswer,
    PhotoHost,
    Refused,
    Report,
    Stage,
    Submission,
    Succeeded,
    Unclear,
    Underway,
    not_offered,
)
from providers.causes import Cause, Problem
from providers.fashn_errors import NEVER_ENTERED, cause_of, complaint
from providers.http import ATTEMPTS, Answered, Http, Lost, NotSent, said, task_id
from providers.results import ResultFetcher
from providers.spec import ModelSpec, PhotoRules
from providers.unanswered import not_ordered, not_told, unreadable
from providers.wishes import Face, OtherHalf, Request, Size, TryOnRequest, Wear

ACCOUNT = "fashn"
MODEL = "fashn"  # what operators and people call it
MODEL_NAME = "tryon-v1.6"  # what the service calls it
BASE_URL = "https://api.fashn.ai/v1"
HOSTS = ("fashn.ai",)  # pictures come from cdn.fashn.ai and stay there for 72 hours

CNY_PER_USD = 7.2  # ours, above the rates of 2026, so that the budget errs on the safe side
USD_PER_PICTURE = 0.075  # 1 credit a picture, bought on demand ("API Pricing")

CATEGORIES: Mapping[Wear, str] = MappingProxyType(
    {Wear.TOP: "tops", Wear.BOTTOM: "bottoms", Wear.DRESS: "one-pieces"}
)
MODE = "quality"  # costs what the faster modes cost
SEEDS = 1 << 32  # without one the service always takes 42: "again" would change nothing

# The vendor states no limits, but asks for at most 2000 px ("Image Preprocessing"); the
# service draws 864x1296. The shortest side is ours.
PHOTOS = PhotoRules(min_bytes=1, max_bytes=10_000_000, min_side=256, max_side=2000)

SPEC = ModelSpec(
    model=MODEL,
    account=ACCOUNT,
    wears=frozenset(CATEGORIES),
    faces=(Face.KEEP,),
    sizes=(Size.ORIGINAL,),
    photos=PHOTOS,
    credits=2,
    cost=round(USD_PER_PICTURE * CNY_PER_USD * 1000),
    submits_per_second=0.8,  # 50 in 60 s ("API Fundamentals")
    in_progress=6,  # the default of "API Fundamentals"
    queries_per_second=4,  # of 50 in 10 s; half of that left slots idle for longer
    typical_seconds=(5.0, 17.0),  # the vendor's "5 s" to "12-17 s"
    halves=(OtherHalf.KEEP,),  # only the garment of the category is replaced
    needs_http_host=True,
)

_STAGES: Mapping[str, Stage] = MappingProxyType(
    {"starting": Stage.PENDING, "in_queue": Stage.PENDING}
)
_NO_PICTURE = Problem(Cause.RESULT_UNUSABLE, "no_url", "completed without a picture")


def _any_seed() -> int:
    return secrets.randbelow(SEEDS)


class Fashn:
    """The model, spoken to with one account's key."""

    spec = SPEC

    def __init__(
        self,
        http: Http,
        key: str,
        base_url: str = BASE_URL,
        *,
        host: PhotoHost,
        results: ResultFetcher,
        seed: Callable[[], int] = _any_seed,
    ) -> None:
        self.host = host
        self._http = http
        self._key = key
        self._base = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"}
        self._results = results
        self._seed = seed

    async def submit(self, request: Request) -> Submission:
        """Order a picture. Called once, whatever comes of it."""
        inputs = self._inputs(request)
        if inputs is None:
            return not_offered(MODEL)
        body = {"model_name": MODEL_NAME, "inputs": inputs}
        match await self._http.post(f"{self._base}/run", headers=self._headers, body=body):
            case NotSent() | Lost() as missing:
                return not_ordered(missing)
            case Answered() as answer:
                return self._submission(answer)

    async def query(self, task_id: str) -> Report:
        """Ask how a prediction is doing. Asked once: the caller knows when to ask again."""
        document = await self._read(f"/status/{task_id}", attempts=1)
        if isinstance(document, NoAnswer):
            gone = document.problem.code.lower() == "notfound"  # "no longer tracked"
            return Failed(replace(document.problem, cause=Cause.TASK_LOST)) if gone else document
        if document.get("id", task_id) != task_id:  # never show one person another's picture
            return unreadable("the answer speaks of another prediction")
        return self._report(document)

    async def credits_left(self) -> int | NoAnswer:
        """Ask how many pictures are paid for. Costs nothing."""
        document = await self._read("/credits")
        if isinstance(document, NoAnswer):
            return document
        found = document.get("credits")
        total = found.get("total") if isinstance(found, Mapping) else None
        return total if type(total) is int else unreadable("no credits")

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        """Download a finished picture."""
        return await self._results.collect(url)

    def _inputs(self, request: Request) -> Mapping[str, str | int] | None:
        """Return what a request is written as, None for one that this model does not take."""
        if not isinstance(request, TryOnRequest) or request.face is not Face.KEEP:
            return None
        category = CATEGORIES.get(request.wear)
        garment = request.bottom_url if request.wear is Wear.BOTTOM else request.top_url
        if category is None or garment is None:
            return None
        return {
            "model_image": request.person_url,
            "garment_image": garment,
            "category": category,
            "mode": MODE,
            "num_samples": 1,
            "seed": self._seed(),
        }

    def _submission(self, answer: Answered) -> Submission:
        document = answer.document() or {}
        prediction = task_id(document.get("id"))
        if answer.ok and prediction:
            return Accepted(prediction)
        name, _ = complaint(document)
        problem = self._problem(answer, document)
        # What its own error page answers never entered processing ("Error Handling"). Of
        # anything else that failed nobody knows.
        refused = HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
        timed_out = answer.status == HTTPStatus.REQUEST_TIMEOUT
        if name.lower() in NEVER_ENTERED or (refused and not timed_out):
            return Refused(problem, answer.retry_after)
        return Unclear(f"HTTP {answer.status} {problem.code}")

    async def _read(self, path: str, attempts: int = ATTEMPTS) -> Mapping[str, Any] | NoAnswer:
        """GET the JSON object at a path; every kind of trouble comes back as `NoAnswer`."""
        url = f"{self._base}{path}"
        reply = await self._http.get(url, headers=self._headers, attempts=attempts)
        if isinstance(reply, NotSent | Lost):
            return not_told(reply)
        document = reply.document() or {}
        if reply.ok and document:
            return document
        return NoAnswer(self._problem(reply, document), reply.retry_after)

    def _report(self, document: Mapping[str, Any]) -> Report:
        state = document.get("status")
        if not isinstance(state, str) or not state.strip():
            return unreadable("no status")
        match state.strip().lower():
            case "completed":
                urls = picture_urls(document.get("output"))
                return Succeeded(urls) if urls else Failed(_NO_PICTURE)
            case "failed":
                name, message = complaint(document)
                cause = cause_of(name, message)
                return Failed(
                    Problem(cause, said(name or "failed", self._key), self._said(message))
                )
            case other:  # a state that nobody knows yet counts as on the way
                return Underway(_STAGES.get(other, Stage.RUNNING))

    def _problem(self, answer: Answered, document: Mapping[str, Any]) -> Problem:
        name, message = complaint(document)
        if not name:
            message = answer.unread or f"{len(answer.body)} bytes without an error"
        cause = cause_of(name, message, answer.status)
        return Problem(cause, said(name, self._key) or f"http_{answer.status}", self._said(message))

    def _said(self, message: str) -> str:
        return said(message, self._key)


def picture_urls(output: object) -> tuple[str, ...]:
    """Return the result URLs in the output of a prediction that completed."""
    found = output if isinstance(output, list) else []
    urls = (url for url in found if isinstance(url, str) and url.lower().startswith("http"))
    return tuple(dict.fromkeys(urls))
