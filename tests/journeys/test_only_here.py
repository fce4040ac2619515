"""A whole journey contacts this machine and nobody else."""

import ipaddress
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.checks import picture_is_right
from tests.journeys.house import open_house
from tests.journeys.photos import photo


async def test_a_journey_contacts_nothing_but_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacted: set[str] = set()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connecting(self: socket.socket, address: Any) -> None:  # noqa: ANN401  as its family has it
        contacted.add(str(address[0]))
        connect(self, address)

    def looking_up(host: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  as the original
        contacted.add(str(host))
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connecting)
    monkeypatch.setattr(socket, "getaddrinfo", looking_up)
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
    assert contacted, "nothing was watched"
    assert all(ipaddress.ip_address(host).is_loopback for host in contacted)
