"""Which models an account gives, ready to use: the wiring of this package.

A new service is one new file and one line here. What each model offers, costs and allows
stands in its own file; which of them are offered, and in what order, is the operator's
choice and made by the caller.
"""

from collections.abc import Callable, Iterable

import httpx

from providers import aitryon, damo, fashn, qwen, refiner, repaint, wan
from providers.aitryon import AiTryon
from providers.base import PhotoHost, Provider
from providers.dashscope import BASE_URL, DashScope
from providers.fashn import Fashn
from providers.gate import Gate, host_and_port
from providers.hosting import TemporaryStorage
from providers.http import Http, Now, Sleep
from providers.parsing import Parsing
from providers.qwen import QwenImage
from providers.refiner import Refiner
from providers.repaint import StyleRepaint
from providers.results import ResultFetcher
from providers.spec import ModelSpec
from providers.wan import WanImage

SPECS: tuple[ModelSpec, ...] = (
    *aitryon.SPECS,
    *wan.SPECS,
    *qwen.SPECS,
    damo.SPEC,
    fashn.SPEC,
    repaint.SPEC,
    refiner.SPEC,
)
"""All models there are, whether or not an operator wants them."""


def _whole(spec: ModelSpec) -> ModelSpec:
    return spec


def dashscope_models(  # noqa: PLR0913  an account's settings, most of them by name
    client: httpx.AsyncClient,
    key: str,
    base_url: str = BASE_URL,
    workspace: str | None = None,
    *,
    now: Now,
    sleep: Sleep,
    host: PhotoHost | None = None,
    trusted: Iterable[str] = (),
    offered: Callable[[ModelSpec], ModelSpec] = _whole,
) -> dict[str, Provider]:
    """Return all DashScope models by name, over one transport and one photo host.

    Without a `host`, photos go to DashScope's own temporary storage.

    A base URL with plain http is one of the operator's own (a demo, a test): pictures and
    uploads may go to that host too. `trusted` names further such hosts as "host:port".
    `offered` says what is offered of all that a model can do.
    """
    own = own_hosts(base_url)
    transport = DashScope(client, key, base_url, workspace, now=now, sleep=sleep)
    gate = Gate(transport.http, trusted=[*trusted, *own])
    place = TemporaryStorage(transport, gate, now=now) if host is None else host
    results = ResultFetcher(gate)
    parsing = Parsing(transport)
    models: tuple[Provider, ...] = (
        *(AiTryon(offered(spec), transport, place, results, parsing) for spec in aitryon.SPECS),
        *(WanImage(offered(spec), transport, place, results) for spec in wan.SPECS),
        *(QwenImage(offered(spec), transport, place, results) for spec in qwen.SPECS),
        StyleRepaint(offered(repaint.SPEC), transport, place, results),
        Refiner(refiner.SPEC, transport, place, results, parsing),
    )
    return {model.spec.model: model for model in models}


def fashn_models(
    client: httpx.AsyncClient,
    key: str,
    base_url: str = fashn.BASE_URL,
    *,
    now: Now,
    sleep: Sleep,
    host: PhotoHost,
) -> dict[str, Provider]:
    """Return all FASHN models by name. `host` must be one on the web."""
    http = Http(client, now=now, sleep=sleep)
    gate = Gate(http, suffixes=fashn.HOSTS, trusted=own_hosts(base_url))
    model = Fashn(http, key, base_url, host=host, results=ResultFetcher(gate))
    return {model.spec.model: model}


def own_hosts(base_url: str) -> list[str]:
    """Return the host of a base URL with plain http, which is one of the operator's own."""
    return [host_and_port(base_url)] if base_url.lower().startswith("http://") else []
