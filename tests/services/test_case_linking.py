"""Tests of linking watched cases to proceedings, and of real chains of hearings that become proceedings so."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from tests import calendars, rows
from tests.calendars import AT, bring_in, counts, line
from tracker.domain import clocks
from tracker.domain.case_numbers import normalise
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.privacy import places
from tracker.services.case_linking import LinkReport, adopt_watched, link
from tracker.services.context import Context
from tracker.storage.queries import facts
from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.proceedings import CaseNumber, Proceeding

CHAINS = Path(__file__).parents[1] / "data" / "hearing-chains"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A calendar to write."""
    return tmp_path / "calendar.csv"


def court_of(db: Session) -> int:
    """Return the id of the one court."""
    return int(db.connection().execute(sa.select(col(Court.id))).scalar_one() or 0)


def number_ref(db: Session, ctx: Context, text: str) -> str:
    """Return the ref of a watched number."""
    index = ctx.keys.index(places.CASE_NUMBER_INDEX, normalise(text).normal)
    return db.connection().execute(sa.select(col(CaseNumber.ref)).where(col(CaseNumber.number_index) == index)).scalar_one()


def ref_of(db: Session, proceeding: int) -> str:
    """Return the ref of a proceeding."""
    return db.connection().execute(sa.select(col(Proceeding.ref)).where(col(Proceeding.id) == proceeding)).scalar_one()


def test_linking_brings_hearings_along(ctx: Context, path: Path) -> None:
    """Past, open and moved ones; the next calendar then finds them as the proceeding's, and tells its people."""
    now = ctx.at(AT)
    first = [line("K 1/22", "2022-01-05", result="Odroczono rozprawę"), line("K 1/22", "2022-02-01"), line("K 2/22", "2022-02-02")]
    bring_in(now, calendars.write(path, first))
    bring_in(now, calendars.write(path, [first[0], line("K 1/22", "2022-02-02"), first[2]]))
    with ctx.database.writing() as db:
        proceeding = rows.proceeding(db, court_of(db), review_on=date(2030, 1, 1))
        rows.assignment(db, proceeding, rows.person(db))
        refs = number_ref(db, ctx, "K 1/22"), ref_of(db, proceeding)
    assert link(now, *refs) == LinkReport(hearings=3)
    assert link(now, *refs) == LinkReport()
    with ctx.database.reading() as db:
        assert db.connection().execute(sa.select(sa.func.count(col(Hearing.proceeding_id)))).scalar() == 3
        assert db.connection().execute(sa.select(col(Proceeding.review_on))).scalar() == date(1970, 1, 1)
    bring_in(now, calendars.write(path, [first[0], line("K 1/22", "2022-02-03"), first[2]]))
    with ctx.database.reading() as db:
        assert [str(kind) for kind in db.connection().execute(sa.select(col(Message.kind))).scalars()] == ["hearing-moved"]


def test_what_cannot_be_linked(ctx: Context, path: Path) -> None:
    """Nothing that is not there, and nothing that is another's."""
    bring_in(ctx.at(AT), calendars.write(path, [line("K 1/22", "2022-02-01")]))
    with ctx.database.writing() as db:
        court = court_of(db)
        one, other = (ref_of(db, rows.proceeding(db, court)) for _ in range(2))
        number = number_ref(db, ctx, "K 1/22")
    for refs in (("none", one), (number, "none")):
        with pytest.raises(NotFoundError, match="there is no such watched case or proceeding"):
            link(ctx, *refs)
    link(ctx, number, one)
    with pytest.raises(ConflictError, match="already linked to another proceeding"):
        link(ctx, number, other)


def test_a_number_that_a_proceeding_just_got_adopts_the_watched_case(ctx: Context, path: Path) -> None:
    """A hearing that both know is kept once, with the outcome that the court told; what was moved to it still was."""
    now = ctx.at(AT)
    bring_in(now, calendars.write(path, [line("K 1/22", "2022-01-20"), line("K 1/22", "2022-01-05", result="Oddalono skargę")]))
    bring_in(now, calendars.write(path, [line("K 1/22", "2022-01-21"), line("K 1/22", "2022-01-05")]))
    with ctx.database.writing() as db:
        proceeding = rows.proceeding(db, court_of(db))
        index = ctx.keys.index(places.CASE_NUMBER_INDEX, "K 1/2022")
        values = {"proceeding_id": proceeding, "court_id": court_of(db), "number_index": index, "text_sealed": b"", "is_parsed": True}
        number = rows.add(db, CaseNumber, ref="own", **values)
        past = rows.hearing(db, proceeding, datetime(2022, 1, 5, 8, tzinfo=UTC), room="SALA 1", external_id="own-past")
        ahead = rows.hearing(db, proceeding, datetime(2022, 1, 21, 8, tzinfo=UTC), room="sala 1")
        assert adopt_watched(db, ctx, [proceeding]) == LinkReport(hearings=1, known=2)
    with ctx.database.reading() as db:
        table = Hearing.metadata.tables["hearing"]
        found = {row["id"]: row for row in db.connection().execute(sa.select(table)).mappings()}
        assert db.connection().execute(sa.select(col(CaseNumber.id))).scalars().all() == [number]
    assert len(found) == 3
    assert {row["proceeding_id"] for row in found.values()} == {proceeding}
    assert {row["case_number_id"] for row in found.values()} == {number}
    assert [row["superseded_by_id"] for row in found.values() if row["superseded_by_id"]] == [ahead]
    assert found[past]["outcome"] == "HELD"
    assert ctx.keys.open(places.HEARING_OUTCOME_TEXT, "own-past", found[past]["outcome_text_sealed"]) == "Oddalono skargę"
    assert found[ahead]["outcome"] is None
    lines = [line("K 1/22", "2022-01-21"), line("K 1/22", "2022-01-05")]
    assert counts(bring_in(now, calendars.write(path, lines))) == {"unchanged": 2}


def test_nothing_watched_is_nothing_to_adopt(ctx: Context) -> None:
    """The importer of documents may always ask."""
    with ctx.database.writing() as db:
        assert adopt_watched(db, ctx, []) == adopt_watched(db, ctx, [1]) == LinkReport()


def test_real_chains_become_proceedings(ctx: Context, path: Path) -> None:
    """Five Indian cases, watched first, then followed: their hearings come along and two trials took 727 and 176 days.

    The chains have a CNR number, which is no number of register and year: it is kept as it is, and found again.
    """
    with (CHAINS / "hearings.csv").open(encoding="utf-8", newline="") as file:
        chains = defaultdict(list)
        for row in csv.DictReader(file):
            chains[row["case"]].append(row["held_on"])
    lines = [line(case, day, "") for case, days in chains.items() for day in days]
    assert counts(bring_in(ctx, calendars.write(path, lines), at=ctx.now())) == {"added": 32}
    ids = {}
    with (CHAINS / "cases.csv").open(encoding="utf-8", newline="") as file, ctx.database.writing() as db:
        for filed in csv.DictReader(file):
            proceeding = ids[filed["case"]] = rows.proceeding(db, court_of(db), external_id=filed["case"])
            rows.stage(db, proceeding, "INDICTMENT_FILED", filed["filed_on"])
            if filed["decided_on"]:
                rows.stage(db, proceeding, "FIRST_INSTANCE_JUDGMENT", filed["decided_on"])
        refs = {case: (number_ref(db, ctx, case), ref_of(db, proceeding)) for case, proceeding in ids.items()}
    for case, (number, ref) in refs.items():
        assert link(ctx, number, ref) == LinkReport(hearings=len(chains[case]))
    today = ctx.office_today()
    with ctx.database.reading() as db:
        loaded = {each.id: each for each in facts.load(db, list(ids.values()), ctx.keys)}
    spells = {case: clocks.measure(clocks.FIRST_INSTANCE, clocks.course(each, today), today) for case, each in loaded.items()}
    lengths = {
        case: spell.days for case, spell in spells.items() if isinstance(spell, clocks.Spell) and spell.ending is clocks.Ending.EVENT
    }
    assert lengths == {"JKHC020113752018": 727, "JKHC020091782015": 176}
    assert {case: len(each.hearings) for case, each in loaded.items()} == {case: len(days) for case, days in chains.items()}
