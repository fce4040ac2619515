"""`damo`, DAMO's virtual dressing: several outfits for one person, several pictures of each.

One submit takes up to ten outfits and draws up to four pictures of each; its parts finish
one by one, and one that fails does not spoil the others. Photos have to stand at an http(s)
address: there is no storage. There is no list of tasks and no cancelling either, so a submit
whose answer was lost stays unclear. Source: provider docs 002.
"""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import httpx

from providers.base import (
    Accepted,
    Collected,
    Failed,
    NoAnswer,
    PhotoHost,
    Refused,
    Report,
    Reports,
    Stage,
    Submission,
    Succeeded,
    Unclear,
    Underway,
    not_offered,
)
from providers.causes import Cause, Problem
from providers.damo_errors import (
    ENDED,
    SUCCESS,
    Complaint,
    cause_of,
    code_of,
    complaint,
    ran_out_of_time,
)
from providers.gate import ALIYUN, Gate, host_and_port, https_for
from providers.http import Answered, Http, Lost, NotSent, Now, Sleep, said
from providers.results import ResultFetcher
from providers.spec import ModelSpec, PhotoRules
from providers.unanswered import not_ordered, not_told, unreadable
from providers.wishes import Face, Request, Size, TryOnRequest, Wear

MODEL = "damo"
ACCOUNT = "damo"
BASE_URL = "https://damotryon.market.alicloudapi.com/api/v1/tryon"
NONCE_BYTES = 16  # of randomness; no request may repeat another's

HALF, FULL = "HALF_BODY", "FULL_BODY"
# data.fit_type, one for a whole submit: a single top, or a suit or long dress (002, "fit_type").
# The picture of a top is required, so a bottom alone cannot be tried on.
FITS: Mapping[Wear, str] = MappingProxyType({Wear.TOP: HALF, Wear.OUTFIT: FULL, Wear.DRESS: FULL})
RESULT_HOSTS = (*ALIYUN, "alicdn.com")  # where the document's examples show pictures

SPEC = ModelSpec(
    model=MODEL,
    account=ACCOUNT,
    wears=frozenset(FITS),
    faces=(Face.KEEP,),
    sizes=(Size.ORIGINAL,),
    # "单边不小于400px", "不超过5M"; no largest side is given, so the one of its sisters
    photos=PhotoRules(min_bytes=1, max_bytes=4_999_999, min_side=400, max_side=4_095),
    credits=3,
    cost=950,  # a package of 500 uses costs 475 CNY (002, "资源包"): 0.95 CNY a picture
    submits_per_second=1,  # ours: the document names no limit, only that there is one
    in_progress=5,  # ours, likewise
    queries_per_second=2,  # ours, likewise
    typical_seconds=(20.0, 60.0),  # no time is documented; as diffusion models of its kind
    needs_http_host=True,  # "必须是可访问的http或https协议图片下载链接"
    samples=4,  # "inference_num 1~4"
    outfits=10,  # "最多支持批量提交10个换装任务"
    together=FITS,
)

_KEY = re.compile(r"[!-~]{1,256}")  # a task's name only ever travels inside JSON
_FEW = Problem(Cause.SERVICE_FAILED, "unreadable", "a sub-task is missing")
_FAILED = Failed(Problem(Cause.NOT_DRAWN, "FAILED", "the service does not say why"))
# Sub-task states (002, "data.task_list.status"); one that nobody knows counts as on the way.
_STATES: Mapping[str, Report] = MappingProxyType(
    {"WAITING": Underway(Stage.PENDING), "FAILED": _FAILED}
)


