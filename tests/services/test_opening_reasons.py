"""Why somebody opened a case goes with the victim whom it may name, or when its time is over; that it was opened stays."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobs.retain import JOB
from tests import rows
from tests.conftest import acting
from tests.leftovers import dump, file_bytes
from tests.services.test_opened_cases import WHY, Scene, actions, scene
from tracker.domain.codes.people import Role
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.services import audit, holds, opened_cases
from tracker.services.audit_proof import verify
from tracker.services.case_page import case
from tracker.services.context import Context
from tracker.services.erasing import erase
from tracker.services.opening_reasons import OPENING, REFUSED
from tracker.services.retaining import retain
from tracker.services.subject_export import export_subject
from tracker.storage.tables.catalogue import METADATA

CANARY = "canary-Љубица-83"
NAMING = f"{CANARY} je zvala, ročište počinje za sat vremena."


def opened(ctx: Context) -> Scene:
    """Open the case of a victim and of another one, try to open one that is not there; every reason but the last names her."""
    it = scene(ctx)
    with ctx.database.writing() as db:
        court = rows.court(db)
        rows.victim(db, 1, external_id=CANARY)
        rows.victim(db, 1, external_id="v2")
        rows.proceeding(db, court, external_id="P-2", ref="ref2")
    opened_cases.open_case(it.as_opener(), "K 11/24", NAMING)
    with pytest.raises(NotFoundError):
        opened_cases.open_case(it.as_opener(minutes=1), "K 99/99", NAMING)
    opened_cases.open_case(it.as_opener(minutes=2), "P-2", WHY)
    return it


def count(ctx: Context, table: str) -> int:
    """Count the rows of a table."""
    with ctx.database.reading() as db:
        return int(db.connection().execute(sa.select(sa.func.count()).select_from(METADATA.tables[table])).scalar_one())


def reasons(ctx: Context, name: str) -> list[str | None]:
    """Return the reasons that the log holds about a case, oldest first."""
    return [line.reason for line in reversed(audit.of_case(ctx, name))]


def test_erasing_her_takes_the_reasons_and_not_the_facts(ctx: Context) -> None:
    """No table, no sealed value, no byte names her; who opened what stays, and other cases keep their reasons; the log adds up."""
    it = opened(ctx)
    holds.place(ctx, "P-1", NAMING)
    with pytest.raises(ConflictError):
        erase(ctx, CANARY, "victim")
    holds.release(ctx, "P-1")
    before = actions(ctx)
    assert dump(ctx).count(NAMING) == 4

    plan = erase(ctx, CANARY, "victim", rehearse=True)
    assert dump(ctx).count(NAMING) == 4
    done = erase(ctx, CANARY, "victim")

    assert done.counts == plan.counts
    assert done.counts["opened_case"] == 1
    assert done.counts["audit_entry"] >= 3
    assert CANARY not in dump(ctx)
    assert CANARY.encode() not in file_bytes(ctx)
    assert actions(ctx)[: len(before)] == before
    assert reasons(ctx, "P-2") == [WHY]
    assert count(ctx, "opened_case") == 2
    assert verify(ctx).ok
    assert {each.reason for each in opened_cases.announced(acting(ctx, it.own_boss, Role.SUPERVISOR))} == {"", WHY}


def test_erasing_does_not_shut_the_door_on_who_is_reading(sqlite_ctx: Context) -> None:
    """The opening goes on until its end, without its reason; erasing the next victim of the case works too."""
    it = opened(sqlite_ctx)
    erase(sqlite_ctx, CANARY, "victim")

    assert case(it.as_opener(hours=3), "ref1")
    assert [(each.case, each.reason) for each in opened_cases.mine(it.as_opener(hours=3))] == [("ref2", WHY), ("ref1", "")]
    assert erase(sqlite_ctx, "v2", "victim").counts["opened_case"] == 1
    assert verify(sqlite_ctx).ok


@pytest.mark.parametrize(("days", "gone"), [(-1, False), (0, True), (1, True)])
def test_openings_go_when_their_time_is_over(ctx: Context, days: int, gone: bool) -> None:  # noqa: FBT001
    """Told first, then done, once: row and reason go, who opened the case and when stays in the log, which adds up."""
    opened(ctx)
    due = 2 * gone
    then = ctx.at(ctx.now() + opened_cases.OPEN_FOR + timedelta(ctx.pack.retention.opening_days + days, minutes=2))
    before = actions(ctx)

    told = JOB.run(then)
    assert (told["openings"], told["acted"]) == (due, 0)
    assert (count(ctx, "opened_case"), reasons(ctx, "P-2")) == (2, [WHY])

    assert retain(then, act=True)["openings"] == due
    assert count(ctx, "opened_case") == 2 - due
    assert (retain(then, act=True)["openings"], verify(then).ok) == (0, True)
    assert actions(ctx)[: len(before)] == before


@pytest.mark.parametrize(("seconds", "left"), [(-1, [NAMING, WHY]), (0, [None, WHY]), (60, [None, WHY]), (120, [None, None])])
def test_reasons_in_the_log_go_by_their_own_age(ctx: Context, seconds: int, left: list[str | None]) -> None:
    """To the second, those of refused attempts as well; whoever looks once more finds nothing due."""
    opened(ctx)
    then = ctx.at(ctx.now() + timedelta(ctx.pack.retention.opening_days, seconds=seconds))
    refused = seconds >= 60
    due = sum(reason is None for reason in left) + refused
    assert retain(then, act=False)["opening_reasons"] == due
    assert reasons(ctx, "P-1") + reasons(ctx, "P-2") == [NAMING, WHY]

    assert retain(then, act=True)["opening_reasons"] == due
    assert reasons(ctx, "P-1") + reasons(ctx, "P-2") == left
    assert retain(then, act=True)["opening_reasons"] == 0
    assert verify(then).ok


def test_a_hold_keeps_openings_and_their_reasons(ctx: Context) -> None:
    """Of the case that is held, and of no other one; once released they go."""
    opened(ctx)
    holds.place(ctx, "P-1", "Tužba pred parnicom")
    then = ctx.at(ctx.now() + timedelta(ctx.pack.retention.opening_days + 2))
    kept = retain(then, act=True)

    assert (kept["openings"], kept["opening_reasons"]) == (1, 2)
    assert reasons(ctx, "P-1") == [NAMING, "Tužba pred parnicom"]
    holds.release(ctx, "P-1")
    again = retain(then, act=True)
    assert (again["openings"], again["opening_reasons"]) == (1, 1)


def test_who_opened_may_know_that_and_no_more(sqlite_ctx: Context) -> None:
    """Somebody's own data hold when they opened cases, not which, and not the words: these may be about a victim."""
    opened(sqlite_ctx)
    own = export_subject(sqlite_ctx, "N2", "person")

    assert [set(each) for each in own["opened_cases"]] == [{"opened_at", "expires_at"}] * 2
    assert CANARY not in str(own)
    assert erase(sqlite_ctx, "N2", "person").counts["opened_case"] == 2


def test_the_actions_are_those_that_the_log_knows() -> None:
    """A renamed action would keep its reasons for ever."""
    assert set(OPENING) <= set(audit.actions())
    assert REFUSED in OPENING
