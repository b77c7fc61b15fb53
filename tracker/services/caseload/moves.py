"""What changed hearings mean to calendars and to people: one calendar entry along a chain of moves, one alert for each change."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from tracker.domain.codes.hearing import HearingOutcome
from tracker.services import alerting
from tracker.services.alerting import HearingChange
from tracker.services.caseload.bookkeeping import is_elsewhere
from tracker.services.caseload.kinds import BY_NAME, Row
from tracker.services.caseload.writing import Written
from tracker.services.context import Context
from tracker.storage.queries import caseload as queries

TOLD_BY_CALENDARS = ("outcome", "outcome_reported_on", "superseded_by")
CALLED_OFF = frozenset({HearingOutcome.CANCELLED, HearingOutcome.POSTPONED_IN_ADVANCE})


def keep_what_a_calendar_told(wanted: Sequence[Row], stored: Sequence[Row | None]) -> None:
    """Let a document that does not speak of a hearing's end leave it as the court's calendar told it: silence there is no news."""
    for row, old in zip(wanted, stored, strict=True):
        if old is not None and old["case_number_id"] is not None:
            row.update((name, old[name]) for name in TOLD_BY_CALENDARS if row[name] is None)


def inherit_calendar_entries(db: Session, hearings: Written) -> None:
    """Let each hearing that another one was newly moved to carry on that one's calendar entry, as its next revision."""
    by_id = {row["external_id"]: row for row in hearings.rows}
    news = [row for row in hearings.created if row["superseded_by"] is not None]
    news += [new for old, new in hearings.updated if new["superseded_by"] not in {None, old["superseded_by"]}]
    heirs: dict[str, Row] = {}
    waiting = {row["external_id"]: row for row in news}
    followers = {row["superseded_by"] for row in news}
    for first in [row for row in news if row["external_id"] not in followers]:
        row = first
        while row["external_id"] in waiting and row["superseded_by"] not in heirs:
            heir = by_id[row["superseded_by"]]
            heir |= {"calendar_uid": row["calendar_uid"], "calendar_sequence": row["calendar_sequence"] + 1}
            heirs[heir["external_id"]] = row = heir
    columns = ("id", "calendar_uid", "calendar_sequence")
    queries.update(db, BY_NAME["hearings"].table, [{name: heir[name] for name in columns} for heir in heirs.values()])


def tell(db: Session, ctx: Context, hearings: Written) -> None:
    """Say of each stored hearing that changed what happened to it; new hearings are announced by the reminders."""
    ids = {row["external_id"]: row["id"] for row in hearings.rows}
    for old, new in hearings.updated:
        for change in _changes(old, new, ids):
            alerting.hearing_changed(db, ctx, change)


def _changes(old: Row, new: Row, ids: dict[str, int]) -> Iterator[HearingChange]:
    if new["superseded_by"] not in {None, old["superseded_by"]}:
        yield HearingChange(new["id"], "moved", replacement_id=ids[new["superseded_by"]], old_starts_at=old["starts_at"])
    elif _state(old) != _state(new):
        if _state(new) == (None, None):
            yield HearingChange(new["id"], "added")
        else:
            yield HearingChange(new["id"], "cancelled" if new["outcome"] in CALLED_OFF else "outcome")
    elif is_elsewhere(old, new):
        yield HearingChange(new["id"], "moved", old_version=old["version"], old_starts_at=old["starts_at"])


def _state(row: Row) -> tuple[object, object]:
    return row["outcome"], row["superseded_by"]
