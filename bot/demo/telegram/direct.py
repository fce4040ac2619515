"""A transport for python-telegram-bot that calls the local Telegram without any network.

The same core answers, so what works here works over HTTP; it is only much faster.
"""

import re
from typing import Any
from urllib.parse import parse_qsl, unquote

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.files import Upload
from bot.demo.telegram.gateway import Answer, answer, download

BASE_URL = "local://telegram/bot"  # for ApplicationBuilder.base_url and Bot(base_url=…)
BASE_FILE_URL = "local://telegram/file/bot"
_METHOD_URL = re.compile(r".*/bot([^/]+)/(\w+)")
_FILE_URL = re.compile(r".*/file/bot([^/]+)/(.+)")


class DirectRequest(BaseRequest):
    """Requests of a `telegram.Bot`, answered in this process."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        """There is no connection that could time out."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  the server does not care, either
        request_data: RequestData | None = None,
        read_timeout: Any = None,  # noqa: ANN401, ARG002  the base class's own sentinel
        write_timeout: Any = None,  # noqa: ANN401, ARG002  the same
        connect_timeout: Any = None,  # noqa: ANN401, ARG002  the same
        pool_timeout: Any = None,  # noqa: ANN401, ARG002  the same
    ) -> tuple[int, bytes]:
        """Answer one request.

        Raises:
            NetworkError: where a real connection would have been closed without an answer.

        """
        made = await self._answer(url, request_data)
        if made.status is None:
            msg = "Server disconnected without sending a response."
            raise NetworkError(msg)
        return made.status, made.body

    async def _answer(self, url: str, data: RequestData | None) -> Answer:
        address, _, query = url.partition("?")
        address = unquote(address)  # python-telegram-bot quotes a token's colon in file addresses
        if file := _FILE_URL.fullmatch(address):
            return await download(self._telegram, file[1], file[2])
        called = _METHOD_URL.fullmatch(address)
        if called is None:
            return Answer(404)
        params = dict(parse_qsl(query)) | (data.json_parameters if data else {})
        uploads = _uploads(data) if data else {}
        return await answer(self._telegram, called[1], called[2], params, uploads)


def _uploads(data: RequestData) -> dict[str, Upload]:
    uploads = {}
    for name, (filename, content, media_type) in (data.multipart_data or {}).items():
        read = content if isinstance(content, bytes) else content.read()
        body = read.encode() if isinstance(read, str) else read
        uploads[name] = Upload(filename, media_type, body)
    return uploads
