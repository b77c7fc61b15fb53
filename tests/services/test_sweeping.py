"""The sweep: what is due, nothing twice, and the same whichever way it is reached."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests import rows
from tests.factories import records
from tests.factories.facts import appearance, at, day, hearing, held, in_trial, proceeding, proceedings
from tracker.domain.clock import FixedClock
from tracker.domain.codes.appearance import VisualContact
from tracker.domain.facts import ProceedingFacts, Victim
from tracker.domain.flags import NEVER, CloseReason
from tracker.services.context import Context
from tracker.services.sweeping import all_rules, fingerprint, sweep
from tracker.storage.engine import Database
from tracker.storage.queries.due import mark_due
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.outbox import Message
from tracker.storage.tables.proceedings import DUE_NOW, Proceeding

QUIET = {"opened": 0, "changed": 0, "closed": 0, "told": 0}
SUMMONED = in_trial(filed="2026-06-01", opened="2026-10-01", hearings=(hearing("h", "2026-12-15 09:30", summoned=("v",)),))
CONFRONTED = in_trial(
    filed="2026-06-01",
    opened="2026-10-01",
    hearings=(held("h", "2026-11-20"),),
    appearances=(appearance("h", visual_contact=VisualContact.DIRECT),),
)


def on(ctx: Context, text: str) -> Context:
    """Return the context on another morning, or at another time."""
    return replace(ctx, clock=FixedClock(at(text)))


def keep(ctx: Context, facts: ProceedingFacts, **values: object) -> int:
    """Record a proceeding at a court of its zone, with an advocate and a lawyer assigned."""
    with ctx.database.writing() as db:
        key = records.store(db, facts, rows.court(db, timezone=facts.zone), **values)
        for role in ("ADVOCATE", "LAWYER"):
            rows.assignment(db, key, rows.person(db, role=role), assigned_as=role)
        return key


def change(ctx: Context, key: int, facts: ProceedingFacts) -> None:
    """Record something else, as every writer does: and mark it due."""
    with ctx.database.writing() as db:
        records.rewrite(db, key, facts)
        mark_due(db, [key])


def flags(ctx: Context) -> list[Flag]:
    """Return every flag."""
    with ctx.database.reading() as db:
        return list(db.exec(select(Flag).order_by(sa.text("rule, subject, opened_on, id"))))


def episodes(ctx: Context) -> list[tuple[object, ...]]:
    """Return every episode, without what is random."""
    return [
        (each.rule, each.subject, each.fact, each.severity, each.opened_on, each.since, each.closed_on, each.close_reason, each.facts)
        for each in flags(ctx)
    ]


def told(ctx: Context) -> int:
    """Return how many messages wait."""
    with ctx.database.reading() as db:
        return len(db.exec(select(Message.id)).all())


def review(ctx: Context) -> tuple[date, date]:
    """Return ``review_on`` and ``evaluated_on`` of the only proceeding."""
    with ctx.database.reading() as db:
        (found,) = db.exec(select(Proceeding))
        return found.review_on, found.evaluated_on


def test_it_opens_raises_and_closes_as_days_go_by(ctx: Context) -> None:
    """Two weeks before the hearing, three days before, and when it has begun."""
    keep(ctx, SUMMONED)
    quiet = sweep(on(ctx, "2026-11-30"))
    opened = sweep(on(ctx, "2026-12-01"))
    between = sweep(on(ctx, "2026-12-02"))
    raised = sweep(on(ctx, "2026-12-12"))
    closed = sweep(on(ctx, "2026-12-15 10:00"))
    (flag,) = flags(ctx)

    assert quiet == {"proceedings": 1, **QUIET}
    assert opened == {"proceedings": 1, **QUIET, "opened": 1, "told": 1}
    assert between == {"proceedings": 0, **QUIET}
    assert raised == {"proceedings": 1, **QUIET, "changed": 1, "told": 1}
    assert closed == {"proceedings": 1, **QUIET, "closed": 1}
    assert (flag.rule, flag.severity, flag.opened_on, flag.since) == ("no-special-status", 4, day("2026-12-01"), day("2026-12-01"))
    assert (flag.last_changed_on, flag.closed_on, flag.close_reason) == (day("2026-12-15"), day("2026-12-15"), CloseReason.RESOLVED)
    assert told(ctx) == 4


def test_a_hearing_later_today_is_looked_at_at_each_sweep_until_it_has_begun(ctx: Context) -> None:
    """Then no longer."""
    keep(ctx, SUMMONED)

    counts = [sweep(on(ctx, f"2026-12-15 {hour}"))["proceedings"] for hour in ("07:00", "08:00", "09:30", "09:31", "10:00")]
    assert counts == [1, 1, 1, 1, 0]


def test_twice_the_same_changes_nothing(ctx: Context) -> None:
    """Neither flags, nor messages, nor the days of review; also in full."""
    keep(ctx, CONFRONTED)
    first = sweep(ctx)
    before = (episodes(ctx), told(ctx), review(ctx))
    again, full = sweep(ctx), sweep(ctx, full=True)

    assert (first["opened"], first["told"], told(ctx)) == (1, 1, 2)
    assert again == {"proceedings": 0, **QUIET}
    assert full == {"proceedings": 1, **QUIET}
    assert (episodes(ctx), told(ctx), review(ctx)) == before


def test_what_was_written_to_is_due(ctx: Context) -> None:
    """A fact corrected away closes its event; the same fact again reopens the same row without another message."""
    key = keep(ctx, CONFRONTED)
    sweep(ctx)
    change(ctx, key, replace(CONFRONTED, appearances=()))
    sweep(ctx)
    (corrected,) = episodes(ctx)
    change(ctx, key, CONFRONTED)
    counts = sweep(on(ctx, "2026-11-24"))
    (back,) = flags(ctx)

    assert corrected[-3:-1] == (day("2026-11-23"), CloseReason.CORRECTED)
    assert counts == {"proceedings": 1, **QUIET, "changed": 1}
    assert (back.closed_on, back.close_reason, back.opened_on) == (None, None, day("2026-11-23"))


def test_history_arrives_closed_and_silent(ctx: Context) -> None:
    """Ten years of confrontations are no one's task today."""
    keep(ctx, replace(CONFRONTED, hearings=(held("h", "2020-03-02"),)))
    counts = sweep(ctx)

    assert counts["told"] == 0
    assert [each.close_reason for each in flags(ctx) if each.rule == "confrontation"] == [CloseReason.BEFORE_TRACKING]
    assert told(ctx) == 0


