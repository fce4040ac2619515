"""Refine (HD) under a result: asked once who is on it, a sharper picture, and kind refusals."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter, ImageStat

from bot.demo.drawing.tryon import draw_tryon
from tests.journeys.guest import Guest
from tests.journeys.house import House, open_house
from tests.journeys.photos import SIZE, decoded, encoded, photo, shows_own_shorts, wears
from tests.journeys.test_halves import asked, keeping
from tests.people import Message, buttons, words

TWO = ("aitryon-plus", "aitryon")
MODEL = "aitryon-refiner"
BOOKED = "SELECT kind, daily FROM ledger WHERE job_id IS NOT NULL ORDER BY id"


async def tried_on(guest: Guest, garment: str = "tee", wear: str = "top") -> Message:
    await guest.tap(await guest.card(photo("woman"), photo(garment), wear=wear), "button.go")
    return await guest.result()


async def refined(guest: Guest, card: Message) -> Message:
    await guest.tap(card, "button.go")
    return await guest.shown("result.refined", seconds=20)


def edges(image: Image.Image) -> float:
    return ImageStat.Stat(image.convert("L").filter(ImageFilter.FIND_EDGES)).mean[0]


async def test_a_result_becomes_a_sharper_picture_and_the_question_is_asked_once(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, tryon_models=TWO, daily_credits=9) as house:
        house.server.dashscope.set_runtime(MODEL, 6.0, 7.0)
        anna = house.guest()
        result = await tried_on(anna)
        await anna.tap(result, "job.refine")
        await anna.tap(await anna.shown("ask.gender"), "gender.woman")
        card = await anna.shown("card.refine")
        assert "1 credit" in words(card)
        finer = await refined(anna, card)
        coarse, fine = await anna.picture(result), await anna.picture(finer)
        assert wears(fine, photo("woman"), "tee")
        assert decoded(fine).size == decoded(coarse).size
        assert edges(decoded(fine)) > 1.1 * edges(decoded(coarse))
        await anna.tap(finer, "job.original")
        original = await anna.picture(await anna.shown("result.original"))
        assert original == house.drawn()[-1]
        _as_documented(house)
        await anna.tap(result, "job.refine")  # remembered now, and to be corrected on the card
        card = await anna.shown("card.refine")
        await anna.tap(card, "button.gender.woman")
        await refined(anna, await anna.shown("card.refine"))
        genders = [body["parameters"]["gender"] for body in asked(house, MODEL)]
        assert genders == ["woman", "man"]
        await house.end()
        assert sorted(await house.look(BOOKED)) == [
            *[("commit", 0)] * 3,
            *[("hold", -2), ("hold", -1), ("hold", -1)],
        ]


def _as_documented(house: House) -> None:
    [first], [second] = asked(house, "aitryon-plus"), asked(house, MODEL)
    assert first["parameters"] == {"resolution": -1, "restore_face": True}
    assert second["parameters"] == {"gender": "woman"}
    assert set(second["input"]) == {"person_image_url", "top_garment_url", "coarse_image_url"}


async def test_a_picture_that_came_a_few_pixels_off_is_refined_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        house.server.dashscope.set_runtime(MODEL, 6.0, 7.0)

        def draw(*photos: Any, **how: Any) -> bytes:  # noqa: ANN401  as `draw_tryon`
            drawn = decoded(draw_tryon(*photos, **how))
            return encoded(drawn.resize((drawn.width + 3, drawn.height - 2)))

        monkeypatch.setattr(house.server.dashscope._twins["aitryon-plus"], "_draw", draw)
        anna = house.guest()
        result = await tried_on(anna)
        await anna.tap(result, "job.refine")
        await anna.tap(await anna.shown("ask.gender"), "gender.woman")
        finer = await refined(anna, await anna.shown("card.refine"))
        sizes = [decoded(await anna.picture(each)).size for each in (result, finer)]
        assert sizes == [(SIZE[0] + 3, SIZE[1] - 2), SIZE]


async def test_kept_shorts_are_cut_out_again_for_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        house.server.dashscope.set_runtime(MODEL, 6.0, 7.0)
        anna = house.guest()
        await keeping(anna, photo("woman"))
        await anna.tap(await anna.result(), "job.refine")
        await anna.tap(await anna.shown("ask.gender"), "gender.woman")
        finer = await refined(anna, await anna.shown("card.refine"))
        assert shows_own_shorts(await anna.picture(finer), photo("woman"))
        [second] = asked(house, MODEL)
        assert "/results/" in second["input"]["bottom_garment_url"]


async def test_what_the_first_stage_does_not_allow_has_no_button(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        anna = house.guest()
        assert not _refinable(await tried_on(anna, "jeans", "bottom"))
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "face.keep")
        await anna.tap(await anna.shown("card.top"), "button.go")
        assert not _refinable(await anna.result())


def _refinable(result: Message) -> bool:
    return any("Refine" in name for name in buttons(result))


async def test_once_the_original_is_gone_the_button_says_so_kindly(tmp_path: Path) -> None:
    async with open_house(tmp_path, tryon_models=TWO) as house:
        anna = house.guest()
        result = await tried_on(anna)
        await house.end()
        house.clock.advance(25 * 3600)
        await house.start()
        await anna.say("/quota")  # by then the housekeeping has been there
        await anna.shown("quota")
        await anna.told(await anna.tap(result, "job.refine"), "refine_gone", alert=True)
        assert asked(house, MODEL) == []
