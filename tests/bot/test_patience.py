"""How much the bot listens to: so much of one person, so much of one group, in any minute."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.patience import WINDOW, Patience, Verdict, Voice

NOON = 1_800_000_000.0
ANNA = Voice(1, 1, "message", 3)
IN_GROUP = Voice(1, -5, "message", 3, place_most=5)


def verdicts(patience: Patience, voice: Voice, *times: float) -> list[str]:
    return [patience.hears(voice, NOON + at).name[0] for at in times]


def test_what_is_too_much_is_dropped_and_told_once_a_minute() -> None:
    patience = Patience()
    assert verdicts(patience, ANNA, 0, 1, 2, 3, 4, 5) == [*"HHHWDD"]
    assert verdicts(patience, ANNA, 60, 60.5, 61, 62) == [*"HDHH"]
    assert verdicts(patience, ANNA, 63, 64) == [*"WD"]


def test_kinds_and_chats_count_for_themselves_but_people_are_warned_once() -> None:
    patience = Patience()
    assert verdicts(patience, ANNA, 0, 0, 0, 0) == [*"HHHW"]
    assert verdicts(patience, Voice(1, 1, "press", 2), 1, 1, 1) == [*"HHD"]
    assert verdicts(patience, IN_GROUP, 1, 1, 1, 1) == [*"HHHD"]
    assert verdicts(patience, Voice(2, 2, "message", 1), 1, 1) == [*"HW"]


def test_a_group_is_heard_only_so_much_and_who_is_dropped_uses_nothing_up() -> None:
    patience = Patience()
    loud, others = IN_GROUP, [Voice(one, -5, "message", 3, place_most=5) for one in (2, 3)]
    assert verdicts(patience, loud, *[0] * 50)[:4] == [*"HHHW"]
    assert verdicts(patience, others[0], 1, 1, 1) == [*"HHW"]
    assert verdicts(patience, others[1], 2) == [*"W"]
    assert verdicts(patience, others[1], 60) == [*"H"]


_VOICES = [Voice(one, chat, "message", 4, 9) for one in (1, 2, 3) for chat in (-5, -6)]


@given(st.lists(st.tuples(st.sampled_from(_VOICES), st.floats(0, 20)), max_size=200))
def test_no_minute_holds_more_whatever_comes(said: list[tuple[Voice, float]]) -> None:
    patience, now = Patience(), NOON
    heard: list[tuple[float, Voice]] = []
    warned: list[tuple[float, int]] = []
    for voice, pause in said:
        now += pause
        verdict = patience.hears(voice, now)
        if verdict is Verdict.HEARD:
            heard.append((now, voice))
        elif verdict is Verdict.WARNED:
            warned.append((now, voice.person_id))
        lately = [one for at, one in heard if now - at < WINDOW]
        assert all(count <= 4 for count in Counter(lately).values())
        assert all(count <= 9 for count in Counter(one.chat_id for one in lately).values())
        told = Counter(one for at, one in warned if now - at < WINDOW)
        assert all(count == 1 for count in told.values())


def test_those_who_are_quiet_again_are_forgotten() -> None:
    patience = Patience()
    for person in range(25_000):
        patience.hears(Voice(person, person, "message", 1), NOON + person)
        patience.hears(Voice(person, person, "message", 1), NOON + person)
    remembered = [getattr(patience, name) for name in ("_heard", "_warned")]
    assert all(len(one) <= 10_001 for one in remembered)
