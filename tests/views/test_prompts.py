"""Prompts and cards: what they ask, which buttons they have, what they show."""
# ruff: noqa: RUF001  Chinese punctuation and typographic signs are meant

from dataclasses import replace

from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitRole,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    Session,
    State,
)
from bot.dialogue.world import Offer, World
from bot.messages import Content, SideBySide
from bot.orders import Flaw, Slot
from bot.views.prompts import prompt
from providers.wishes import Face, Size, Wear
from tests.dialogue.people import ANNA, BEN, CHEAP, GOWN, JEANS, PLAIN, RICH, SHIRT, WORLD, photo
from tests.views.limits import visible

IN_SHIRT = Draft(person=ANNA, wear=Wear.TOP, top=SHIRT, model=RICH.model)
DRESSED = Draft(person=ANNA, wear=Wear.OUTFIT, top=SHIRT, bottom=JEANS, model=RICH.model)
ENDS = ["← Back", "✕ Cancel"]


def shown(state: State, world: World = WORLD, note: str | None = None) -> Content:
    return prompt(Session(state, serial=5, last_person=BEN), world, note)


def labels(content: Content) -> list[list[str]]:
    return [[button.text for button in row] for row in content.keyboard]


def test_the_menu_stays_good_for_ever() -> None:
    content = shown(Idle())

    assert [b.data for row in content.keyboard for b in row] == [
        "p1:0:tryon",
        "p1:0:restyle",
        "p1:0:quota",
        "p1:0:language",
        "p1:0:help",
    ]


def test_buttons_carry_the_prompts_serial() -> None:
    content = shown(AwaitWear(Draft(person=ANNA)))

    assert [b.data for row in content.keyboard for b in row] == [
        "p1:5:wear:top",
        "p1:5:wear:bottom",
        "p1:5:wear:outfit",
        "p1:5:wear:dress",
        "p1:5:back",
        "p1:5:cancel",
    ]


def test_consent_says_where_photos_go_and_when_they_vanish() -> None:
    said = visible(shown(AwaitConsent(Draft(), (ANNA,))).text)

    assert "Alibaba Cloud" in said
    assert "48 hours" in said
    assert "24 hours" in said
    assert "What you sent is waiting here" in said
    assert labels(shown(AwaitConsent(Draft()))) == [["✅ Yes, I agree"], ["No, thanks"]]


def test_consent_names_another_company_where_photos_may_go_there() -> None:
    elsewhere = Offer(replace(PLAIN, account="fashn"), 20.0)
    for more, named in (((), False), ((elsewhere,), True)):
        world = replace(WORLD, offers=(*WORLD.offers, *more))
        said = visible(shown(AwaitConsent(Draft()), world).text)
        assert ("FASHN" in said) is named
        assert ("72 hours" in said) is named
        assert said.endswith("Is that all right with you?")


def test_a_note_stands_above_the_prompt() -> None:
    said = visible(shown(AwaitPerson(Draft()), note="no_words").text)

    assert said.startswith("I understand photos better than words. 📷\n\nWho is trying on?")


def test_the_last_person_is_offered_unless_it_is_the_one_there() -> None:
    assert labels(shown(AwaitPerson(Draft()))) == [["👤 Same as last time"], ENDS]
    assert labels(shown(AwaitPerson(Draft(person=BEN)))) == [["✓ Keep it"], ENDS]
    assert labels(shown(AwaitPerson(IN_SHIRT))) == [["👤 Same as last time"], ["✓ Keep it"], ENDS]


def test_the_garment_that_is_asked_for_is_named() -> None:
    for wear, slot, name in (
        (Wear.TOP, Slot.TOP, "the top"),
        (Wear.DRESS, Slot.TOP, "the dress or jumpsuit"),
        (Wear.OUTFIT, Slot.BOTTOM, "the bottom"),
    ):
        content = shown(AwaitGarment(Draft(person=ANNA, wear=wear), slot))
        assert visible(content.text).startswith(f"Now a photo of {name}")
        assert labels(content) == [ENDS]


def test_only_what_some_model_can_draw_is_offered_to_wear() -> None:
    plain = replace(WORLD, offers=(Offer(PLAIN, 20.0),))

    assert labels(shown(AwaitWear(Draft(person=ANNA)), plain)) == [
        ["👕 Top", "👕👖 Top + bottom"],
        ["👗 Dress / jumpsuit"],
        ENDS,
    ]


