"""Keeping one's own trousers, or top: cut out first, worn on the picture, and honest if not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.journeys.guest import Guest
from tests.journeys.house import OLGA, House, open_house
from tests.journeys.photos import decoded, photo, shows_other_bottoms, shows_own_shorts, wears
from tests.people import Message, words

TWO = ("aitryon-plus", "aitryon")
MODEL = "aitryon-parsing-v1"
COSTS = "SELECT jobs.cost, ledger.cost FROM jobs JOIN ledger ON job_id = jobs.id ORDER BY jobs.id"


async def keeping(guest: Guest, person: bytes, *, garment: str = "tee", wear: str = "top") -> None:
    """Order a try-on in which the other half stays."""
    other = "bottom" if wear == "top" else "top"
    card = await guest.card(person, photo(garment), wear=wear)
    await guest.tap(card, f"half.{other}.new")
    card = await guest.shown(f"card.{wear}")
    await guest.tap(card, f"half.{other}.keep")
    card = await guest.shown(f"card.{wear}")
    await guest.tap(card, f"half.{other}.new")
    await guest.tap(await guest.shown(f"card.{wear}"), "button.go")


def asked(house: House, model: str) -> list[Mapping[str, Any]]:
    """Return what a model was asked."""
    return [body for body in house.ordered() if body["model"] == model]


def told(result: Message, key: str, guest: Guest) -> bool:
    """Tell whether a result says this of the other half."""
    return guest.reads(result, key)


async def test_ones_own_bottom_is_cut_out_and_worn_on_the_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        anna = house.guest()
        await keeping(anna, photo("woman"))
        result = await anna.result()
        picture = await anna.picture(result)
        assert wears(picture, photo("woman"), "tee")
        assert shows_own_shorts(picture, photo("woman"))
        assert "model chose" not in words(result)
        [parsed] = asked(house, MODEL)
        assert parsed["parameters"] == {"clothes_type": ["lower"]}
        [drawn] = asked(house, "aitryon-plus")
        assert parsed["input"]["image_url"] != drawn["input"]["person_image_url"]
        crop = await anna.http.get(drawn["input"]["bottom_garment_url"])
        assert decoded(crop.content).width >= 150
        await house.end()
        assert await house.look(COSTS) == [(504, 504), (504, 0)]


async def test_what_is_not_kept_is_chosen_by_the_model(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        anna = house.guest()
        await anna.tap(await anna.card(photo("woman"), photo("tee"), wear="top"), "button.go")
        picture = await anna.picture(await anna.result())
        assert wears(picture, photo("woman"), "tee")
        assert shows_other_bottoms(picture, photo("woman"))
        assert not shows_own_shorts(picture, photo("woman"))


async def test_ones_own_top_is_kept_too(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        anna = house.guest()
        await keeping(anna, photo("man"), garment="jeans", wear="bottom")
        assert wears(await anna.picture(await anna.result()), photo("man"), "jeans")
        [parsed], [drawn] = asked(house, MODEL), asked(house, "aitryon-plus")
        assert parsed["parameters"] == {"clothes_type": ["upper"]}
        assert "/results/" in drawn["input"]["top_garment_url"]


async def test_where_there_is_nothing_to_keep_the_result_says_so(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        anna = house.guest()
        await keeping(anna, photo("portrait"))
        result = await anna.result()
        assert told(result, "result.half.bottom.missing", anna)
        [drawn] = asked(house, "aitryon-plus")
        assert "bottom_garment_url" not in drawn["input"]
        await anna.say("/quota")
        assert "3 credits left" in words(await anna.shown("quota"))


async def test_without_the_helper_the_order_goes_on_and_the_operator_hears_of_it(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, trouble=True, tryon_models=TWO, admin_ids=(OLGA,)) as house:
        anna, olga = house.guest(), house.guest(OLGA)
        await olga.say("/start")
        house.server.dashscope.faults.add("dashscope", "submit", "404", 1, model=MODEL)
        await keeping(anna, photo("woman"))
        assert told(await anna.result(), "result.half.bottom.skipped", anna)
        await olga.shown("alert.half_skipped")
        card = await anna.card(photo("woman"), photo("tee"))  # it is not offered for a while
        assert not any("👖" in name for name in _names(card))


def _names(card: Message) -> list[str]:
    rows = card["reply_markup"]["inline_keyboard"]
    return [button["text"] for row in rows for button in row]


async def test_a_lost_answer_is_asked_for_again(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True, tryon_models=TWO) as house:
        anna = house.guest()
        house.server.dashscope.faults.add("dashscope", "submit", "apply_then_drop", 1, model=MODEL)
        await keeping(anna, photo("woman"))
        assert shows_own_shorts(await anna.picture(await anna.result()), photo("woman"))
        assert len(house.server.dashscope.calls.accepted("1000000000004242")) == 2
