"""The day is Japan's, whatever zone the machine is set to."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from repdb import clock


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_is_that_of_japan(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPDB_TODAY", raising=False)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before = (datetime.now(UTC) + timedelta(hours=9)).date()
        assert before <= clock.today() <= (datetime.now(UTC) + timedelta(hours=9)).date()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_day_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPDB_TODAY", "2026-11-21")
    assert clock.today().isoformat() == "2026-11-21"
    monkeypatch.setenv("REPDB_TODAY", "yesterday")
    with pytest.raises(ValueError, match="isoformat"):
        clock.today()


def test_a_moment_is_told_by_the_clocks_of_japan() -> None:
    assert clock.in_japan("2026-11-22T15:01:33.801008+00:00") == "2026-11-23 00:01:33 JST"
    assert clock.in_japan("2026-11-22T14:59:59Z") == "2026-11-22 23:59:59 JST"
    assert clock.in_japan("") == "", "of a run whose row was put back"
