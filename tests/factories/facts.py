"""Facts for tests of rules and readings: neutral defaults, dates as ISO text, and a strategy for whole proceedings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tracker.domain.codes.appearance import AccusedPresent, Attended, ContactOutside, VisualContact
from tracker.domain.codes.hearing import HearingOutcome, HearingType
from tracker.domain.codes.proceeding import EndCause, StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed, Precision
from tracker.domain.facts import Appearance, Hearing, Measure, ProceedingFacts, StageEvent, Victim

BELGRADE = "Europe/Belgrade"


def day(text: str) -> date:
    """Return the date of ``2026-11-23``."""
    return date.fromisoformat(text)


def at(text: str, zone: str = BELGRADE) -> datetime:
    """Return the instant of ``2026-11-23`` (8 o'clock) or ``2026-11-23 09:30`` by the clocks of ``zone``, in UTC."""
    moment = datetime.fromisoformat(text if ":" in text else f"{text} 08:00")
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def proceeding(**values: Any) -> ProceedingFacts:  # noqa: ANN401 - any field
    """Return a proceeding of which nothing is known but what is given."""
    return replace(ProceedingFacts("p", BELGRADE), **values)


def stage(kind: StageKind, on: str, precision: Precision = Precision.DAY) -> StageEvent:
    """Return a milestone."""
    return StageEvent(kind, day(on), precision)


def hearing(name: str, starts: str, **values: Any) -> Hearing:  # noqa: ANN401 - any field
    """Return a main hearing with no outcome."""
    return replace(Hearing(name, at(starts)), **values)


def held(name: str, on: str, **values: Any) -> Hearing:  # noqa: ANN401 - any field
    """Return a main hearing that was held."""
    return hearing(name, on, outcome=HearingOutcome.HELD, **values)


def appearance(hearing_id: str, victim: str = "v", **values: Any) -> Appearance:  # noqa: ANN401 - any field
    """Return an appearance of a victim who testified, with nothing else observed."""
    return replace(Appearance(hearing_id, victim, Attended.TESTIFIED), **values)


def in_trial(*, filed: str = "2026-01-01", opened: str = "2026-03-02", **values: Any) -> ProceedingFacts:  # noqa: ANN401 - any field
    """Return a proceeding whose main hearing has opened, with one victim ``v``."""
    stages = (stage(StageKind.INDICTMENT_FILED, filed), stage(StageKind.MAIN_HEARING_OPENED, opened))
    return proceeding(**{"stage_events": stages, "victims": (Victim("v"),), **values})


FIRST, LAST = date(2023, 6, 1), date(2027, 6, 30)
AS_OF = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(lambda found: found.replace(tzinfo=UTC))  # noqa: DTZ001 - UTC is set
DATES = st.dates(FIRST, LAST)
VICTIMS = ("v1", "v2")


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_STAGES = st.builds(StageEvent, st.sampled_from(StageKind), DATES, st.sampled_from(Precision))
_INSTANTS = st.builds(
    lambda on, minute: datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(minutes=minute), DATES, st.integers(0, 1439)
)
_MEASURES = st.builds(
    lambda name, **fields: Measure(f"m{name}", **fields),
    st.integers(0, 99),
    victim=st.sampled_from(VICTIMS),
    kind=st.sampled_from((MeasureKind.SPECIAL_STATUS, MeasureKind.PROTECTED_WITNESS, MeasureKind.SCREEN)),
    decision=st.sampled_from(MeasureDecision),
    requested_on=_maybe(DATES),
    decided_on=_maybe(DATES),
    valid_from=_maybe(DATES),
    valid_until=_maybe(DATES),
)


@st.composite
def _hearings(draw: st.DrawFn) -> list[Hearing]:
    number = draw(st.integers(0, 6))
    return [
        Hearing(
            f"h{place}",
            draw(_INSTANTS),
            type=draw(st.sampled_from((HearingType.MAIN, HearingType.MAIN, HearingType.PRELIMINARY))),
            time_known=draw(st.booleans()),
            outcome=draw(_maybe(st.sampled_from(HearingOutcome))),
            outcome_reported_on=draw(_maybe(DATES)),
            superseded_by=draw(st.sampled_from((None, None, None, f"h{(place + 1) % number}" if number > 1 else None))),
            summoned=draw(st.sampled_from(((), ("v1",), ("v2",), VICTIMS))),
        )
        for place in range(number)
    ]


def _appearances(hearings: Sequence[Hearing]) -> st.SearchStrategy[list[Appearance]]:
    if not hearings:
        return st.just([])
    one = st.builds(
        Appearance,
        st.sampled_from([each.id for each in hearings]),
        st.sampled_from(VICTIMS),
        st.sampled_from(Attended),
        accused_present=_maybe(st.sampled_from(AccusedPresent)),
        visual_contact=_maybe(st.sampled_from(VisualContact)),
        contact_outside=_maybe(st.sampled_from(ContactOutside)),
    )
    return st.lists(one, max_size=8, unique_by=lambda each: (each.hearing, each.victim))


@st.composite
def proceedings(draw: st.DrawFn) -> ProceedingFacts:
    """Draw a proceeding: stages, hearings, appearances and measures around the days of `AS_OF`."""
    hearings = draw(_hearings())
    return ProceedingFacts(
        "p",
        draw(st.sampled_from((BELGRADE, "America/New_York", "Asia/Tokyo"))),
        end_cause=draw(st.sampled_from((None, None, None, EndCause.LOST_TO_FOLLOW_UP))),
        ended_on=draw(_maybe(DATES)),
        stage_events=tuple(draw(st.lists(_STAGES, max_size=6))),
        hearings=tuple(hearings),
        victims=tuple(Victim(name, minor_now=draw(_maybe(st.sampled_from(Observed)))) for name in VICTIMS),
        appearances=tuple(draw(_appearances(hearings))),
        measures=tuple(draw(st.lists(_MEASURES, max_size=3, unique_by=lambda each: each.id))),
    )
