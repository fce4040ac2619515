"""Calls to addresses that a service handed to us, as far as they lead where they should.

A result URL or an upload host comes from outside. Followed blindly it could make this
process knock at doors inside its own network. So: https only, no user name, no other port,
a host of the service's family, and every address of that host public. The connection goes
to the very address that was judged, so a name cannot change its mind in between. An
operator's own hosts (a demo on this machine) are let through by naming them.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import httpx

from providers.http import Http, NotSent, Reply

ALIYUN = ("aliyuncs.com",)  # where DashScope keeps results and uploads (provider docs 003)
LONGEST_URL = 4096  # characters
RESOLVE_SECONDS = 10.0
ADDRESSES_TRIED = 3
HTTPS_PORT = 443
_PORTS = {"http": 80, "https": HTTPS_PORT}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: IPv4 inside IPv6
# No user name, no backslash, nothing but ASCII: what every reader of URLs reads alike.
_WELL_FORMED = re.compile(
    r"https?://[a-z0-9._:\[\]-]+([/?#][!-\[\]-~]*)?", re.ASCII | re.IGNORECASE
)

Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Barred:
    """The address leads where this process must not go. `reason` names no URL."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to an admitted URL: what to connect to, and what to say there."""

    url: httpx.URL
    headers: dict[str, str]
    extensions: dict[str, Any]


async def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host as the system resolves it. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet, however it is dressed up."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.sixtofour or ip.teredo or ip.is_site_local:  # tunnels, and an older fc00::/7
            return False
        if ip.ipv4_mapped or ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback
    return ip.is_global and not ip.is_link_local and not special


class Gate:
    """Exchanges with addresses from outside.

    `suffixes` are the families of hosts that are let through; `trusted` are hosts with
    their port ("127.0.0.1:8080") that an operator configured: those may be http and private.
    """

    def __init__(
        self,
        http: Http,
        *,
        suffixes: Iterable[str] = ALIYUN,
        trusted: Iterable[str] = (),
        resolve: Resolve = resolve,
    ) -> None:
        self._http = http
        self._suffixes = tuple(suffixes)
        self._trusted = frozenset(trusted)
        self._resolve = resolve

    async def exchange(
        self,
        method: str,
        address: str,
        **content: Any,  # noqa: ANN401  what Http.exchange takes
    ) -> Reply | Barred:
        """Do one exchange with an address, if it may be called."""
        url = self._judge(address)
        if isinstance(url, Barred):
            return url
        ways = await self._ways(url)
        if not isinstance(ways, list):
            return ways
        reply: Reply = NotSent("NoAddress")
        for way in ways[:ADDRESSES_TRIED]:
            reply = await self._http.exchange(
                method, way.url, headers=way.headers, extensions=way.extensions, **content
            )
            if not isinstance(reply, NotSent):
                break
        return reply

    def _judge(self, address: str) -> httpx.URL | Barred:
        if len(address) > LONGEST_URL or not _WELL_FORMED.fullmatch(address):
            return Barred("not a plain http(s) URL")
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL:
            return Barred("not a plain http(s) URL")
        if self._trusts(url):
            return url
        if url.scheme != "https" or _port(url) != HTTPS_PORT:
            return Barred("not https on its usual port")
        if not _belongs(url.host, self._suffixes):
            return Barred("a host that is not the service's")
        return url

    def _trusts(self, url: httpx.URL) -> bool:
        return f"{url.host.lower()}:{_port(url)}" in self._trusted

    async def _ways(self, url: httpx.URL) -> list[_Way] | Barred | NotSent:
        if self._trusts(url):
            return [_Way(url, {}, {})]
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):  # the network does not run on our clock
                addresses = await self._resolve(url.host, _port(url))
        except (OSError, UnicodeError) as error:
            return NotSent(type(error).__name__)
        if not all(is_public(address) for address in addresses):
            return Barred("a host inside a private network")
        # The name still goes into the Host header and is what the certificate must be for.
        says, checks = {"Host": url.host}, {"sni_hostname": url.host}
        return [_Way(url.copy_with(host=address), says, checks) for address in addresses]


def https_for(url: str, suffixes: Iterable[str] = ALIYUN) -> str:
    """Return the URL with https, if it is plain http to a host that is known to speak both.

    Everything after the host stays exactly as it was: signatures cover the query.
    """
    match = re.match(r"http://([a-z0-9.-]+)(?::80)?(?=[/?#]|$)", url, re.ASCII | re.IGNORECASE)
    if match and _belongs(match[1], suffixes):
        return f"https://{match[1]}{url[match.end() :]}"
    return url


def host_and_port(url: str) -> str:
    """Return "host:port" of a URL, as `Gate` takes it for trusted hosts."""
    parsed = httpx.URL(url)
    return f"{parsed.host.lower()}:{_port(parsed)}"


def _port(url: httpx.URL) -> int:
    return url.port or _PORTS.get(url.scheme, 0)


def _belongs(host: str, suffixes: Iterable[str]) -> bool:
    return any(host.lower().endswith(f".{suffix}") for suffix in suffixes)
