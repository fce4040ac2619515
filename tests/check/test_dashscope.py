"""What is said about DashScope, asked of the local one."""

import pytest
from pydantic import SecretStr

from bot.check.dashscope import dashscope
from bot.check.findings import Bad, Doubtful, Good
from bot.demo.run import KEY
from bot.demo.services.catalogue import Standing
from providers.base import NoAnswer
from providers.dashscope import DashScope
from providers.dashscope_offers import Offer, Offers, offers
from tests.check.surroundings import Place, kinds, worst

PLUS, PLAIN, REPAINT = "aitryon-plus", "aitryon", "wanx-style-repaint-v1"
PARSER, REFINER = "aitryon-parsing-v1", "aitryon-refiner"
HELPERS = {PARSER: Good, REFINER: Good}
FEW = {"tryon_models": (PLUS, PLAIN), "restyle_models": (REPAINT,)}


async def test_a_good_account_is_said_to_be_good(place: Place) -> None:
    found = await dashscope(place.around())

    assert set(kinds(found)) >= {"key", PLUS, PLAIN, REPAINT}
    assert set(kinds(found).values()) == {Good}


async def test_asking_spends_nothing(place: Place) -> None:
    await dashscope(place.around())

    assert {record.call for record in place.server.requests.of("dashscope")} == {"models"}
    assert await place.server.dashscope.paid() == []


async def test_a_wrong_key_is_told_and_not_shown(place: Place) -> None:
    key = SecretStr("sk-canary-key-0123456789")

    (found,) = await dashscope(place.around(dashscope_api_key=key))

    assert isinstance(found, Bad)
    assert found.item == "key"
    assert "DASHSCOPE_API_KEY" in found.do
    assert "canary" not in repr(found)


async def test_a_wrong_workspace_is_told(place: Place) -> None:
    (found,) = await dashscope(place.around(dashscope_workspace="ws-nobodys"))

    assert isinstance(found, Bad)
    assert "DASHSCOPE_WORKSPACE" in found.do


async def test_a_retired_model_is_doubtful_as_long_as_there_is_another(place: Place) -> None:
    place.server.dashscope.catalogue.put(PLUS, Standing.NOT_EXIST)

    found = await dashscope(place.around(**FEW))

    assert kinds(found) == {"key": Good, PLUS: Doubtful, PLAIN: Good, REPAINT: Good, **HELPERS}
    assert worst(found).said == "is not listed: retired?"


async def test_when_all_chosen_models_are_gone_the_bot_cannot_work(place: Place) -> None:
    place.server.dashscope.catalogue.put(PLUS, Standing.NOT_FOUND)

    found = await dashscope(place.around(**FEW | {"tryon_models": (PLUS,)}))

    assert kinds(found) == {"key": Good, PLUS: Bad, REPAINT: Good, **HELPERS}
    assert isinstance(found[1], Bad)
    assert "TRYON_MODELS" in found[1].do


async def test_each_list_of_models_is_judged_by_itself(place: Place) -> None:
    place.server.dashscope.catalogue.put(REPAINT, Standing.NOT_FOUND)

    found = await dashscope(place.around(**FEW))

    assert kinds(found) == {"key": Good, PLUS: Good, PLAIN: Good, REPAINT: Bad, **HELPERS}
    gone = worst(found)
    assert isinstance(gone, Bad)
    assert "RESTYLE_MODELS" in gone.do


@pytest.mark.parametrize(
    ("standing", "end", "said"),
    [
        (Standing.NOT_FOUND, None, "is not listed: retired?"),
        (Standing.ALIVE, "2026-09-01 12:00:00", "was switched off on 2026-09-01"),
        (Standing.ALIVE, "2026-10-10 12:00:00", "will be switched off on 2026-10-10"),
    ],
)
@pytest.mark.parametrize(
    ("helper", "loss"),
    [
        (PARSER, "people's own top or trousers cannot be kept"),
        (REFINER, "pictures cannot be refined (HD)"),
    ],
)
async def test_a_helper_that_ends_is_told_with_what_falls_away(
    place: Place, helper: str, loss: str, standing: Standing, end: str | None, said: str
) -> None:
    place.server.dashscope.catalogue.put(helper, standing, *([] if end is None else [end]))

    found = await dashscope(place.around(**FEW))

    assert {item for item, kind in kinds(found).items() if kind is not Good} == {helper}
    ending = worst(found)
    assert isinstance(ending, Doubtful)
    assert ending.said == f"{said}; without it, {loss}"
    assert "can go on" in ending.do


