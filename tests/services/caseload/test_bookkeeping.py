"""What a row carries that no document speaks of."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.services.caseload.bookkeeping import born, is_elsewhere, revised
from tracker.services.caseload.kinds import BY_NAME

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
PLACE = {"starts_at": NOW, "time_known": True, "court_id": 1, "room": "7"}


@pytest.mark.parametrize(
    ("change", "elsewhere"),
    [
        ({}, False), ({"panel": "b"}, False), ({"room": "8"}, True), ({"room": None}, True), ({"court_id": None}, True),
        ({"time_known": False}, True), ({"starts_at": NOW + timedelta(minutes=1)}, True),
    ],
)  # fmt: skip
def test_date_time_court_and_room_make_a_version(change: dict[str, object], elsewhere: bool) -> None:  # noqa: FBT001
    """Nothing else does."""
    old = {**PLACE, "version": 3, "calendar_sequence": 5}
    further = revised(BY_NAME["hearings"], old, {**PLACE, **change}, NOW)

    assert is_elsewhere(old, {**PLACE, **change}) is elsewhere
    assert further == {"version": 3 + elsewhere, "calendar_sequence": 5 + elsewhere, "changed_at": NOW}


def test_new_rows_get_names_that_tell_nothing() -> None:
    """Different ones each time; kinds without names of their own get none."""
    first, second = (born(BY_NAME["proceedings"], NOW) for _ in range(2))

    assert first["ref"] != second["ref"]
    assert len(first["ref"]) == 12
    assert born(BY_NAME["claims"], NOW) == {}
    assert revised(BY_NAME["claims"], {}, {}, NOW) == {}
