"""How findings are shown to people and to programs."""

import json

from bot.check.findings import Bad, Doubtful, Good, Section, all_well
from bot.check.table import PLAIN_MARKS, document, table

FINE = Section("Telegram", (Good("token", "@bot, id 1"), Good("updates", "by polling")))
MIXED = Section(
    "DashScope",
    (
        Good("key", "accepted"),
        Doubtful("aitryon", "will be switched off", "Take it out."),
        Bad("aitryon-plus", "is not listed", "Take it out."),
    ),
)


def test_a_table_shows_a_mark_the_item_and_what_to_do() -> None:
    assert table([FINE, MIXED]) == (
        "Telegram\n"
        "  ✓ token         @bot, id 1\n"
        "  ✓ updates       by polling\n"
        "\n"
        "DashScope\n"
        "  ✓ key           accepted\n"
        "  ! aitryon       will be switched off\n"
        "                  -> Take it out.\n"
        "  ✗ aitryon-plus  is not listed\n"
        "                  -> Take it out.\n"
        "\n"
        "1 problem and 1 warning. The bot cannot work like this."
    )


def test_long_words_are_wrapped_under_each_other() -> None:
    section = Section("Disk", (Doubtful("disk", "word " * 20, "do " * 20),))

    lines = table([section], width=60).splitlines()

    assert all(len(line) <= 60 for line in lines)
    assert lines[1].startswith("  ! disk  word")
    assert lines[2].startswith("          word")


def test_a_narrow_terminal_still_gets_all_the_words() -> None:
    section = Section("Disk", (Good("a-rather-long-item", "one two three"),))

    assert "one two three" in table([section], width=10)


def test_terminals_without_such_characters_get_plain_ones() -> None:
    text = table([MIXED], marks=PLAIN_MARKS)

    assert text.isascii()
    assert "  ok key" in text
    assert "  NO aitryon-plus" in text


def test_the_last_line_says_what_follows() -> None:
    assert table([FINE]).endswith("\nAll is well.")
    doubtful = Section("A", (Doubtful("a", "", ""), Doubtful("b", "", "")))
    assert table([doubtful]).endswith("\n2 warnings. The bot can work.")


def test_programs_get_the_same_as_json() -> None:
    found = json.loads(document([FINE, MIXED]))

    assert found["ok"] is False
    assert found["findings"][0] == {
        "subject": "Telegram",
        "item": "token",
        "state": "good",
        "said": "@bot, id 1",
        "do": "",
    }
    assert [one["state"] for one in found["findings"]] == [
        "good",
        "good",
        "good",
        "doubtful",
        "bad",
    ]
    assert found["findings"][-1]["do"] == "Take it out."


def test_only_what_is_bad_keeps_the_bot_from_working() -> None:
    assert all_well([FINE, Section("A", (Doubtful("a", "", ""),))])
    assert not all_well([FINE, MIXED])
    assert all_well([])