class Damo:
    """The model, spoken to with one AppCode. `trusted` hosts as for a `Gate`."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        appcode: str,
        base_url: str = BASE_URL,
        *,
        host: PhotoHost,
        now: Now,
        sleep: Sleep,
        trusted: Iterable[str] = (),
    ) -> None:
        self.spec = SPEC
        self.host = host
        self._http = Http(client, now=now, sleep=sleep)
        self._appcode = appcode
        self._base = base_url.rstrip("/")
        own = [host_and_port(base_url)] if base_url.lower().startswith("http://") else []
        gate = Gate(self._http, suffixes=RESULT_HOSTS, trusted=[*trusted, *own])
        self._results = ResultFetcher(gate)

    async def submit(self, request: Request) -> Submission:
        """Order one picture."""
        return await self.submit_all([request], 1)

    async def submit_all(self, requests: Sequence[Request], samples: int) -> Submission:
        """Order so many pictures of each outfit, all in one call. Called once, whatever comes."""
        outfits = [one for one in requests if isinstance(one, TryOnRequest) and one.top_url]
        fits = {FITS.get(one.wear) for one in outfits}
        counted = 1 <= len(outfits) <= self.spec.outfits and 1 <= samples <= self.spec.samples
        if len(outfits) != len(requests) or not counted or len(fits) != 1 or None in fits:
            return not_offered(self.spec.model)
        data = {
            "fit_type": fits.pop(),
            "inference_num": samples,
            "task_list": [_task(outfit) for outfit in outfits],
        }
        match await self._post("submit", data):
            case NotSent() | Lost() as missing:
                return not_ordered(missing)
            case Answered() as answer:
                return self._submission(answer)

    async def query(self, task_id: str) -> Report:
        """Ask how a submit of one outfit is doing."""
        found = await self.query_all(task_id)
        return found.parts[0] if isinstance(found, Reports) else found

    async def query_all(self, task_id: str) -> Reports | Failed | NoAnswer:
        """Ask how all the outfits of a submit are doing, in the order in which they were sent."""
        match await self._post("query", {"result_key": task_id}):
            case NotSent() | Lost() as missing:
                return not_told(missing)
            case Answered() as answer:
                return self._reports(answer, task_id)

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        """Download a finished picture."""
        return await self._results.collect(url)

    async def _post(self, call: str, data: Mapping[str, Any]) -> Answered | NotSent | Lost:
        headers = {
            "Authorization": f"APPCODE {self._appcode}",
            "X-Ca-Nonce": secrets.token_hex(NONCE_BYTES),
        }
        return await self._http.post(f"{self._base}/{call}", headers=headers, body={"data": data})

    def _submission(self, answer: Answered) -> Submission:
        document = answer.document() or {}
        found = complaint(document, answer.headers)
        key = _named(_data(document).get("result_key"))
        if answer.ok and found is None and key:
            return Accepted(key)
        problem = self._problem(answer, found)
        # A code of the service, or of a gateway that kept the call to itself, is a clear no.
        coded = found is not None and bool(found.code) and not ran_out_of_time(found) and not key
        refused = HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
        clear = coded or (refused and answer.status != HTTPStatus.REQUEST_TIMEOUT and not key)
        if not clear:
            return Unclear(f"HTTP {answer.status} {problem.code}")
        return Refused(problem, answer.retry_after)

    def _reports(self, answer: Answered, key: str) -> Reports | Failed | NoAnswer:
        document = answer.document() or {}
        found = complaint(document, answer.headers)
        if found is not None and found.code in ENDED:
            return Failed(self._problem(answer, found))
        if found is not None or not answer.ok:
            return NoAnswer(self._problem(answer, found), answer.retry_after)
        data = _data(document)
        tasks = data.get("task_list")
        if code_of(document) != SUCCESS or _named(data.get("result_key", key)) != key:
            return unreadable("no answer about this task")
        if not isinstance(tasks, list) or not tasks:
            return unreadable("no sub-tasks")
        return Reports(tuple(_report(task) for task in tasks))

    def _problem(self, answer: Answered, found: Complaint | None) -> Problem:
        """Say what an answer complains of, or that it makes no sense."""
        if found is None:
            found = Complaint(message=answer.unread or f"{len(answer.body)} bytes without a code")
        cause = cause_of(found, answer.status)
        code = said(found.code, self._appcode) or f"http_{answer.status}"
        return Problem(cause, code, said(found.message, self._appcode))


def _task(outfit: TryOnRequest) -> dict[str, str]:
    """Return one outfit as `data.task_list` has it. A table calls the top `ops_image`: a slip."""
    urls = {
        "model_image": outfit.person_url,
        "tops_image": outfit.top_url,
        "pants_image": outfit.bottom_url,
    }
    return {field: url for field, url in urls.items() if url is not None}


def _report(task: object) -> Report:
    """Read one sub-task. Pictures count only once it is finished (002 shows them before)."""
    state = task.get("status") if isinstance(task, Mapping) else None
    if not isinstance(task, Mapping) or not isinstance(state, str) or not state.strip():
        return NoAnswer(_FEW)
    match state.strip().upper():
        case "SUCCESS":
            return Succeeded(_urls(task.get("results")))
        case other:
            return _STATES.get(other, Underway(Stage.RUNNING))


def _urls(results: object) -> tuple[str, ...]:
    urls = results if isinstance(results, list) else [results]
    http = ("http://", "https://")
    found = [url for url in urls if isinstance(url, str) and url.lower().startswith(http)]
    return tuple(dict.fromkeys(https_for(url, RESULT_HOSTS) for url in found))


def _data(document: Mapping[str, Any]) -> Mapping[str, Any]:
    data = document.get("data")
    return data if isinstance(data, Mapping) else {}


def _named(key: object) -> str:
    """Return the name of a task, empty if it cannot be one."""
    name = str(key) if isinstance(key, int) and not isinstance(key, bool) else key
    return name if isinstance(name, str) and _KEY.fullmatch(name) else ""
