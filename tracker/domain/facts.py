"""De-identified projections of the record: all that rules and figures may see.

No name, place, case number or free text is in here: data minimisation by type.
Ids are the external ids of the exchange format. Codes may arrive as plain strings of
the same value (``StrEnum`` members compare and hash equal), so compare with ``==`` or
``in``, never with ``is``.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.codes.appearance import (
    AccusedPresent,
    Attended,
    Confrontation,
    ContactOutside,
    DegradingConduct,
    QuestionedBy,
    RepeatedReason,
    SeparateWaitingRoom,
    StatementBody,
    VisualContact,
)
from tracker.domain.codes.compensation import ClaimDecision, ClaimForum, RemedyKind, RemedyOutcome
from tracker.domain.codes.hearing import HearingOutcome, HearingType, OutcomeReason
from tracker.domain.codes.proceeding import DispositionMode, EndCause, IncidentKind, LeadOffence, Outcome, StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed, Precision
from tracker.domain.codes.victim import LegalRepresentation


@dataclass(frozen=True, slots=True)
class StageEvent:
    """One milestone; ``on`` is a court-local date."""

    kind: StageKind
    on: date
    precision: Precision = Precision.DAY
    instance_round: int = 1


@dataclass(frozen=True, slots=True)
class Hearing:
    """One hearing date; ``starts_at`` is an aware instant, ``summoned`` holds victim ids, ``panel`` tells panels apart and names nobody."""

    id: str
    starts_at: datetime
    type: HearingType = HearingType.MAIN
    time_known: bool = True
    outcome: HearingOutcome | None = None
    outcome_reason: OutcomeReason | None = None
    outcome_reported_on: date | None = None
    superseded_by: str | None = None
    panel: str | None = None
    notified_on: date | None = None
    summoned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one hearing did to one victim; ``applied`` pairs measure ids with what was seen."""

    hearing: str
    victim: str
    attended: Attended
    accused_present: AccusedPresent | None = None
    visual_contact: VisualContact | None = None
    contact_outside: ContactOutside | None = None
    separate_waiting_room: SeparateWaitingRoom | None = None
    confrontation: Confrontation | None = None
    questioned_by: tuple[QuestionedBy, ...] = ()
    minutes_testifying: int | None = None
    degrading_conduct: DegradingConduct | None = None
    court_intervened: Observed | None = None
    applied: tuple[tuple[str, Observed], ...] = ()


@dataclass(frozen=True, slots=True)
class Victim:
    """One victim in one proceeding."""

    id: str
    minor_at_offence: Observed | None = None
    minor_now: Observed | None = None
    adult_from: date | None = None
    legal_representation: LegalRepresentation | None = None
    consent_expires_on: date | None = None
    consent_withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One time that a victim was asked to tell the facts."""

    victim: str
    on: date
    body: StatementBody
    hearing: str | None = None
    recorded: Observed | None = None
    repeated_reason: RepeatedReason | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One protective measure; ``valid_until`` is its last day in force."""

    id: str
    victim: str
    kind: MeasureKind
    decision: MeasureDecision = MeasureDecision.PENDING
    requested_on: date | None = None
    decided_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One individual assessment; its content is never stored."""

    victim: str
    on: date
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim to compensation; amounts in the claim's own currency."""

    id: str
    victim: str
    forum: ClaimForum
    decision: ClaimDecision = ClaimDecision.PENDING
    filed_on: date | None = None
    decided_on: date | None = None
    awarded: float | None = None
    final_on: date | None = None
    paid: float | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset of the accused that was frozen or confiscated."""

    id: str
    frozen_on: date | None = None
    confiscated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy for undue delay."""

    id: str
    kind: RemedyKind
    filed_on: date
    outcome: RemedyOutcome = RemedyOutcome.PENDING
    victim: str | None = None
    decided_on: date | None = None
    acts_ordered_by: date | None = None
    acts_done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One threat, bribe or other act against a victim or those around."""

    id: str
    on: date
    kind: IncidentKind
    victim: str | None = None


@dataclass(frozen=True, slots=True)
class Accused:
    """One accused person, known only by a label."""

    label: str
    detained_from: date | None = None
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProceedingFacts:
    """Everything that is known of one proceeding; ``zone`` is the IANA zone of its court."""

    id: str
    zone: str
    lead_offence: LeadOffence = LeadOffence.OTHER
    offence_on: date | None = None
    limitation_years: int | None = None
    disposition_mode: DispositionMode | None = None
    end_cause: EndCause | None = None
    ended_on: date | None = None
    outcome: Outcome | None = None
    followed_since: date | None = None
    stage_events: tuple[StageEvent, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    victims: tuple[Victim, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    statements: tuple[Statement, ...] = ()
    measures: tuple[Measure, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    claims: tuple[Claim, ...] = ()
    assets: tuple[Asset, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    incidents: tuple[Incident, ...] = ()
    accused: tuple[Accused, ...] = ()
