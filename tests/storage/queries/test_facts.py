"""The loader: what was recorded comes back as facts, in a fixed number of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from tests import rows
from tests.factories import records
from tests.factories.facts import day
from tracker.domain import facts
from tracker.domain.codes.appearance import AccusedPresent, Attended, QuestionedBy, StatementBody
from tracker.domain.codes.compensation import ClaimDecision, ClaimForum, RemedyKind
from tracker.domain.codes.hearing import HearingOutcome, HearingType
from tracker.domain.codes.proceeding import EndCause, IncidentKind, StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed, Precision
from tracker.domain.codes.victim import LegalRepresentation
from tracker.storage.engine import Database
from tracker.storage.queries.facts import load

FULL = facts.ProceedingFacts(
    "p", "Asia/Tokyo", end_cause=EndCause.LOST_TO_FOLLOW_UP, ended_on=day("2026-11-01"), offence_on=day("2020-05-05"),
    stage_events=(facts.StageEvent(StageKind.INDICTMENT_FILED, day("2024-02-29"), Precision.MONTH),),
    hearings=(
        facts.Hearing("h1", datetime(2026, 5, 4, 7, 30, tzinfo=UTC), HearingType.MAIN, outcome=HearingOutcome.RECESSED, superseded_by="h2"),
        facts.Hearing(
            "h2", datetime(2026, 6, 4, 7, 30, tzinfo=UTC), HearingType.PLEA, time_known=False, outcome_reported_on=day("2026-06-05"),
            panel="x", notified_on=day("2026-06-01"), summoned=("v", "w"),
        ),
    ),
    victims=(
        facts.Victim("v", minor_now=Observed.NO, adult_from=day("2010-01-01")),
        facts.Victim("w", legal_representation=LegalRepresentation.NGO),
    ),
    appearances=(
        facts.Appearance(
            "h2", "w", Attended.TESTIFIED, AccusedPresent.IN_ROOM, minutes_testifying=90, court_intervened=Observed.NOT_OBSERVED,
            questioned_by=(QuestionedBy.JUDGE, QuestionedBy.ACCUSED_PERSONALLY), applied=(("m", Observed.NO),),
        ),
        facts.Appearance("h1", "v", Attended.PRESENT_NOT_HEARD),
    ),
    statements=(
        facts.Statement("v", day("2025-01-01"), StatementBody.POLICE),
        facts.Statement("w", day("2026-06-04"), StatementBody.COURT_MAIN, "h2", Observed.YES),
    ),
    measures=(
        facts.Measure("m", "w", MeasureKind.SCREEN, MeasureDecision.GRANTED, decided_on=day("2026-01-01"), valid_until=day("2026-12-31")),
    ),
    assessments=(facts.Assessment("v", day("2025-02-01"), day("2025-08-01")),),
    claims=(facts.Claim("c", "v", ClaimForum.CRIMINAL, ClaimDecision.AWARDED_PART, awarded=500.5, final_on=day("2026-10-01")),),
    assets=(facts.Asset("a", frozen_on=day("2025-03-01")),),
    remedies=(
        facts.Remedy("r", RemedyKind.OBJECTION, day("2026-01-01")),
        facts.Remedy("s", RemedyKind.SUIT, day("2026-01-02"), victim="w"),
    ),
    incidents=(
        facts.Incident("i", day("2026-01-01"), IncidentKind.THREAT),
        facts.Incident("j", day("2026-01-02"), IncidentKind.BRIBE, "v"),
    ),
    accused=(facts.Accused("A1", released_on=day("2026-01-01")),),
)  # fmt: skip


def comparable(found: object) -> object:
    """Return a fact as nested tuples, its ids without the proceeding's name in front."""
    if isinstance(found, tuple):
        return tuple(comparable(each) for each in found)
    if hasattr(found, "__slots__"):
        return tuple((name, comparable(getattr(found, name))) for name in found.__slots__)
    return str(found).removeprefix("p-") if isinstance(found, str) else found


def in_order(found: facts.ProceedingFacts) -> facts.ProceedingFacts:
    """Return the same facts with hearings and appearances in order."""
    hearings = sorted(found.hearings, key=lambda each: each.starts_at)
    return replace(found, hearings=tuple(hearings), appearances=tuple(sorted(found.appearances, key=lambda each: each.attended)))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are executed."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(database.engine, "before_cursor_execute", note)


def test_everything_that_rules_may_see_comes_back(database: Database) -> None:
    """Every field of every kind, as equal values; hearings and appearances in any order, the rest as recorded."""
    with database.writing() as db:
        key = records.store(db, FULL, rows.court(db, timezone="Asia/Tokyo"))
    with database.reading() as db:
        (found,) = load(db, [key, key + 1], records.KEYS)

    assert comparable(in_order(found)) == comparable(in_order(FULL))


def test_a_batch_takes_as_many_statements_as_one(database: Database) -> None:
    """However many proceedings; each gets its own facts only."""
    with database.writing() as db:
        court = rows.court(db, timezone="Asia/Tokyo")
        keys = [records.store(db, each, court) for each in records.renamed(FULL, ["p1", "p2", "p3"])]
    with database.reading() as db, counted(database) as one:
        load(db, keys[:1], records.KEYS)
    with database.reading() as db, counted(database) as three:
        found = load(db, keys, records.KEYS)

    assert len(one) == len(three) <= 17
    assert [(each.id, len(each.hearings), len(each.appearances)) for each in found] == [("p1", 2, 2), ("p2", 2, 2), ("p3", 2, 2)]
