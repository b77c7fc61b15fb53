"""Remind of upcoming hearings: whatever window is open and not yet told, whenever this runs."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.alerting import HORIZON, Lead, leads_before, nearest_due
from tracker.domain.messages import AlertKind
from tracker.formats.court_holidays import court_days
from tracker.services.alerting import draft_of, time_of
from tracker.services.context import Context
from tracker.services.outbox import enqueue
from tracker.storage.queries import outbox as rows
from tracker.storage.queries.alertable import AlertableHearing, open_between
from tracker.storage.queries.recipients import assigned_on

PAGE = 200
A_DAY = timedelta(days=1)


def remind(ctx: Context) -> dict[str, int]:
    """Put in the reminders that are due, a page of hearings in each transaction, and return how many.

    ``queued`` counts new reminders, ``superseded`` waiting ones that a nearer reminder replaced.
    """
    counts = {"hearings": 0, "queued": 0, "superseded": 0}
    now = ctx.now()
    after: tuple[datetime, int] = (now - A_DAY, 0)
    while True:
        with ctx.database.writing() as db:
            page = open_between(db, now - A_DAY, now + HORIZON, after=after, limit=PAGE)
            queued, superseded = _remind_page(db, ctx, page)
        if not page:
            return counts
        counts["hearings"] += len(page)
        counts["queued"] += queued
        counts["superseded"] += superseded
        after = (page[-1].starts_at, page[-1].id)


def _remind_page(db: Session, ctx: Context, page: Sequence[AlertableHearing]) -> tuple[int, int]:
    is_court_day = court_days(ctx.pack.holidays)
    due = {hearing: lead for hearing in page if (lead := nearest_due(time_of(hearing, ctx), ctx.now(), is_court_day)) is not None}
    superseded = 0
    for lead in Lead:
        ids = [hearing.id for hearing, nearest in due.items() if nearest is lead]
        if ids and leads_before(lead):
            superseded += rows.withdraw(db, rows.of_leads(ids, leads_before(lead)), now=ctx.now())
    proceedings = {hearing.proceeding_id for hearing in due if hearing.proceeding_id is not None}
    people = defaultdict(list)
    for each in assigned_on(db, proceedings, ctx.office_today()):
        people[each.proceeding_id].append(each.person)
    drafts = [
        draft_of(hearing, ctx, AlertKind.HEARING_AHEAD, person, lead)
        for hearing, lead in due.items()
        if hearing.proceeding_id is not None
        for person in people[hearing.proceeding_id]
    ]
    return enqueue(db, ctx, drafts), superseded
