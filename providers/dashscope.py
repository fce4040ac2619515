"""DashScope's HTTP interface, as far as all its models share it.

Headers, submitting, asking, listing and cancelling tasks, and what their answers mean for
somebody who pays. There is no idempotency key: a submit whose answer was lost may have
been accepted, so it is `Unclear` and never repeated here; the task list finds it again.
Synchronous calls leave no task: what is lost of them stays lost. What goes into a submit and
where the pictures stand in a result is each model's own file.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, TypeAlias

import httpx

from providers.base import (
    Accepted,
    Cancellation,
    Failed,
    Finished,
    KnownTask,
    Listing,
    NoAnswer,
    Refused,
    Report,
    Stage,
    Submission,
    Succeeded,
    TooLate,
    Unclear,
    Underway,
    Withdrawn,
)
from providers.causes import Cause, Problem
from providers.dashscope_errors import cause_of, complaint, ran_out_of_time
from providers.dashscope_list import filters, known_tasks, pages_of, span
from providers.http import ATTEMPTS, Answered, Http, Lost, NotSent, Now, Reply, Sleep, said, task_id
from providers.unanswered import not_ordered, not_told, unreadable

ACCOUNT = "dashscope"
BASE_URL = "https://dashscope.aliyuncs.com/api/v1"
QUERIES_PER_SECOND = 10.0  # half of the account's 20, shared by all models (provider docs 000, 003)
DRAWING_SECONDS = 320.0  # for a synchronous call; the service's own limit is 300
MOST_PAGES = 40  # so at most 2,000 tasks; a search for one lost submit looks at minutes

Pictures: TypeAlias = Callable[[Mapping[str, Any]], tuple[str, ...]]

# Task states that need no further look (provider docs 000, 003). A state that is not among
# them, RUNNING, SUSPENDED or one nobody knows yet, counts as on the way.
_STATES: Mapping[str, Report] = MappingProxyType(
    {
        "PENDING": Underway(Stage.PENDING),
        "CANCELED": Withdrawn(),
        "UNKNOWN": Failed(Problem(Cause.TASK_LOST, "UNKNOWN", "older than 24 h, or never there")),
    }
)
SERVER_ERRORS = HTTPStatus.INTERNAL_SERVER_ERROR  # this status and all above it
_NO_PICTURE = Problem(Cause.RESULT_UNUSABLE, "no_url", "succeeded without a picture")


class DashScope:
    """One account's way to the service. `base_url` and `workspace` belong to the key."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        key: str,
        base_url: str = BASE_URL,
        workspace: str | None = None,
        *,
        now: Now,
        sleep: Sleep,
    ) -> None:
        self.http = Http(client, now=now, sleep=sleep)
        self._key = key
        self._base = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"}
        if workspace:
            self._headers["X-DashScope-WorkSpace"] = workspace

    async def submit(self, path: str, body: Mapping[str, Any]) -> Submission:
        """Order one asynchronous task. Called once, whatever comes of it."""
        headers = self._ordering(body) | {"X-DashScope-Async": "enable"}
        match await self.http.post(f"{self._base}{path}", headers=headers, body=body):
            case NotSent() | Lost() as missing:
                return not_ordered(missing)
            case Answered() as answer:
                return self._submission(answer)

    async def draw(self, path: str, body: Mapping[str, Any], pictures: Pictures) -> Submission:
        """Have a picture drawn by one synchronous call. Called once, whatever comes of it."""
        url, headers = f"{self._base}{path}", self._ordering(body)
        match await self.http.post(url, headers=headers, body=body, patience=DRAWING_SECONDS):
            case NotSent() | Lost() as missing:
                return not_ordered(missing)
            case Answered() as answer:
                return self._drawn(answer, pictures)

    async def call(self, path: str, body: Mapping[str, Any]) -> dict[str, Any] | NoAnswer:
        """Return what a quick synchronous call answers; trouble and refusals are `NoAnswer`."""
        url, headers = f"{self._base}{path}", self._ordering(body)
        return self._document(await self.http.post(url, headers=headers, body=body))

    async def query(self, task: str, pictures: Pictures) -> Report:
        """Ask how a task is doing; `pictures` finds the URLs in the output of a success.

        Asked once: the caller spends one budget of queries and asks again when it is due.
        """
        document = await self.read(f"/tasks/{task}", attempts=1)
        if isinstance(document, NoAnswer):
            return document
        output = _part(document, "output")
        if output.get("task_id", task) != task:  # never show one person another's picture
            return unreadable("the answer speaks of another task")
        return self._report(output, document, pictures)

    async def cancel(self, task: str) -> Cancellation:
        """Cancel a task that has not begun."""
        url = f"{self._base}/tasks/{task}/cancel"
        document = self._document(await self.http.post(url, headers=self._headers))
        if isinstance(document, NoAnswer):
            begun = document.problem.code.lower() == "unsupportedoperation"
            return TooLate() if begun else document
        # A success names its request. Anything else must not pass for a cancelled task.
        named = isinstance(document.get("request_id"), str)
        return Withdrawn() if named else unreadable("no request_id")

    async def list_tasks(self, model: str, since: float, until: float) -> Listing | NoAnswer:
        """List the tasks of one model, at most those of the 24 hours before `until`."""
        first, last = span(since, until)
        found: dict[str, KnownTask] = {}
        for page in range(1, MOST_PAGES + 1):
            document = await self.read("/tasks/", filters(model, first, last, page))
            if isinstance(document, NoAnswer):
                return document
            rows, pages = known_tasks(document, model), pages_of(document)
            if rows is None or pages is None:
                return unreadable("a page of the task list")
            found |= {row.task_id: row for row in rows if first <= row.created_at <= last}
            if page >= pages:
                return Listing(tuple(sorted(found.values(), key=lambda row: row.created_at)))
        return unreadable("the task list does not end")

    async def read(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        *,
        attempts: int = ATTEMPTS,
    ) -> dict[str, Any] | NoAnswer:
        """GET the JSON object at a path; every kind of trouble comes back as `NoAnswer`."""
        url = f"{self._base}{path}"
        return self._document(
            await self.http.get(url, headers=self._headers, params=params, attempts=attempts)
        )

    def _submission(self, answer: Answered) -> Submission:
        document = answer.document() or {}
        task = task_id(_part(document, "output").get("task_id"))
        if answer.ok and task:
            return Accepted(task)
        problem = self._problem(answer, document)
        refused = complaint(document) or answer.status >= HTTPStatus.BAD_REQUEST
        # A service in trouble may have accepted first: only a clear no is taken for one.
        broken = answer.status >= SERVER_ERRORS
        if broken or not refused or problem.cause is Cause.SERVICE_FAILED:
            return Unclear(f"HTTP {answer.status} {problem.code}")
        return Refused(problem, answer.retry_after)

    def _drawn(self, answer: Answered, pictures: Pictures) -> Submission:
        """Read the answer to a synchronous call: it ends with it, so a no is always clear.

        Unless the service ran out of time, or what answers is not the service.
        """
        document = answer.document() or {}
        urls = pictures(_part(document, "output"))
        if answer.ok and urls:
            return Finished(urls)
        problem = self._problem(answer, document)
        complained = complaint(document) is not None
        refused = complained or HTTPStatus.BAD_REQUEST <= answer.status < SERVER_ERRORS
        if not refused or ran_out_of_time(problem.code, answer.status):
            return Unclear(f"HTTP {answer.status} {problem.code}")
        return Refused(problem, answer.retry_after)

    def _ordering(self, body: Mapping[str, Any]) -> dict[str, str]:
        """Return the headers of a call that names these photos."""
        resolve = {"X-DashScope-OssResourceResolve": "enable"} if _names_upload(body) else {}
        return {**self._headers, **resolve}

    def _report(
        self, output: Mapping[str, Any], document: Mapping[str, Any], pictures: Pictures
    ) -> Report:
        state = output.get("task_status")
        if not isinstance(state, str) or not state.strip():
            return unreadable("no task_status")
        match state.strip().upper():
            case "SUCCEEDED":
                urls = pictures(output)
                return Succeeded(urls) if urls else Failed(_NO_PICTURE)
            case "FAILED":
                code, message = complaint(document) or ("", "failed without a code")
                return Failed(self._told(cause_of(code, message), code, message))
            case other:
                return _STATES.get(other, Underway(Stage.RUNNING))

    def _document(self, reply: Reply) -> dict[str, Any] | NoAnswer:
        if isinstance(reply, NotSent | Lost):
            return not_told(reply)
        document = reply.document() or {}
        tells = "task_status" in _part(document, "output")  # a code in there is the task's
        if reply.ok and document and (tells or not complaint(document)):
            return document
        return NoAnswer(self._problem(reply, document), reply.retry_after)

    def _problem(self, answer: Answered, document: Mapping[str, Any]) -> Problem:
        """Say what an answer complains of, or that it makes no sense."""
        code, message = complaint(document) or ("", "")
        if not code:
            message = answer.unread or f"{len(answer.body)} bytes without a code"
        cause = cause_of(code, message, answer.status)
        return self._told(cause, code or f"http_{answer.status}", message)

    def _told(self, cause: Cause, code: str, message: str) -> Problem:
        return Problem(cause, said(code, self._key), said(message, self._key))


def _part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name)
    return part if isinstance(part, Mapping) else {}


def _names_upload(value: object) -> bool:
    """Tell whether any text inside is the URL of a file in the temporary storage."""
    if isinstance(value, Mapping):
        return any(_names_upload(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_names_upload(item) for item in value)
    return isinstance(value, str) and value.startswith("oss://")
