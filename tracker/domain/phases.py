"""The phases of a proceeding: what people call the stretch between two milestones.

Source: milestones of the exchange format; the cut follows the stages of the Serbian Criminal Procedure Code (report,
investigation, accusation, main hearing, appeal), with a retrial kept apart because it is what burdens victims most.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.codes.proceeding import StageKind
from tracker.domain.court_dates import last_day
from tracker.domain.facts import StageEvent


class Phase(StrEnum):
    """Where a proceeding stands."""

    REPORTED = "REPORTED"
    INVESTIGATION = "INVESTIGATION"
    ACCUSATION = "ACCUSATION"
    TRIAL = "TRIAL"
    JUDGED = "JUDGED"
    APPEAL = "APPEAL"
    RETRIAL = "RETRIAL"
    FINAL = "FINAL"


KINDS: Mapping[Phase, tuple[StageKind, ...]] = {
    Phase.REPORTED: (StageKind.REPORTED, StageKind.FIRST_STATEMENT),
    Phase.INVESTIGATION: (StageKind.INVESTIGATION_OPENED, StageKind.ACCUSED_CHARGED_OR_ARRESTED, StageKind.INVESTIGATION_CLOSED),
    Phase.ACCUSATION: (StageKind.INDICTMENT_FILED, StageKind.INDICTMENT_CONFIRMED, StageKind.MAIN_HEARING_SCHEDULED),
    Phase.TRIAL: (StageKind.MAIN_HEARING_OPENED, StageKind.MAIN_HEARING_RESTARTED, StageKind.EVIDENCE_CLOSED),
    Phase.JUDGED: (StageKind.FIRST_INSTANCE_JUDGMENT, StageKind.JUDGMENT_SERVED),
    Phase.APPEAL: (StageKind.APPEAL_FILED, StageKind.FILE_SENT_TO_APPEAL, StageKind.APPEAL_UPHELD, StageKind.APPEAL_MODIFIED),
    Phase.RETRIAL: (StageKind.APPEAL_QUASHED_REMITTED, StageKind.RETRIAL_OPENED),
    Phase.FINAL: (
        StageKind.FINAL, StageKind.EXTRAORDINARY_REMEDY, StageKind.CONSTITUTIONAL_COMPLAINT, StageKind.ECHR_APPLICATION,
        StageKind.ENFORCEMENT,
    ),
}  # fmt: skip
"""Which milestones begin, or lie in, which phase."""

PHASE_OF: Mapping[StageKind, Phase] = {kind: phase for phase, kinds in KINDS.items() for kind in kinds}
_ORDER = {kind: place for place, kind in enumerate(StageKind)}
_IN_TRIAL_AGAIN = frozenset(KINDS[Phase.TRIAL])


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase from its first day on; ``until`` is the first day of the next, ``None`` while it lasts."""

    phase: Phase
    since: date
    until: date | None = None


def in_order(events: Iterable[StageEvent], today: date) -> list[StageEvent]:
    """Return the milestones up to ``today``, oldest first; of one day the later kind of the code list comes last."""
    dated = [(last_day(event.on, event.precision), _ORDER[StageKind(event.kind)], event) for event in events]
    return [event for on, _, event in sorted(dated, key=lambda each: each[:2]) if on <= today]


def stretches(events: Iterable[StageEvent], today: date) -> tuple[Stretch, ...]:
    """Return the phases that a proceeding has gone through, oldest first; a trial after a remittal stays a retrial."""
    found: list[Stretch] = []
    for event in in_order(events, today):
        phase = _phase(event, found)
        on = last_day(event.on, event.precision)
        if found and found[-1].phase == phase:
            continue
        if found:
            found[-1] = Stretch(found[-1].phase, found[-1].since, on)
        found.append(Stretch(phase, on))
    return tuple(each for each in found if each.until is None or each.until > each.since)


def _phase(event: StageEvent, before: Sequence[Stretch]) -> Phase:
    if before and before[-1].phase == Phase.RETRIAL and event.kind in _IN_TRIAL_AGAIN:
        return Phase.RETRIAL
    return PHASE_OF[StageKind(event.kind)]
