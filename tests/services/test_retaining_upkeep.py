"""One-use links and old reports go by their age: told first, done once, to the second or day."""

from datetime import timedelta

import pytest

from jobs.retain import JOB
from tests import rows
from tests.services.test_opening_reasons import count
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.services.context import Context
from tracker.services.retaining import reports, retain
from tracker.storage.tables.sign_in_links import SignInLink

HOURS_OPEN = timedelta(hours=72)
SECOND = timedelta(seconds=1)


def link(ctx: Context, number: int, *, closed_after: timedelta | None = None) -> None:
    """Keep a link that was made now, and used or withdrawn some time later, or never."""
    closed = None if closed_after is None else ctx.now() + closed_after
    times = {"created_at": ctx.now(), "expires_at": ctx.now() + HOURS_OPEN, "closed_at": closed}
    with ctx.database.writing() as db:
        rows.add(db, SignInLink, person_id=rows.person(db), purpose=LinkPurpose.INVITATION.value, token_hash=bytes([number]), **times)


@pytest.mark.parametrize(
    ("after", "left"),
    [
        (timedelta(hours=1) - timedelta(1), 2),
        (timedelta(hours=1) - SECOND, 2),
        (timedelta(hours=1), 1),
        (HOURS_OPEN - SECOND, 1),
        (HOURS_OPEN, 0),
        (HOURS_OPEN + timedelta(1), 0),
    ],
)
def test_a_link_goes_after_its_end(ctx: Context, after: timedelta, left: int) -> None:
    """One that was used after an hour counts from then, one that nobody used from when it expired."""
    link(ctx, 1, closed_after=timedelta(hours=1))
    link(ctx, 2)
    then = ctx.at(ctx.now() + timedelta(ctx.pack.retention.link_days) + after)

    assert JOB.run(then)["links"] == 2 - left
    assert count(ctx, "sign_in_link") == 2
    assert retain(then, act=True)["links"] == 2 - left
    assert count(ctx, "sign_in_link") == left
    assert retain(then, act=True)["links"] == 0


def test_an_open_link_is_never_due(sqlite_ctx: Context) -> None:
    """Nothing of it is old before it ends."""
    link(sqlite_ctx, 1)

    assert retain(sqlite_ctx, act=True)["links"] == 0
    assert count(sqlite_ctx, "sign_in_link") == 1


@pytest.mark.parametrize(("days", "due"), [(-1, 0), (0, 1), (1, 1)])
def test_reports_tell_no_day_for_ever(ctx: Context, days: int, due: int) -> None:
    """A report says on which day somebody was erased: after its time it goes, and the newest is there."""
    retain(ctx, act=False)
    then = ctx.at(ctx.now() + timedelta(ctx.pack.retention.report_days + days))

    assert retain(then, act=False)["reports"] == due
    assert len(reports(then)) == 2
    assert retain(then, act=True)["reports"] == due
    assert [each.made_on for each in reports(then)][-1] == (then if due else ctx).office_today()
    assert retain(then, act=True)["reports"] == 0