def test_a_message_waiting_for_a_flag_that_closed_is_not_sent(ctx: Context) -> None:
    """It expires in the same transaction."""
    key = keep(ctx, CONFRONTED)
    sweep(ctx)
    change(ctx, key, replace(CONFRONTED, appearances=()))
    sweep(ctx)
    with ctx.database.reading() as db:
        assert set(db.exec(select(Message.state))) == {"expired"}


def test_today_is_that_of_each_court(ctx: Context) -> None:
    """At 1 o'clock in Belgrade it is the day before in New York, and that proceeding is not due again at once."""
    keep(ctx, replace(SUMMONED, id="here"))
    keep(ctx, replace(SUMMONED, id="there", zone="America/New_York", hearings=(hearing("h", "2026-12-15 20:00", summoned=("v",)),)))
    sweep(on(ctx, "2026-11-25"))
    at_one = sweep(on(ctx, "2026-12-01 01:00"))
    at_seven = sweep(on(ctx, "2026-12-01 07:00"))

    assert (at_one["proceedings"], at_seven["proceedings"]) == (1, 1)
    assert [(each.subject[:5], each.opened_on) for each in flags(ctx)] == [("here-", day("2026-12-01")), ("there", day("2026-12-01"))]


def test_a_clock_that_went_back_makes_everything_due_that_was_seen_later(ctx: Context) -> None:
    """The past is read as it was, and nothing closes before it was opened."""
    keep(ctx, SUMMONED)
    sweep(on(ctx, "2026-12-02"))
    back = sweep(on(ctx, "2026-11-20"))
    (flag,) = flags(ctx)

    assert (back["proceedings"], back["closed"]) == (1, 1)
    assert (flag.opened_on, flag.closed_on) == (day("2026-12-02"), day("2026-12-02"))
    assert review(ctx) == (day("2026-12-01"), day("2026-11-20"))


def test_other_rules_or_another_pack_make_everything_due_once(ctx: Context) -> None:
    """By fingerprint: of codes, versions and thresholds."""
    keep(ctx, proceeding())
    sweep(ctx)
    newer = replace(ctx, pack=replace(ctx.pack, version="next"))
    rules = all_rules()

    assert review(ctx) == (NEVER, day("2026-11-23"))
    assert [sweep(newer)["proceedings"], sweep(newer)["proceedings"]] == [1, 0]
    assert fingerprint(rules, ctx.pack) != fingerprint([replace(rules[0], version=99), *rules[1:]], ctx.pack)
    assert fingerprint(rules, ctx.pack) != fingerprint(rules, replace(ctx.pack, thresholds={}))


