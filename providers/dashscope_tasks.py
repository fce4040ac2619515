"""What all of DashScope's asynchronous models are to a caller once an order is accepted.

Asking, cancelling, listing and collecting are the same for each of them. How an order is
written and where a finished task shows its pictures is said in each model's own file.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from providers.base import (
    Cancellation,
    Collected,
    Failed,
    Listing,
    NoAnswer,
    PhotoHost,
    Report,
    Submission,
)
from providers.dashscope import DashScope
from providers.results import ResultFetcher
from providers.spec import ModelSpec
from providers.wishes import Request


class TaskModel(ABC):
    """One asynchronous model, spoken to over one account's transport."""

    def __init__(
        self, spec: ModelSpec, transport: DashScope, host: PhotoHost, results: ResultFetcher
    ) -> None:
        self.spec = spec
        self.host = host
        self._transport = transport
        self._results = results

    @abstractmethod
    async def submit(self, request: Request) -> Submission:
        """Order a picture."""

    @abstractmethod
    def pictures(self, output: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the result URLs in the output of a task that succeeded."""

    async def query(self, task_id: str) -> Report:
        """Ask how a task is doing."""
        return await self._transport.query(task_id, self.pictures)

    async def cancel(self, task_id: str) -> Cancellation:
        """Cancel a task that has not begun."""
        return await self._transport.cancel(task_id)

    async def list_tasks(self, since: float, until: float) -> Listing | NoAnswer:
        """List this model's tasks created between two Unix times."""
        return await self._transport.list_tasks(self.spec.model, since, until)

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        """Download a finished picture."""
        return await self._results.collect(url)
