"""Faults to order and the record of requests, which all local services share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.faults import Faults
from bot.demo.requests_log import KEPT, RequestLog


@pytest.fixture
def faults() -> Faults:
    made = Faults()
    made.declare("telegram", {"429", "500"})
    made.declare("dashscope", {"500"})
    return made


def test_a_fault_happens_as_often_as_ordered(faults: Faults) -> None:
    faults.add("telegram", "sendPhoto", "500", 2)
    taken = [faults.take("telegram", "sendphoto") for _ in range(3)]
    assert [fault and fault.kind for fault in taken] == ["500", "500", None]


def test_a_fault_is_for_one_target_and_call(faults: Faults) -> None:
    faults.add("telegram", "sendPhoto", "500")
    assert faults.take("dashscope", "sendPhoto") is None
    assert faults.take("telegram", "sendMessage") is None
    assert faults.take("telegram", "SENDPHOTO") is not None


def test_a_star_is_any_call(faults: Faults) -> None:
    faults.add("telegram", "*", "500")
    assert faults.take("telegram", "getMe") is not None


def test_the_oldest_fitting_order_comes_first(faults: Faults) -> None:
    faults.add("telegram", "getMe", "500")
    faults.add("telegram", "*", "429", retry_after=3)
    first, second = faults.take("telegram", "getMe"), faults.take("telegram", "getMe")
    assert first
    assert second
    assert (first.kind, second.kind) == ("500", "429")
    assert second.number("retry_after", 1) == 3
    assert second.number("seconds", 1) == 1
    assert second.text("retry_after", "") == "3"
    assert second.text("description", "none") == "none"


def test_a_parameter_the_service_passes_too_narrows_a_fault_down(faults: Faults) -> None:
    faults.add("telegram", "sendMessage", "500", chat_id=7)
    assert faults.take("telegram", "sendMessage", chat_id=8) is None
    assert faults.take("telegram", "sendMessage", chat_id=None) is None
    assert faults.take("telegram", "sendMessage", chat_id="7") is not None


@pytest.mark.parametrize(
    ("order", "complaint"),
    [
        (("mars", "x", "500"), "Unknown target 'mars'; choose one of"),
        (("dashscope", "x", "429"), "dashscope has no fault '429'; choose one of"),
        (("telegram", "x", "500", 0), "happens at least once"),
    ],
)
def test_a_misspelt_order_is_refused_at_once(
    faults: Faults, order: tuple[str, str, str], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        faults.add(*order)


def test_waiting_faults_are_shown_and_can_be_forgotten(faults: Faults) -> None:
    faults.add("telegram", "getMe", "429", 2, retry_after=1)
    assert faults.waiting() == [
        {"target": "telegram", "call": "getme", "kind": "429", "times": 2, "retry_after": 1}
    ]
    faults.clear()
    assert faults.waiting() == []


def test_requests_are_numbered_timed_and_found_again() -> None:
    times = iter((10.0, 11.0, 12.0))
    log = RequestLog(lambda: next(times))
    log.record("telegram", "sendPhoto", {"chat_id": 7}, 200)
    log.record("telegram", "getMe", {}, None)
    log.record("dashscope", "submit", {}, 401)
    assert [(one.number, one.at, one.call) for one in log.of("telegram")] == [
        (1, 10.0, "sendPhoto"),
        (2, 11.0, "getMe"),
    ]
    assert [one.status for one in log.of("telegram", "getme")] == [None]
    assert [one["number"] for one in log.displayed(after=1)] == [2, 3]
    log.clear()
    assert log.of() == []


@settings(deadline=None)
@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_secret_is_displayed_wherever_it_hides(details: object) -> None:
    secret = "s3cr3t-k3y"
    log = RequestLog(lambda: 0.0)
    log.hide(secret)
    log.hide("")
    log.record("x", f"call-{secret}", {"d": details, "t": [f"a{secret}b", (secret,)]}, 200)
    assert secret not in str(log.displayed())
    assert secret in str(log.of("x"))


def test_only_the_newest_requests_are_kept() -> None:
    log = RequestLog(lambda: 0.0)
    for _ in range(KEPT + 5):
        log.record("x", "y", {}, 200)
    assert len(log.of()) == KEPT
    assert log.of()[0].number == 6
