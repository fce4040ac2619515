"""What operators read keeps Telegram's limits, in every language and for the longest names."""

from zoneinfo import ZoneInfo

import pytest

from bot.handlers.admin.arguments import LONGEST_REASON, Fault
from bot.handlers.admin.pools import MOST as MOST_POOLS
from bot.handlers.admin.table import COMMANDS
from bot.handlers.admin.trail import MOST
from bot.messages import Content
from bot.views import admin, admin_people, admin_pools, admin_trail, menus
from bot.views.callbacks import Choice, decode_choice, encode_choice
from bot.views.texts import LANGUAGES, has
from storage.audit import Change, Entry
from storage.groups import Choices, Group
from storage.handles import Holder
from storage.ledger import Balance
from storage.people import Person
from tests.views.limits import TEXT, assert_keeps_limits

LONG = Person(10**15, "a" * 32, "<b>" + "x" * 61, "en", None, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_and_the_menu_fit(language: str) -> None:
    menu = menus.operators_commands(language, tuple(COMMANDS))

    assert_keeps_limits(Content(admin.help_(language, tuple(COMMANDS))), TEXT)
    assert len(menu) == len({name for name, _ in menu}) <= 100
    assert all(1 <= len(about) <= 256 and "<" not in about for _, about in menu)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_said_with_how_it_goes(language: str, fault: Fault) -> None:
    assert has(fault)
    for name in COMMANDS:
        assert_keeps_limits(Content(admin.usage(language, name, fault, "<" * 5000)), TEXT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_trail_fits_into_a_message(language: str) -> None:
    change = Change(LONG.id, "groupquota", "9" * 7, "9" * 7, "<" * LONGEST_REASON, LONG.id)
    entries = [Entry(number, 1e9, change) for number in range(MOST)]

    said = admin_trail.trail(language, entries, {LONG.id: LONG}, ZoneInfo("UTC"))

    assert_keeps_limits(Content(said), TEXT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_list_of_pools_fits_into_a_message(language: str) -> None:
    group = Group(-(10**13), -(10**13), "<" * 128, None, None, Choices())
    per_day = admin_people.per_day(language, None, 10**6)
    line = admin_pools.pool(language, group, per_day, Balance(10**6, 10**6))

    assert_keeps_limits(Content(admin_pools.pools(language, [line] * MOST_POOLS, 10**4)), TEXT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_of_choices_are_short(language: str) -> None:
    holder = Holder(LONG.id, LONG.first_name, LONG.username, 0.0, current=True)
    label = admin.holder(language, holder, 9e9)

    for row in admin.options(language, 10**17, [label, admin.yes(language)]):
        assert len(row[0].text) <= admin.MAX_LABEL
        assert len(row[0].data) <= 64


@pytest.mark.parametrize("data", ["a1:1:0", "a1:17:6", f"a1:{10**17}:99"])
def test_an_answer_survives_its_button(data: str) -> None:
    choice = decode_choice(data)

    assert choice is not None
    assert encode_choice(choice) == data


@pytest.mark.parametrize("data", ["", "a1:0:1", "a1:1", "a1:1:100", "a2:1:1", "p1:1:go:2"])
def test_what_is_no_answer(data: str) -> None:
    assert decode_choice(data) is None


def test_the_first_answer_leaves_everything_as_it_is() -> None:
    [no] = admin.options("en", 3, [])

    assert decode_choice(no[0].data) == Choice(3, 0)