def test_an_unnamed_garment_is_shown_beside_the_person() -> None:
    content = shown(AwaitWear(Draft(person=ANNA, top=SHIRT)))

    assert content.picture == SideBySide((ANNA.file_id, SHIRT.file_id))
    assert ["⇄ Swap"] in labels(content)


def test_what_was_chosen_before_is_marked_and_can_be_kept() -> None:
    content = shown(AwaitWear(IN_SHIRT))

    assert labels(content)[0] == ["✓ 👕 Top", "👖 Bottom"]
    assert ["✓ Keep it"] in labels(content)
    assert content.picture is None  # in place, the card's picture stays


def test_a_further_photo_says_what_becomes_of_it() -> None:
    assert visible(shown(AwaitRole(Draft(), SHIRT)).text) == "Who or what is this?"
    assert "takes its place" in visible(shown(AwaitRole(IN_SHIRT, GOWN)).text)


def test_the_card_shows_what_was_understood_with_price_and_time() -> None:
    content = shown(Confirm(DRESSED))

    assert content.picture == SideBySide((ANNA.file_id, SHIRT.file_id, JEANS.file_id))
    assert visible(content.text) == (
        "Ready?\n"
        "On the left the person, on the right top and bottom.\n\n"
        "Price: 2 credits (you have 5)\n"
        "Your picture in about 30 s"
    )
    assert labels(content) == [
        ["✨ Go · 2 credits"],
        ["🙂 Face: as it is"],
        ["📐 Size: like the photo"],
        ["🖌 Quality: fine"],
        ["⇄ Person and top", "⇄ Top and bottom"],
        ["Change garments", "Change person"],
        ENDS,
    ]


def test_the_card_shows_only_photos_that_are_worn() -> None:
    content = shown(Confirm(replace(DRESSED, wear=Wear.BOTTOM)))

    assert content.picture == SideBySide((ANNA.file_id, JEANS.file_id))


def test_the_card_has_only_the_options_of_its_model() -> None:
    plain = replace(IN_SHIRT, model=PLAIN.model)

    alone = labels(shown(Confirm(plain), replace(WORLD, offers=(Offer(PLAIN, 20.0),))))
    among = labels(shown(Confirm(plain)))

    assert alone[:2] == [["✨ Go · 1 credit"], ["⇄ Swap"]]
    assert among[:3] == [["✨ Go · 1 credit"], ["🖌 Quality: plain"], ["⇄ Swap"]]


def test_the_card_tells_the_options_that_were_chosen() -> None:
    chosen = replace(IN_SHIRT, face=Face.NEW, size=Size.W576, model=CHEAP.model)

    assert labels(shown(Confirm(chosen)))[1:4] == [
        ["🎭 Face: a new one"],
        ["📐 Size: 576 × 1024"],
        ["🖌 Quality: standard"],
    ]


def test_the_card_says_when_there_will_be_enough_credits() -> None:
    said = visible(shown(Confirm(IN_SHIRT), replace(WORLD, daily=1)).text)

    assert "Price: 2 credits (you have 1)" in said
    assert "That is more than is left. New credits come in 3 h 10 min." in said


def test_a_card_that_nobody_can_draw_stays_for_later() -> None:
    content = shown(Confirm(IN_SHIRT), replace(WORLD, offers=()))

    assert "No picture can be drawn right now." in content.text
    assert "What you have put together stays here." in content.text
    assert labels(content)[0] == ["↻ Try again"]


def test_a_card_beyond_the_house_limit_says_when_it_goes_on() -> None:
    said = shown(Confirm(IN_SHIRT), replace(WORLD, offers=(), budget_left=False)).text

    assert "It goes on in 3 h 10 min." in said


def test_the_card_warns_of_flawed_photos_by_name() -> None:
    dark = photo("dark", Flaw.DARK, Flaw.BLURRED)
    draft = replace(IN_SHIRT, person=dark, wear=Wear.DRESS, top=photo("small", Flaw.SMALL))

    said = visible(shown(Confirm(draft)).text)

    assert "⚠️ The person's photo: rather dark, blurred. A better photo helps" in said
    assert "⚠️ The dress's photo: rather small." in said


def test_chinese_says_it_in_chinese() -> None:
    content = shown(Confirm(DRESSED), replace(WORLD, language="zh"))

    assert visible(content.text).splitlines() == [
        "可以开始了吗？",
        "左边是人，右边是上装和下装。",
        "",
        "价格：2 积分（你有 5 积分）",
        "约 30 秒后出图",
    ]
    assert labels(content)[0] == ["✨ 开始 · 2 积分"]
