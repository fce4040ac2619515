"""The image services that the settings give access to, each with the key to its account.

Which of their models are used, and in which order, is `bot.settings.choice`'s business.
"""

from dataclasses import replace
from functools import partial

import httpx

from bot.clock import Clock
from bot.settings import Settings
from providers import damo
from providers.base import PhotoHost, Provider
from providers.catalogue import dashscope_models, fashn_models
from providers.damo import Damo
from providers.spec import ModelSpec
from providers.styles import documented


def known_models(
    settings: Settings, client: httpx.AsyncClient, clock: Clock, host: PhotoHost | None
) -> dict[str, Provider]:
    """Return every model of every account there is a key to, by name.

    `host` is where photos go; None stands for DashScope's own storage.
    """
    known: dict[str, Provider] = {}
    if settings.dashscope_api_key:
        known |= dashscope_models(
            client,
            settings.dashscope_api_key.get_secret_value(),
            settings.dashscope_url,
            settings.dashscope_workspace,
            now=clock.now,
            sleep=clock.sleep,
            host=host,
            offered=partial(_offered, settings),
        )
    if settings.fashn_api_key and host is not None:
        known |= fashn_models(
            client,
            settings.fashn_api_key.get_secret_value(),
            settings.fashn_url,
            now=clock.now,
            sleep=clock.sleep,
            host=host,
        )
    if settings.damo_appcode and host is not None:
        known[damo.MODEL] = Damo(
            client,
            settings.damo_appcode.get_secret_value(),
            settings.damo_url,
            host=host,
            now=clock.now,
            sleep=clock.sleep,
        )
    return known


def _offered(settings: Settings, spec: ModelSpec) -> ModelSpec:
    """Return what people are offered of a model: what it is listed for, in the wanted styles."""
    choice = settings.choice
    styles = spec.styles if spec.model in choice.restyle else ()
    if settings.restyle_styles == "documented":
        styles = documented(styles)
    wears = spec.wears if spec.model in choice.tryon else frozenset()
    return replace(spec, wears=wears, styles=styles)
