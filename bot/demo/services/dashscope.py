"""The twin of DashScope: what its calls do, whatever brings them here.

Keys, accounts, limits, tasks, uploads and results are shared by all models; what one
model accepts and makes is its twin's own file (see `twin`). HTTP, faults to order and the
record of requests are `routes`' business. Each call returns the JSON document of its
answer or raises `Refusal`. Sources: provider docs 000-003 and the vendor's pages on
managing asynchronous tasks, on temporary URLs and on listing models.
"""

import asyncio
import random
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from PIL import Image

from bot.clock import Clock
from bot.demo.faults import Faults
from bot.demo.requests_log import RequestLog
from bot.demo.services import listing, refusals
from bot.demo.services.aitryon import AiTryOn
from bot.demo.services.calls import Call, CallBook
from bot.demo.services.catalogue import Catalogue
from bot.demo.services.faulty import FAULT_KINDS, TARGET
from bot.demo.services.limits import Pace
from bot.demo.services.parsing import Parsing
from bot.demo.services.photos import Fetch, LocalFetcher, Rules, opened
from bot.demo.services.qwen import QwenImage
from bot.demo.services.refiner import Refiner
from bot.demo.services.refusals import INVALID_PARAMETER, Refusal
from bot.demo.services.repaint import StyleRepaint
from bot.demo.services.store import Store
from bot.demo.services.tasks import Fate, Outcome, State, Task, TaskBook
from bot.demo.services.twin import CallTwin, Order, Product, Twin
from bot.demo.services.wan import WanImage

DEMO_KEY = "sk-demo-valid-on-this-machine-only"
DEMO_ACCOUNT = "1000000000004242"
ACCOUNT_PACE = 20  # calls per second of each kind on tasks (provider docs 000, "20 QPS")
POLICY_PACE = 100  # policies per second, account and model (vendor's page on temporary URLs)
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
DRAWERS = 1  # pictures drawn at once: more would hold up the bot in the same process

Json = dict[str, Any]
Result = TypeVar("Result")


