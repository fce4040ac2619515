"""The image services that the settings give access to, each with the key to its account.

Which of their models are used, and in which order, is `bot.settings.choice`'s business.
"""

import httpx

from bot.clock import Clock
from bot.settings import Settings
from providers import damo
from providers.base import PhotoHost, Provider
from providers.catalogue import dashscope_models, fashn_models
from providers.damo import Damo


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
            newer_styles=settings.restyle_styles == "all",
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
