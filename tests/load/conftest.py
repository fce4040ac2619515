"""What the load tests share."""

import pytest


@pytest.fixture(autouse=True)
def _durations_as_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it python-telegram-bot warns whenever it is told to wait.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