class LocalDashScope:
    """The service for some accounts. `keys` says which key belongs to which account.

    `base_url` is where the server is reached, without a path; `workspaces` are the names
    accepted in X-DashScope-WorkSpace; `fetch` gets photos from URLs; `list_delay` is how
    many seconds a new task stays out of the task list. The same `seed` gives the same
    runtimes and ids; without one they never repeat, as a bot may remember old tasks.
    """

    def __init__(  # noqa: PLR0913  every part of the service can be replaced
        self,
        clock: Clock,
        base_url: str,
        *,
        keys: Mapping[str, str] | None = None,
        workspaces: Collection[str] = (),
        twins: Sequence[Twin | CallTwin] | None = None,
        faults: Faults | None = None,
        requests: RequestLog | None = None,
        fetch: Fetch | None = None,
        list_delay: float = 0.0,
        seed: int | None = None,
    ) -> None:
        self.clock = clock
        self.keys = dict(keys) if keys is not None else {DEMO_KEY: DEMO_ACCOUNT}
        self.faults = faults or Faults()
        self.faults.declare(TARGET, FAULT_KINDS)
        self.requests = requests or RequestLog(clock.now)
        for key in self.keys:
            self.requests.hide(key)
        self.list_delay = list_delay
        self._workspaces = frozenset(workspaces)
        self._random = random.Random(seed)  # noqa: S311  no secret depends on it
        served = twins or (AiTryOn(), WanImage(), QwenImage(), StyleRepaint(), Parsing(), Refiner())
        self._twins = {model: twin for twin in served for model in twin.models}
        self._paths = {twin.path for twin in self._twins.values()}
        self._seconds = {model: twin.models[model].seconds for model, twin in self._twins.items()}
        self.catalogue = Catalogue(self._twins)
        self.store = Store(f"{base_url.rstrip('/')}/dashscope", self._random.randbytes(32))
        self.tasks = TaskBook()
        self.calls = CallBook(clock)
        self._own_fetch = LocalFetcher()
        self._fetch = fetch or self._own_fetch
        self._drawers = asyncio.Semaphore(DRAWERS)
        self._submits = {
            model: Pace(twin.models[model].submits_per_second)
            for model, twin in self._twins.items()
        }
        self._calls = Pace(ACCOUNT_PACE)
        self._policies = Pace(POLICY_PACE)

    # --- how it is set up --------------------------------------------------------------

    def set_runtime(self, model: str, low: float, high: float | None = None) -> None:
        """Let new tasks of a model take this many seconds, or any time between two."""
        self._seconds[model] = (low, low if high is None else high)

    def accepted(self, account: str = DEMO_ACCOUNT) -> list[str]:
        """Return every task an account ever submitted, oldest first, and every call it made."""
        return [*self.tasks.accepted(account), *self.calls.accepted(account)]

    async def paid(self, account: str = DEMO_ACCOUNT) -> list[str]:
        """Return the tasks and calls an account pays for: those that have succeeded by now."""
        tasks = await self.tasks.paid(account, self.clock.now())
        return [*tasks, *self.calls.paid(account)]

    async def close(self) -> None:
        """Stop all work and connections."""
        await self.tasks.close()
        await self._own_fetch.close()

    # --- who calls ---------------------------------------------------------------------

    def account(self, headers: Mapping[str, str]) -> str:
        """Return whose key a request carries."""
        scheme, _, key = headers.get("authorization", "").partition(" ")
        account = self.keys.get(key.strip())
        if scheme.lower() != "bearer" or account is None:
            raise Refusal(refusals.INVALID_KEY)
        workspace = headers.get("x-dashscope-workspace")
        if workspace and workspace not in self._workspaces:
            raise Refusal(refusals.NO_WORKSPACE)
        return account

    def unique(self) -> str:
        """Return a new id for a request, a task or a file."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    # --- the calls ---------------------------------------------------------------------

    async def submit(
        self, account: str, path: str, body: object, headers: Mapping[str, str], fate: Fate
    ) -> Json:
        """Take on an order: as a task, or until its pictures are there."""
        if path not in self._paths:
            raise Refusal(refusals.WRONG_PATH)
        media_type = headers.get("content-type", "").partition(";")[0].strip()
        if media_type != "application/json" or not isinstance(body, dict):
            raise Refusal(refusals.NOT_JSON)
        model, now = self.catalogue.admit(body.get("model")), self.clock.now()
        twin = self._twins[model]
        if twin.path != path:
            raise Refusal(refusals.WRONG_PATH)
        asynchronous = headers.get("x-dashscope-async", "").lower() == "enable"
        if asynchronous is isinstance(twin, CallTwin):
            wrong = refusals.NO_ASYNCHRONOUS if asynchronous else refusals.NO_SYNCHRONOUS
            raise Refusal(wrong)
        if not self._submits[model].allows(account, now):
            raise Refusal(refusals.RATE)
        order = twin.read(body)
        resolve = headers.get("x-dashscope-ossresourceresolve", "").lower() == "enable"
        if not resolve and any(url.startswith("oss://") for url in order.urls):
            raise Refusal(refusals.NOT_RESOLVED)
        if self._in_progress(account, model) >= twin.models[model].in_progress:
            raise Refusal(refusals.CONCURRENCY)
        if isinstance(twin, CallTwin):
            return await self._made(Call(self.unique(), account, model), twin, order, fate)
        task = self._begin(account, model, twin, order, fate)
        return {
            "output": {"task_status": str(State.PENDING), "task_id": task.id},
            "request_id": task.request_id,
        }

    async def query(self, account: str, task_id: str) -> Json:
        """Tell how a task is doing."""
        self._count("query", account)
        now = self.clock.now()
        task = self.tasks.find(task_id, account, now)
        if task is None:
            return self._answer(output={"task_id": task_id, "task_status": str(State.UNKNOWN)})
        await self.tasks.settle([task], now)
        return self._shown(task, now)

    async def list_tasks(self, account: str, params: Mapping[str, str]) -> Json:
        """Show a page of the account's tasks, newest first."""
        self._count("list", account)
        now = self.clock.now()
        asked = listing.read(params, now)
        tasks = [
            task
            for task in self.tasks.of(account, now)
            if asked.covers(task) and task.submitted <= now - self.list_delay
        ]
        await self.tasks.settle(tasks, now)
        return self._answer(**asked.shown(tasks, now))

    def cancel(self, account: str, task_id: str) -> Json:
        """Withdraw a task that has not begun."""
        self._count("cancel", account)
        now = self.clock.now()
        task = self.tasks.find(task_id, account, now)
        if task is None or task.state(now) is not State.PENDING:
            raise Refusal(refusals.NOT_PENDING)
        task.cancelled = now
        task.work.cancel()
        return self._answer()

    def policy(self, account: str, params: Mapping[str, str]) -> Json:
        """Permit uploads for a model."""
        if params.get("action") != "getPolicy":
            raise Refusal(INVALID_PARAMETER)
        model, now = self.catalogue.admit(params.get("model")), self.clock.now()
        if not self._policies.allows((account, model), now):
            raise Refusal(refusals.RATE)
        return self._answer(data=self.store.policy(account, model, self.unique(), now))

    def models(self, params: Mapping[str, str]) -> Json:
        """Show a page of the models there are."""
        page = self.catalogue.page(params)
        return self._answer(code=None, message=None, success=True, output=page)

    # --- behind them -------------------------------------------------------------------

    def _answer(self, **parts: object) -> Json:
        return {"request_id": self.unique(), **parts}

    def _count(self, kind: str, account: str) -> None:
        if not self._calls.allows((kind, account), self.clock.now()):
            raise Refusal(refusals.RATE)

    def _in_progress(self, account: str, model: str) -> int:
        tasks = self.tasks.in_progress(account, model, self.clock.now())
        return tasks + self.calls.in_progress(account, model)

    async def _made(self, call: Call, twin: CallTwin, order: Order, fate: Fate) -> Json:
        seconds = self._random.uniform(*self._seconds[call.model])
        work = _outcome(order, _Desk(self, call.account, call.model))
        product = await self.calls.made(call, work, seconds, fate)
        urls = self._published(call.id, product, self.clock.now())
        return self._answer(output=twin.answer(urls, product), usage=twin.usage(product))

    def _begin(self, account: str, model: str, twin: Twin, order: Order, fate: Fate) -> Task:
        desk = _Desk(self, account, model)
        task = Task(
            id=self.unique(),
            request_id=self.unique(),
            account=account,
            model=model,
            twin=twin,
            submitted=self.clock.now(),
            seconds=self._random.uniform(*self._seconds[model]),
            work=asyncio.create_task(_outcome(order, desk)),
            fate=fate,
        )
        self.tasks.add(task)
        return task

    def _shown(self, task: Task, now: float) -> Json:
        state = task.state(now)
        output = {"task_id": task.id, "task_status": str(state), **task.times(now)}
        outcome, failure = task.outcome(), task.failure()
        if state is State.FAILED and failure is not None:
            return self._answer(output=output | {"code": failure.code, "message": failure.message})
        if state is State.SUCCEEDED and isinstance(outcome, Product):
            made = task.twin.output(self._urls(task, outcome))
            return self._answer(output={**output, **made}, usage=task.twin.usage(outcome))
        return self._answer(output=output)

    def _urls(self, task: Task, product: Product) -> tuple[str, ...]:
        """Return the URLs of a task's pictures; the first time, put them into the store."""
        if not task.urls:
            task.urls = self._published(task.id, product, task.ends)
        return task.urls

    def _published(self, order: str, product: Product, now: float) -> tuple[str, ...]:
        kind = product.media_type
        return tuple(
            self.store.publish(f"{order}/{self.unique()}.{ENDINGS[kind]}", data, kind, now)
            for data in product.pictures
        )

    async def load(self, url: str, account: str, model: str, rules: Rules) -> Image.Image:
        """Return the photo behind a URL that a task of an account names."""
        if url.startswith("oss://"):
            data = self.store.resolve(url, account, model, self.clock.now())
            if data is None:
                raise Refusal(refusals.INVALID_URL)
        else:
            data = await self._fetch(url, rules.max_bytes)
        return await self.compute(lambda: opened(data, rules))

    async def compute(self, work: Callable[[], Result]) -> Result:
        """Run CPU work in a worker thread, not too many at once."""
        async with self._drawers:
            return await asyncio.to_thread(work)


class _Desk:
    """What one task may use: photos with its own account's rights, and time to compute."""

    def __init__(self, service: LocalDashScope, account: str, model: str) -> None:
        self._service = service
        self._account = account
        self._model = model

    async def photo(self, url: str, rules: Rules) -> Image.Image:
        return await self._service.load(url, self._account, self._model, rules)

    async def compute(self, work: Callable[[], Result]) -> Result:
        return await self._service.compute(work)


async def _outcome(order: Order, desk: _Desk) -> Outcome:
    try:
        return await order.carry_out(desk)
    except Refusal as refusal:
        return refusal.wording
    except Exception:  # noqa: BLE001  whatever breaks a drawing, the task must end
        return refusals.INTERNAL