def test_a_full_sweep_tells_its_progress(sqlite_ctx: Context) -> None:
    """In proceedings, of how many."""
    with sqlite_ctx.database.writing() as db:
        court = rows.court(db)
        for _ in range(450):
            rows.proceeding(db, court)
    seen: list[tuple[int, int]] = []
    sweep(sqlite_ctx, full=True, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(200, 450), (400, 450), (450, 450)]


def test_proceedings_that_another_worker_has_are_left_to_it(postgres_database: Database, sqlite_ctx: Context) -> None:
    """And those that somebody is writing to come with the next sweep; SQLite has one writer at a time."""
    ctx = replace(sqlite_ctx, database=postgres_database)
    key = keep(ctx, CONFRONTED)
    free = keep(ctx, replace(SUMMONED, id="free"))
    with ctx.database.writing() as other:
        mark_due(other, [key])
        meanwhile = sweep(ctx)
        mark_due(other, [free])
        nothing = sweep(ctx, full=False)
    after = sweep(ctx)

    assert (meanwhile["proceedings"], nothing["proceedings"], after["proceedings"]) == (1, 0, 2)


PROCEEDINGS = ("p1", "p2", "p3")
STEP = st.tuples(st.integers(1, 40), st.sampled_from(PROCEEDINGS), st.none() | proceedings())
START = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)
IN_A_DATABASE = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
)


def fresh(ctx: Context, first: ProceedingFacts) -> dict[str, int]:
    """Empty the database and record three proceedings that begin alike."""
    with ctx.database.writing() as db:
        for table in (Message, Flag):
            db.connection().execute(sa.delete(table))
        known = list(db.connection().execute(sa.select(Proceeding.id)).scalars())  # type: ignore[call-overload] # a column
        for key in known:
            records.rewrite(db, key, ProceedingFacts("gone", first.zone))
        db.connection().execute(sa.delete(Proceeding))
        court = rows.court(db, timezone="Europe/Belgrade")
        return {each.id: records.store(db, each, court) for each in records.renamed(first, PROCEEDINGS)}


def walk(ctx: Context, keys: dict[str, int], steps: list[tuple[int, str, ProceedingFacts | None]]) -> Iterator[Context]:
    """Let days go by, and now and then somebody write."""
    now = START
    for days, name, facts in steps:
        now += timedelta(days=days)
        if facts is not None:
            change(ctx, keys[name], *records.renamed(facts, [name]))
        yield replace(ctx, clock=FixedClock(now))


@given(first=proceedings(), steps=st.lists(STEP, min_size=1, max_size=4))
@IN_A_DATABASE
def test_after_any_writes_a_full_sweep_finds_nothing_that_the_due_ones_missed(
    ctx: Context, first: ProceedingFacts, steps: list[tuple[int, str, ProceedingFacts | None]]
) -> None:
    """Incremental and full agree after every step."""
    for now in walk(ctx, fresh(ctx, first), steps):
        sweep(now)

        assert sweep(now, full=True) == {"proceedings": 3, **QUIET}


@given(first=proceedings(), days=st.integers(1, 12))
@IN_A_DATABASE
def test_day_by_day_the_due_and_the_full_sweeps_tell_the_same_history(sqlite_ctx: Context, first: ProceedingFacts, days: int) -> None:
    """Episode by episode: opened, since, closed."""
    histories = []
    for full in (False, True):
        fresh(sqlite_ctx, replace(first, victims=(Victim("v1"), Victim("v2"))))
        for number in range(days):
            sweep(replace(sqlite_ctx, clock=FixedClock(START + timedelta(days=90 * number))), full=full)
        histories.append(episodes(sqlite_ctx))

    assert histories[0] == histories[1]


def test_what_is_written_during_a_sweep_is_due_afterwards(ctx: Context) -> None:
    """Marking is never overwritten by a sweep that had read before."""
    key = keep(ctx, CONFRONTED)
    sweep(ctx)
    with ctx.database.writing() as db:
        mark_due(db, [key])

    assert review(ctx) == (DUE_NOW, day("2026-11-23"))
