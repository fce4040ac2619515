"""What is said about DAMO and FASHN, asked of the local ones."""

from collections.abc import Awaitable, Callable

import pytest
from pydantic import SecretStr

from bot.check.around import Around
from bot.check.findings import Bad, Doubtful, Finding, Good
from bot.check.run import checked
from bot.check.vendors import damo, fashn
from bot.demo.run import every_service
from tests.check.surroundings import Place, kinds

Check = Callable[[Around], Awaitable[tuple[Finding, ...]]]
CHECKS = {"damo": damo, "fashn": fashn}


def around(place: Place, **changes: object) -> Around:
    return place.around(**every_service(place.server) | changes)


async def test_good_accounts_are_said_to_be_good_without_spending(place: Place) -> None:
    assert kinds(await damo(around(place))) == {"key": Good}
    found = await fashn(around(place))

    assert kinds(found) == {"key": Good, "credits": Good}
    assert found[1].said == "1000 are left"
    assert await place.server.damo.paid() == 0
    assert await place.server.fashn.paid() == 0
    assert {one.call for one in place.server.requests.of("damo")} == {"query"}
    assert {one.call for one in place.server.requests.of("fashn")} == {"credits"}


async def test_a_wrong_key_is_told_and_not_shown(place: Place) -> None:
    canary = SecretStr("canary0123456789canary")
    for check, name in ((damo, "damo_appcode"), (fashn, "fashn_api_key")):
        (found,) = await check(around(place, **{name: canary}))

        assert isinstance(found, Bad)
        assert found.item == "key"
        assert name.upper() in found.do
        assert "canary" not in repr(found)


@pytest.mark.parametrize(("left", "kind"), [(0, Bad), (3, Doubtful)])
async def test_few_credits_are_a_warning_and_none_a_problem(
    place: Place, left: int, kind: type[Finding]
) -> None:
    place.server.fashn.credits = left

    assert kinds(await fashn(around(place))) == {"key": Good, "credits": kind}


async def test_a_used_up_package_is_told(place: Place) -> None:
    place.server.faults.add("damo", "query", "gateway", status=403, code="B403MQ")

    (found,) = await damo(around(place))

    assert (type(found), found.item) == (Bad, "account")


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("kind", ["html", "empty", "types", "list", "drop", "error"])
async def test_a_service_in_trouble_is_told(place: Place, name: str, kind: str) -> None:
    call = {"damo": "query", "fashn": "credits"}[name]
    place.server.faults.add(name, call, kind, times=5)

    (found,) = await CHECKS[name](around(place))

    assert (type(found), found.item) == (Bad, "connection")


@pytest.mark.parametrize("check", CHECKS.values())
async def test_where_they_cannot_be_used_nothing_is_asked(place: Place, check: Check) -> None:
    assert await check(place.around()) == ()
    assert await check(around(place, tryon_models=("aitryon",))) == ()


async def test_sections_without_a_word_are_left_out(place: Place) -> None:
    names = {section.subject for section in await checked(place.around())}

    assert names == {"Database", "Telegram", "DashScope", "Photo host"}
    assert {"DAMO", "FASHN"} <= {one.subject for one in await checked(around(place))}
