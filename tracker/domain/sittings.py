"""How a hearing is read on a day: held, postponed, open, and whether it still lies ahead.

Source: rules.md, "How every rule is read", Hearings.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from operator import attrgetter
from typing import NamedTuple

from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.court_dates import days_after
from tracker.domain.facts import Hearing
from tracker.domain.flags import NEVER

CALLED_OFF = frozenset({HearingOutcome.POSTPONED_IN_ADVANCE, HearingOutcome.CANCELLED})

in_order = attrgetter("starts_at", "id")
"""The order of hearings, everywhere."""


class State(Enum):
    """What became of a hearing; ``OTHER``: that nobody knows it is all that is known."""

    HELD = "held"
    POSTPONED = "postponed"
    OPEN = "open"
    OTHER = "other"


STATES: Mapping[HearingOutcome | None, State] = {
    None: State.OPEN,
    HearingOutcome.HELD: State.HELD,
    HearingOutcome.HELD_PARTLY: State.HELD,
    HearingOutcome.RECESSED: State.POSTPONED,
    HearingOutcome.POSTPONED_IN_ADVANCE: State.POSTPONED,
    HearingOutcome.POSTPONED_ON_DAY: State.POSTPONED,
    HearingOutcome.CANCELLED: State.POSTPONED,
    HearingOutcome.UNKNOWN: State.OTHER,
}
"""What an outcome that counts makes of a hearing that was not moved."""


class Sitting(NamedTuple):
    """A hearing as it is read at an instant.

    ``on`` is its date in the zone of the proceeding's court; ``changes_on`` the first day (today, where it begins later
    today) on which it may be read otherwise, `NEVER` where none is.
    """

    hearing: Hearing
    on: date
    state: State
    is_upcoming: bool = False
    changes_on: date = NEVER


def read_sitting(hearing: Hearing, on: date, as_of: datetime, today: date) -> Sitting:
    """Return how a hearing dated ``on`` is read at ``as_of``, which is ``today`` by the same clocks.

    An outcome counts from the hearing's own day on; of a hearing still ahead only that it was called off or moved
    is known, from the day on which that was reported.
    """
    if on > today:
        return _ahead(hearing, on, today)
    state = STATES[hearing.outcome] if hearing.superseded_by is None else State.POSTPONED
    if state is State.OPEN and on == today:
        if not hearing.time_known:
            return Sitting(hearing, on, state, is_upcoming=True, changes_on=days_after(on, 1))
        if hearing.starts_at >= as_of:
            return Sitting(hearing, on, state, is_upcoming=True, changes_on=today)
    return Sitting(hearing, on, state)


def _ahead(hearing: Hearing, on: date, today: date) -> Sitting:
    reported_on = hearing.outcome_reported_on
    is_called_off = hearing.superseded_by is not None or hearing.outcome in CALLED_OFF
    if not is_called_off:
        return Sitting(hearing, on, State.OPEN, is_upcoming=True, changes_on=on)
    if reported_on is None or reported_on <= today:
        return Sitting(hearing, on, State.POSTPONED, changes_on=on)
    return Sitting(hearing, on, State.OPEN, is_upcoming=True, changes_on=min(on, reported_on))
