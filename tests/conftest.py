"""What holds for every test: nobody talks to anything outside this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

# Helpers that assert: their failures are to be explained like a test's own.
pytest.register_assert_rewrite("tests.journeys.afterwards", "tests.journeys.checks")


class NetworkForbidden(AssertionError):  # noqa: N818  says what is forbidden
    """A test tried to leave this machine."""


def _stays_here(address: Any) -> bool:  # noqa: ANN401  an address is whatever its family says
    if not isinstance(address, tuple):
        return True  # a path of a local socket
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Let sockets connect to this machine only, and look up no other machine's name."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def guarded(address: Any) -> None:  # noqa: ANN401  see above
        if not _stays_here(address):
            msg = f"no network in tests: {address!r}"
            raise NetworkForbidden(msg)

    def guarded_connect(self: socket.socket, address: Any) -> None:  # noqa: ANN401  see above
        guarded(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:  # noqa: ANN401  see above
        guarded(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  see above
        if host is not None:
            guarded((host.decode() if isinstance(host, bytes) else host,))
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield
