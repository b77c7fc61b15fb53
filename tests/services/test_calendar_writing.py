"""Tests of what the import of a calendar writes for hearings of followed proceedings."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from tests import calendars, rows
from tests.calendars import AT, COURT, bring_in, counts, line
from tracker.domain.case_numbers import normalise
from tracker.domain.folding import fold
from tracker.privacy import places
from tracker.services.blind_indexes import panel_key
from tracker.services.context import Context
from tracker.storage.tables.hearings import Hearing, HearingSummons
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.proceedings import CaseNumber, Proceeding

SWEPT = date(2026, 12, 31)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A calendar to write."""
    return tmp_path / "calendar.csv"


@pytest.fixture
def now(ctx: Context) -> Context:
    """The system at the moment of the capture."""
    return ctx.at(AT)


def follow(db: Session, ctx: Context, text: str) -> int:
    """Add a proceeding that has a number at the court, with an advocate; return its id."""
    court = db.connection().execute(sa.text("SELECT id FROM court")).scalar() or rows.court(
        db, name=COURT, name_folded=fold(COURT), timezone="Europe/Warsaw"
    )
    proceeding = rows.proceeding(db, court, review_on=SWEPT)
    rows.assignment(db, proceeding, rows.person(db))
    index = ctx.keys.index(places.CASE_NUMBER_INDEX, normalise(text).normal)
    ref = f"n-{text}"
    sealed = ctx.keys.seal(places.CASE_NUMBER_TEXT, ref, text)
    rows.add(db, CaseNumber, ref=ref, proceeding_id=proceeding, court_id=court, number_index=index, text_sealed=sealed, is_parsed=True)
    return proceeding


def hearings(ctx: Context) -> list[Any]:
    """Return the hearings in order."""
    with ctx.database.reading() as db:
        return list(db.connection().execute(sa.select(Hearing.metadata.tables["hearing"]).order_by(col(Hearing.id))).mappings())


def messages(ctx: Context) -> list[tuple[str, str]]:
    """Return kind and state of what people were told."""
    with ctx.database.reading() as db:
        query = sa.select(col(Message.kind), col(Message.state)).order_by(col(Message.id))
        return [(str(kind), str(state)) for kind, state in db.connection().execute(query)]


def test_a_new_hearing_hangs_on_its_proceeding(now: Context, path: Path) -> None:
    """The number of the calendar is found by its normal form, and the proceeding is due for a look."""
    with now.database.writing() as db:
        proceeding = follow(db, now, "I SA/Kr 5/2022")
    bring_in(now, calendars.write(path, [line("I SA/KR 5/22", "2022-02-01", session_type="niejawne", panel="panel-1")]))
    (hearing,) = hearings(now)
    assert hearing["proceeding_id"] == proceeding
    panel = now.keys.open(places.HEARING_PANEL, str(hearing["external_id"]), hearing["panel_sealed"])
    assert (hearing["closed_to_public"], panel, hearing["version"], hearing["calendar_sequence"]) == ("FULL", "panel-1", 1, 0)
    assert hearing["panel_key"] == panel_key(now.keys, "PANEL-1")
    with now.database.reading() as db:
        assert db.connection().execute(sa.select(col(Proceeding.review_on))).scalar() == date(1970, 1, 1)


def test_a_move_keeps_the_chain_and_tells_people_once(now: Context, path: Path) -> None:
    """The old date points to the new one, which carries on identity, kind and summons; a second look tells nobody again."""
    with now.database.writing() as db:
        proceeding = follow(db, now, "K 5/22")
        moment = AT.replace(day=20, hour=9)
        old = rows.hearing(db, proceeding, moment, room="Sala 1", type="CONFRONTATION", minutes_expected=90, calendar_sequence=3)
        rows.add(db, HearingSummons, hearing_id=old, victim_id=rows.victim(db, proceeding))
    calendars.write(path, [line("K 5/22", "2022-01-25", session_type="")])
    assert counts(bring_in(now, path)) == {"moved": 1}
    before, after = hearings(now)
    assert before["superseded_by_id"] == after["id"]
    assert before["outcome"] is None
    assert before["outcome_reported_on"] == AT.date()
    assert (after["calendar_uid"], after["calendar_sequence"]) == (before["calendar_uid"], 4)
    assert (after["type"], after["minutes_expected"], after["proceeding_id"]) == ("CONFRONTATION", 90, proceeding)
    assert messages(now) == [("hearing-moved", "queued")]
    with now.database.reading() as db:
        assert set(db.connection().execute(sa.select(col(HearingSummons.hearing_id))).scalars()) == {before["id"], after["id"]}
    assert counts(bring_in(now, path)) == {"unchanged": 1}
    assert messages(now) == [("hearing-moved", "queued")]


def test_a_cancellation_tells_people(now: Context, path: Path) -> None:
    """What is no longer listed is cancelled as of the capture, a revision for calendar programs."""
    lines = [line(f"K {number}/22", "2022-02-01") for number in range(1, 11)]
    with now.database.writing() as db:
        follow(db, now, "K 1/22")
    bring_in(now, calendars.write(path, lines))
    assert counts(bring_in(now, calendars.write(path, lines[1:]))) == {"cancelled": 1, "unchanged": 9}
    (gone,) = [hearing for hearing in hearings(now) if hearing["outcome"]]
    assert (gone["outcome"], gone["outcome_reported_on"], gone["calendar_sequence"]) == ("CANCELLED", AT.date(), 1)
    assert messages(now) == [("hearing-cancelled", "queued")]


def test_taken_off_the_list_ahead_of_its_day_tells_people(now: Context, path: Path) -> None:
    """A row that says so is as good as one that is gone."""
    with now.database.writing() as db:
        follow(db, now, "K 1/22")
    bring_in(now, calendars.write(path, [line("K 1/22", "2022-02-01")]))
    bring_in(now, calendars.write(path, [line("K 1/22", "2022-02-01", result="Zdjęto z wokandy")]))
    (gone,) = hearings(now)
    assert (gone["outcome"], gone["calendar_sequence"]) == ("CANCELLED", 1)
    assert messages(now) == [("hearing-cancelled", "queued")]


def test_an_outcome_is_kept_with_its_words_sealed(now: Context, path: Path) -> None:
    """The court's words open only with the keys; a decision is no revision for calendar programs."""
    with now.database.writing() as db:
        proceeding = follow(db, now, "K 1/22")
        rows.hearing(db, proceeding, AT.replace(day=7, hour=9))
    result = "Oddalono skargę; zasądzono koszty"
    assert counts(bring_in(now, calendars.write(path, [line("K 1/22", "2022-01-07", result=result)]))) == {"outcomes": 1}
    (hearing,) = hearings(now)
    assert (hearing["outcome"], hearing["calendar_sequence"], hearing["room"]) == ("HELD", 0, None)
    assert b"Oddalono" not in hearing["outcome_text_sealed"]
    assert now.keys.open(places.HEARING_OUTCOME_TEXT, hearing["external_id"], hearing["outcome_text_sealed"]) == result
    assert messages(now) == []
    assert counts(bring_in(now, path)) == {"unchanged": 1}


def test_a_remark_is_kept_without_an_outcome(now: Context, path: Path) -> None:
    """A note on where the session comes from leaves the hearing open."""
    lines = [line("K 1/22", "2022-01-07", result="Publikacja orzeczenia odroczona z dnia 2 stycznia 2022 r.")]
    bring_in(now, calendars.write(path, lines))
    (hearing,) = hearings(now)
    assert hearing["outcome"] is hearing["outcome_reported_on"] is None
    assert hearing["outcome_text_sealed"] is not None
    assert counts(bring_in(now, path)) == {"unchanged": 1}
