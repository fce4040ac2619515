"""When credits renew: at the next local midnight, wherever and whenever clocks are changed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handlers.desk import Rules

FROM, TO = (datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (2020, 2030))
HOUR = 3600


def rules(zone: str) -> Rules:
    return Rules(ZoneInfo(zone), "en", 5, 20, 50_000, models={})


@given(
    zone=st.sampled_from(sorted(available_timezones() - {"Factory"})),
    now=st.floats(FROM, TO),
)
@settings(deadline=None)
def test_the_next_day_begins_exactly_when_credits_renew(zone: str, now: float) -> None:
    here = rules(zone)
    midnight = round(now + here.renews_in(now))
    assert here.day(midnight - 1) == here.day(now) < here.day(midnight)


@pytest.mark.parametrize(
    ("zone", "local", "hours"),
    [
        ("Europe/Berlin", "2026-03-28 23:00", 1),
        ("Europe/Berlin", "2026-03-29 00:00", 23),  # an hour is skipped
        ("Europe/Berlin", "2026-10-25 00:00", 25),  # an hour comes twice
        ("Africa/Cairo", "2026-04-23 12:00", 12),  # the next day begins at one
        ("Africa/Cairo", "2026-04-24 01:00", 23),
        ("Africa/Cairo", "2026-10-29 12:00", 13),  # the hour before midnight comes twice
        ("Asia/Shanghai", "2026-03-29 00:00", 24),
        ("America/Havana", "2026-10-31 23:00", 1),
        ("America/Havana", "2026-11-01 00:00", 25),  # the hour after midnight does
    ],
)
def test_days_are_as_long_as_the_clocks_there_make_them(zone: str, local: str, hours: int) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp()
    assert rules(zone).renews_in(now) == hours * HOUR
