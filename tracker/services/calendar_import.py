"""Import a court's published calendar: the whole of it or nothing."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.calendar_changes import BRAKE_PERCENT, Capture
from tracker.domain.errors import ConflictError, InvalidInputError, Problem
from tracker.domain.folding import fold
from tracker.formats.court_csv import CourtCalendar, RowProblem, read
from tracker.formats.layouts import READY_MADE, load_layout
from tracker.schemas.columns import TEXT
from tracker.services import audit
from tracker.services.calendar_comparison import Comparison, Showing, compare
from tracker.services.calendar_writing import CalendarWriter
from tracker.services.context import Context
from tracker.storage.queries import court_hearings as queries
from tracker.storage.queries.court_hearings import CourtRow
from tracker.storage.tables.hearings import CalendarCapture


@dataclass(frozen=True, slots=True)
class CalendarImport:
    """What to import: a file, the court that showed it (by name, in any spelling) and when (default: now).

    ``mapping`` is a layout's name or file, ``replace`` lets a document through that the brake would stop.
    """

    path: Path
    court: str
    captured_at: datetime | None = None
    mapping: str = READY_MADE
    replace: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class CalendarReport:
    """What the calendar changed, or would have; with ``errors`` it changed nothing.

    Each row counts once: ``rows`` = added + moved + unchanged + outcomes + ignored. ``cancelled`` are hearings without a row.
    """

    rows: int = 0
    added: int = 0
    moved: int = 0
    cancelled: int = 0
    unchanged: int = 0
    outcomes: int = 0
    ignored: int = 0
    errors: tuple[RowProblem, ...] = field(default=())

    def as_json(self) -> Mapping[str, object]:
        """Return the report as the command line promises it."""
        return asdict(self)


def import_calendar(ctx: Context, wanted: CalendarImport) -> CalendarReport:
    """Bring the record to what the court shows: new hearings, moved ones, cancelled ones, outcomes; all or nothing.

    Raises:
        InvalidInputError: the layout cannot be used, or the court's name is empty.
        ConflictError: several courts have that name.
    """
    layout = load_layout(wanted.mapping)
    with ctx.database.reading() as db:
        court = _court(db, wanted.court)
    zone = ZoneInfo(court.timezone if court else layout.zone or ctx.pack.timezone)
    try:
        calendar = read(wanted.path, layout, zone, is_this_court=lambda name: fold(name) == fold(wanted.court))
    except InvalidInputError as refused:
        return CalendarReport(errors=tuple(RowProblem(None, None, f"{problem.path}: {problem.message}") for problem in refused.problems))
    if calendar.problems:
        return CalendarReport(rows=calendar.count, errors=tuple(calendar.problems))
    at = wanted.captured_at or ctx.now()
    showing = Showing(calendar.rows, layout, zone, Capture(at, at.astimezone(zone).date()))
    with ctx.database.reading() if wanted.dry_run else ctx.database.writing() as db:
        return _import(db, ctx, wanted, (calendar, showing))


def _import(db: Session, ctx: Context, wanted: CalendarImport, shown: tuple[CourtCalendar, Showing]) -> CalendarReport:
    calendar, showing = shown
    court = _court(db, wanted.court)
    comparison = compare(db, ctx.keys, court.id if court else None, showing)
    refusal = None if wanted.replace else _refusal(db, court, calendar, showing, comparison)
    report = _report(calendar, comparison, refusal)
    if refusal is None and not wanted.dry_run:
        court_id = court.id if court else _new_court(db, wanted.court, showing.zone)
        CalendarWriter(db, ctx, court_id, showing, comparison).write()
        _note_capture(db, ctx, court_id, showing.capture.at, calendar.sha256, report)
    return report


def _court(db: Session, name: str) -> CourtRow | None:
    folded = fold(name)[:TEXT]
    if not folded or len(name) > TEXT:
        raise InvalidInputError([Problem("--court", f"expected the name of a court, of at most {TEXT} characters")])
    found = queries.courts_named(db, folded)
    exact = [court for court in found if court.name == name] or found
    if len(exact) > 1:
        raise ConflictError("several courts have this name; rename all but one of them first")
    return exact[0] if exact else None


def _refusal(db: Session, court: CourtRow | None, calendar: CourtCalendar, showing: Showing, comparison: Comparison) -> str | None:
    """Return why a calendar that can be read should still not be believed."""
    if not calendar.rows:
        return "no row can be read; nothing was changed. If the court really lists nothing, say --replace"
    newest = queries.newest_capture(db, court.id) if court else None
    if newest is not None and showing.capture.at < newest:
        return "a newer calendar of this court was imported already; nothing was changed. To go back to this one, say --replace"
    plan = comparison.plan
    if plan.brakes(comparison.upcoming):
        share = f"{len(plan.cancelled)} of the court's {comparison.upcoming} upcoming hearings (more than {BRAKE_PERCENT} %)"
        return f"it would cancel {share}; nothing was changed. If that is right, say --replace"
    return None


def _report(calendar: CourtCalendar, comparison: Comparison, refusal: str | None) -> CalendarReport:
    plan = comparison.plan
    return CalendarReport(
        rows=calendar.count,
        added=len(plan.added),
        moved=len(plan.moved),
        cancelled=len(plan.cancelled),
        unchanged=plan.unchanged,
        outcomes=len(plan.outcomes),
        ignored=plan.ignored,
        errors=() if refusal is None else (RowProblem(None, None, refusal),),
    )


def _new_court(db: Session, name: str, zone: ZoneInfo) -> int:
    values = {"name": name, "name_folded": fold(name)[:TEXT], "timezone": zone.key}
    return queries.add_court(db, {"external_id": uuid.uuid4().hex, "is_external_id_generated": True, **values})


def _note_capture(db: Session, ctx: Context, court_id: int, at: datetime, sha256: str, report: CalendarReport) -> None:
    """Keep where the hearings were learnt from, and when: a source that stops coming is seen by it."""
    if queries.has_capture(db, court_id, at, sha256):
        return
    counts = {name: getattr(report, name) for name in ("rows", "added", "moved", "cancelled", "unchanged", "outcomes", "ignored")}
    where = {"court_id": court_id, "captured_at": at.astimezone(UTC), "imported_at": ctx.now(), "sha256": sha256}
    queries.insert(db, CalendarCapture, [where | counts])
    audit.note(db, ctx, "calendar.imported", subject=("calendar", sha256), details=counts)
