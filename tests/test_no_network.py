import asyncio
import socket

import pytest

from tests.conftest import NetworkForbidden


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_a_test_cannot_connect_to_another_machine(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as plug, pytest.raises(NetworkForbidden):
        plug.connect(address)


async def test_a_test_cannot_open_a_connection_by_name() -> None:
    with pytest.raises(NetworkForbidden):
        await asyncio.open_connection("telegram.example", 443)


async def test_a_test_can_talk_to_itself() -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