async def test_helpers_of_models_that_are_not_used_do_not_matter(place: Place) -> None:
    found = await dashscope(place.around(**FEW | {"tryon_models": ("qwen-image-3.0",)}))

    assert kinds(found).keys() & HELPERS.keys() == set()


async def test_a_model_that_will_be_switched_off_is_told_with_its_day(place: Place) -> None:
    place.server.dashscope.catalogue.put(PLUS, Standing.ALIVE, "2026-10-10 12:00:00")

    found = worst(await dashscope(place.around()))

    assert isinstance(found, Doubtful)
    assert found.said == "will be switched off on 2026-10-10"


async def test_a_model_whose_day_has_come_counts_as_gone(place: Place) -> None:
    place.server.dashscope.catalogue.put(PLUS, Standing.ALIVE, "2026-09-01 12:00:00")

    found = await dashscope(place.around(tryon_models=(PLUS,)))

    assert isinstance(found[1], Bad)
    assert found[1].said == "was switched off on 2026-09-01"


@pytest.mark.parametrize(
    ("kind", "expected", "item"),
    [
        ("arrears", Bad, "account"),
        ("429", Doubtful, "connection"),
        ("500", Bad, "connection"),
        ("html", Bad, "connection"),
        ("empty", Bad, "connection"),
        ("truncated", Bad, "connection"),
        ("list", Bad, "connection"),
        ("types", Bad, "connection"),
        ("big", Bad, "connection"),
        ("drop", Bad, "connection"),
    ],
)
async def test_a_service_in_trouble_is_told(
    place: Place, kind: str, expected: type[object], item: str
) -> None:
    place.server.faults.add("dashscope", "models", kind, times=3)

    (found,) = await dashscope(place.around())

    assert (type(found), found.item) == (expected, item)


def service(place: Place) -> DashScope:
    around = place.around()
    clock = around.clock
    return DashScope(
        place.client, KEY, around.settings.dashscope_url, now=clock.now, sleep=clock.sleep
    )


async def test_the_list_is_read_to_its_end(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("providers.dashscope_offers.PAGE_SIZE", 1)

    found = await offers(service(place))

    assert isinstance(found, Offers)
    assert {PLUS, PLAIN} <= set(found.models)


async def test_a_list_that_does_not_end_is_left(place: Place) -> None:
    asked: list[object] = []

    class Endless(DashScope):
        async def read(self, *_: object, **__: object) -> dict[str, object]:
            asked.append(1)
            return {"output": {"models": [{"model": "same"}] * 100}}

    around = place.around()
    clock = around.clock
    endless = Endless(place.client, "sk-x", now=clock.now, sleep=clock.sleep)

    assert await offers(endless) == Offers({"same": Offer("same")})
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, Offer("m")),
        ("", Offer("m")),
        ("2026-10-10 00:00:00", Offer("m", "2026-10-10 00:00:00", 1_791_561_600.0)),
        ("2026-10-10T00:00:00Z", Offer("m", "2026-10-10T00:00:00Z", 1_791_590_400.0)),
        (1_791_561_600_000, Offer("m", "1791561600000", 1_791_561_600.0)),
        ("soon", Offer("m", "soon")),
        (True, Offer("m", "True", 0.001)),
        (["x"], Offer("m", "['x']")),
    ],
)
async def test_the_announced_end_is_read_in_whatever_form(
    place: Place, when: object, expected: Offer
) -> None:
    class One(DashScope):
        async def read(self, *_: object, **__: object) -> dict[str, object]:
            row = {"model": "m", "inference_offline_info": {"offline_time": when}}
            return {"output": {"models": [row, "nonsense", {"model": 7}]}}

    clock = place.around().clock
    one = One(place.client, "sk-x", now=clock.now, sleep=clock.sleep)

    assert await offers(one) == Offers({"m": expected})


async def test_a_list_in_another_form_is_no_answer(place: Place) -> None:
    class Odd(DashScope):
        async def read(self, *_: object, **__: object) -> dict[str, object]:
            return {"output": {"models": {"aitryon": {}}}}

    clock = place.around().clock
    odd = Odd(place.client, "sk-x", now=clock.now, sleep=clock.sleep)

    assert isinstance(await offers(odd), NoAnswer)
