"""When to ask, how long it takes, how long to pause: pure, so simply asserted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import schedule
from bot.schedule import LONGEST_SILENCE, Runtimes, Watched
from providers.causes import Remedy
from tests.engine.world import SPEC

TYPICAL = (15.0, 30.0)


def watched(job_id: int, age: float, asked_ago: float, runtimes: Runtimes) -> Watched:
    return Watched(job_id, 1000.0 - age, 1000.0 - asked_ago, runtimes)


def test_nobody_asks_before_a_task_can_have_ended() -> None:
    young = watched(1, 1.0, 1.0, Runtimes(TYPICAL))
    assert schedule.whom_to_ask([young], 1000.0) is None
    due = schedule.when_to_ask([young], 1000.0)
    assert due is not None
    assert 1000.5 < due <= 1009  # no later than the longest silence allows
    assert schedule.when_to_ask([], 1000.0) is None


def test_the_task_that_may_have_ended_longest_ago_is_asked_about() -> None:
    runtimes = Runtimes(TYPICAL)
    early = watched(1, 16.0, 1.0, runtimes)
    late = watched(2, 28.0, 1.0, runtimes)  # ends within two seconds
    just = watched(3, 28.0, 0.05, runtimes)
    assert schedule.whom_to_ask([early, late, just], 1000.0) == late


def test_a_task_that_was_not_asked_about_for_long_is_worth_a_question() -> None:
    runtimes = Runtimes((100.0, 200.0))
    assert watched(1, 50.0, LONGEST_SILENCE, runtimes).worth_asking(1000.0)


@given(
    asked=st.floats(0, 500),
    more=st.floats(0, 500),
    further=st.floats(0, 100),
    seen=st.lists(st.floats(0, 300), max_size=20),
)
def test_lateness_grows_with_time_and_never_exceeds_the_time_since_the_last_question(
    asked: float, more: float, further: float, seen: list[float]
) -> None:
    runtimes = Runtimes(TYPICAL)
    for seconds in seen:
        runtimes.learn(seconds)
    near = runtimes.lateness(asked, asked + more)
    far = runtimes.lateness(asked, asked + more + further)
    assert -1e-6 <= near <= far + 1e-6
    if asked < 89:  # within what the histogram tells apart
        assert near <= more + 1e-6


def test_what_was_seen_replaces_what_the_document_says() -> None:
    runtimes = Runtimes(TYPICAL)
    assert runtimes.mean == pytest.approx(22.5, rel=0.05)
    for _ in range(200):
        runtimes.learn(50.0)
    assert runtimes.mean == pytest.approx(50, rel=0.05)
    fresh = Runtimes(TYPICAL)
    assert runtimes.lateness(24.0, 25.0) < fresh.lateness(24.0, 25.0) / 10
    assert runtimes.lateness(49.0, 50.0) > fresh.lateness(49.0, 50.0) * 5


def test_what_was_seen_long_ago_fades() -> None:
    runtimes = Runtimes(TYPICAL)
    for _ in range(100):
        runtimes.learn(60.0)
    for _ in range(3000):
        runtimes.learn(20.0)
    assert runtimes.mean == pytest.approx(20, rel=0.05)


@pytest.mark.parametrize(("ahead", "wait"), [(0, 25.5), (4, 25.5), (5, 30.0), (9, 48.0)])
def test_the_wait_counts_the_slots_that_must_become_free(ahead: int, wait: float) -> None:
    assert schedule.expected_wait(SPEC, ahead) == pytest.approx(wait)


def test_a_known_runtime_replaces_the_documented_one() -> None:
    assert schedule.expected_wait(SPEC, 0, runtime=10.0) == pytest.approx(13)


def test_the_mean_leaves_outliers_out_and_needs_enough_to_go_by() -> None:
    assert schedule.mean([20, 21, 22]) is None
    assert schedule.mean([20, 21, 22, 23, 9000]) == pytest.approx(22)


def test_pauses_double_up_to_their_longest_and_heed_what_was_asked_for() -> None:
    lengths = [schedule.pause(Remedy.WAIT, times) for times in range(1, 9)]
    assert lengths == [1, 2, 4, 8, 16, 32, 60, 60]
    assert schedule.pause(Remedy.WAIT, 1, asked_for=30) == 30
    assert schedule.pause(Remedy.HOLD_ACCOUNT, 10**6) == 3600
    assert schedule.again(1) == 1
    assert schedule.again(3, asked_for=2) == 4
