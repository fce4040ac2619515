"""Keeps strangers out of the demo: other sites' pages must not reach it through a browser.

The demo has no passwords, so it answers only requests that name this machine (a foreign
name in Host is DNS rebinding) and that no foreign page makes. Every answer forbids what
its content could be abused for: files come from people and may be anything.
"""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' blob:;"  # blob: the preview of files before they are sent
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FILE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MISDIRECTED: Final = 421  # RFC 9110: this server does not answer for that name
FORBIDDEN: Final = 403


class Guard:
    """ASGI middleware: refuses foreign hosts and origins, adds the protecting headers."""

    def __init__(self, app: ASGIApp, *, pages: Iterable[str]) -> None:
        self._app = app
        self._pages = frozenset(pages)  # paths that are our own page; all else is only data

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer in place of the application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = refuse(Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        policy = PAGE_POLICY if scope["path"] in self._pages else FILE_POLICY

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers.update(_HEADERS)
            await send(message)

        await self._app(scope, receive, protected)


def refuse(headers: Headers) -> PlainTextResponse | None:
    """Return the refusal of a request that is not meant for this machine, else None."""
    if _name(headers.get("host", "")) not in OWN_NAMES:
        return PlainTextResponse(
            "This demo answers only at its own address on this machine: open http://127.0.0.1"
            " with the port it printed when it started.\n",
            status_code=MISDIRECTED,
        )
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers["host"]:
        return PlainTextResponse(
            "This demo takes nothing from other sites' pages.\n", status_code=FORBIDDEN
        )
    return None


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:  # brackets that do not match
        return None
