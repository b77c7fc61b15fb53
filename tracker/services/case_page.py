"""Everything that one page says about one proceeding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.burden import Burden, burdens
from tracker.domain.case_clocks import CaseClock, case_clocks
from tracker.domain.codes.people import Role
from tracker.domain.codes.proceeding import NumberReason
from tracker.domain.errors import NotFoundError
from tracker.domain.flags import FlagKind, FlagRule, SubjectKind
from tracker.domain.messages import AlertKind, MessageState
from tracker.domain.pack import LegalReference
from tracker.domain.phases import Stretch, stretches
from tracker.domain.reading import Reading
from tracker.privacy import places
from tracker.services import audit
from tracker.services.case_access import reader
from tracker.services.case_names import victim_name
from tracker.services.context import Context
from tracker.services.identities import victim_ref
from tracker.services.known_rules import rules_by_code
from tracker.services.opened_cases import Opening, of_case
from tracker.services.unsealing import Legible
from tracker.storage.queries import case_page as queries
from tracker.storage.queries import facts as fact_queries
from tracker.storage.queries.case_page import FlagRow, HeadRow, MessageRow, NumberRow

MOST_FLAGS = 200
MOST_MESSAGES = 50


@dataclass(frozen=True, slots=True)
class NumberOfCase:
    """One number under which a court keeps, or kept, the case."""

    text: str = field(repr=False)
    court: str
    from_on: date | None
    to_on: date | None
    reason: NumberReason | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hearing takes place; ``court`` is absent where it is the proceeding's own."""

    room: str | None
    court: str | None


@dataclass(frozen=True, slots=True)
class FlagOfCase:
    """One flag; ``rule`` is absent where this program no longer knows it, ``legal`` are the provisions it rests on.

    A quiet one was dismissed by a person (``closed_by``, ``close_note``), until it gets graver.
    """

    ref: str
    code: str
    rule: FlagRule | None
    kind: FlagKind
    subject_kind: SubjectKind
    subject: str
    victim: str | None
    severity: int
    facts: Mapping[str, Any]
    legal: tuple[LegalReference, ...]
    is_confirmed: bool
    opened_on: date
    since: date
    last_changed_on: date
    closed_on: date | None
    close_reason: str | None
    close_note: str | None = field(repr=False)
    closed_by: Role | None
    is_quiet: bool
    acknowledged_at: datetime | None
    acknowledged_by: Role | None
    is_acknowledged_by_me: bool


@dataclass(frozen=True, slots=True)
class MessageOfCase:
    """One message about the case: how far it came, never what it says."""

    kind: AlertKind
    state: MessageState
    at: datetime
    acknowledged_at: datetime | None
    recipient: Role
    is_mine: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """One proceeding, read now; ``names``, ``victims`` (their names in addresses) and ``places`` go by the external ids.

    ``is_theirs`` tells that the reader works on it; ``opened`` by whom it is opened without being assigned.
    """

    ref: str
    file: str
    is_theirs: bool
    opened: tuple[Opening, ...]
    court: str
    zone: str
    reading: Reading
    numbers: tuple[NumberOfCase, ...]
    names: Mapping[str, str] = field(repr=False)
    victims: Mapping[str, str]
    places: Mapping[str, Place]
    phases: tuple[Stretch, ...]
    clocks: tuple[CaseClock, ...]
    burdens: tuple[Burden, ...]
    flags: tuple[FlagOfCase, ...]
    messages: tuple[MessageOfCase, ...]

    @property
    def label(self) -> str:
        """The name that people use: the newest case number, else the name of the file."""
        return self.numbers[0].text if self.numbers else self.file


def case(ctx: Context, ref: str) -> CasePage:
    """Return one proceeding as it stands now; that it was looked at is entered first, or it is not shown.

    Raises:
        NotFoundError: there is none of that name for this person.
    """
    person, today = reader(ctx), ctx.office_today()
    with Legible(ctx) as seals, ctx.database.reading() as db:
        head = queries.head(db, person, ref, today=today, now=ctx.now())
        if head is None:
            raise NotFoundError("there is no such case, or it is not yours")
        page = _page(db, ctx, seals, head)
    audit.record(ctx, "case.read", case=page.file)
    return page


def _page(db: Session, ctx: Context, seals: Legible, head: HeadRow) -> CasePage:
    (facts,) = fact_queries.load(db, [head.id], ctx.keys)
    reading = Reading(facts, ctx.now())
    names = queries.names(db, head.id)
    waits = {(row.hearing, row.victim): row.minutes for row in queries.waits(db, head.id)}
    return CasePage(
        ref=head.ref,
        file=head.external_id,
        is_theirs=head.is_theirs,
        opened=of_case(db, ctx, head.id),
        court=head.court,
        zone=head.zone,
        reading=reading,
        numbers=tuple(_number(seals, row) for row in queries.numbers(db, head.id)),
        names={row.external_id: victim_name(seals, row.external_id, row.pseudonym) for row in names},
        victims={row.external_id: victim_ref(ctx.keys, row.external_id) for row in names},
        places={row.external_id: Place(row.room, row.court) for row in queries.places(db, head.id)},
        phases=stretches(facts.stage_events, reading.today),
        clocks=case_clocks(reading),
        burdens=burdens(reading, waits),
        flags=_flags(ctx, seals, queries.flags(db, head.id, MOST_FLAGS)),
        messages=tuple(_message(ctx, row) for row in queries.messages(db, head.id, MOST_MESSAGES)),
    )


def _number(seals: Legible, row: NumberRow) -> NumberOfCase:
    text = seals.open(places.CASE_NUMBER_TEXT, row.ref, row.text)
    return NumberOfCase(text, row.court, row.from_on, row.to_on, row.reason)


def _flags(ctx: Context, seals: Legible, rows: Sequence[FlagRow]) -> tuple[FlagOfCase, ...]:
    return tuple(_flag(ctx, seals, row) for row in rows)


def _flag(ctx: Context, seals: Legible, row: FlagRow) -> FlagOfCase:
    rule = rules_by_code().get(row.rule)
    keys = () if rule is None else ctx.pack.legal_keys(rule)
    return FlagOfCase(
        ref=row.ref,
        code=row.rule,
        rule=rule,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject=row.subject,
        victim=row.victim,
        severity=row.severity,
        facts=row.facts,
        legal=tuple(ctx.pack.legal[key] for key in keys if key in ctx.pack.legal),
        is_confirmed=ctx.pack.is_confirmed(keys),
        opened_on=row.opened_on,
        since=row.since,
        last_changed_on=row.last_changed_on,
        closed_on=row.closed_on,
        close_reason=row.close_reason,
        close_note=None if row.close_note is None else seals.open(places.FLAG_CLOSE_NOTE, row.ref, row.close_note),
        closed_by=row.closed_by_role,
        is_quiet=row.closed_on is None and row.dismissed_severity is not None,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by_role,
        is_acknowledged_by_me=row.acknowledged_by is not None and row.acknowledged_by == ctx.actor.person_id,
    )


def _message(ctx: Context, row: MessageRow) -> MessageOfCase:
    return MessageOfCase(
        kind=row.kind,
        state=row.state,
        at=row.sent_at or row.due_at,
        acknowledged_at=row.acknowledged_at,
        recipient=row.role,
        is_mine=row.person_id == ctx.actor.person_id,
    )
