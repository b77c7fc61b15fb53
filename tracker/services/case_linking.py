"""Link watched cases to proceedings: what a court's calendar told of them comes along."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.folding import fold
from tracker.privacy.places import HEARING_OUTCOME_TEXT
from tracker.services.alerting import HearingChange, hearing_changed
from tracker.services.context import Context
from tracker.storage.queries import case_links as queries
from tracker.storage.queries.case_links import LinkedHearing
from tracker.storage.queries.due import mark_due


@dataclass(frozen=True, slots=True)
class LinkReport:
    """How many hearings came along, and how many of them the proceeding had already."""

    hearings: int = 0
    known: int = 0

    def plus(self, other: "LinkReport") -> "LinkReport":
        """Return both together."""
        return LinkReport(self.hearings + other.hearings, self.known + other.known)


def link(ctx: Context, number_ref: str, proceeding_ref: str) -> LinkReport:
    """Make a watched case number one of a proceeding's numbers; its hearings become the proceeding's.

    Raises:
        NotFoundError: there is no such number or proceeding.
        ConflictError: the number is another proceeding's already.
    """
    with ctx.database.writing() as db:
        number = queries.number_by_ref(db, number_ref)
        proceeding_id = queries.proceeding_by_ref(db, proceeding_ref)
        if number is None or proceeding_id is None:
            raise NotFoundError("there is no such watched case or proceeding")
        number_id, owner_id = number
        if owner_id not in {None, proceeding_id}:
            raise ConflictError("this case number is already linked to another proceeding")
        queries.give_number(db, number_id, proceeding_id)
        return _bring_along(db, ctx, number_id, (number_id, proceeding_id))


def adopt_watched(db: Session, ctx: Context, proceeding_ids: Collection[int]) -> LinkReport:
    """Link watched cases of the same court and number to proceedings that just got those numbers.

    For whoever writes case numbers, in the same transaction. The watched number itself is removed: the proceeding has its own.
    """
    report = LinkReport()
    for watched_id, number_id, proceeding_id in queries.watched_twins(db, proceeding_ids):
        report = report.plus(_bring_along(db, ctx, watched_id, (number_id, proceeding_id)))
        queries.remove_number(db, watched_id)
    return report


def _bring_along(db: Session, ctx: Context, watched_id: int, to: tuple[int, int]) -> LinkReport:
    """Hand a watched number's hearings to a (number, proceeding); one that the proceeding has already is kept once."""
    number_id, proceeding_id = to
    own = {_key(hearing): hearing for hearing in queries.hearings_of(db, proceeding_id=proceeding_id) if hearing.superseded_by_id is None}
    watched = queries.hearings_of(db, number_id=watched_id)
    twins = {hearing: own[_key(hearing)] for hearing in watched if hearing.superseded_by_id is None and _key(hearing) in own}
    changes = [change for hearing, kept in twins.items() for change in _merged(db, ctx, number_id, (hearing, kept))]
    brought = [hearing.id for hearing in watched if hearing not in twins]
    queries.write_hearings(db, brought, {"proceeding_id": proceeding_id, "case_number_id": number_id, "changed_at": ctx.now()})
    mark_due(db, [proceeding_id])
    for change in (*changes, *(HearingChange(hearing_id, "added") for hearing_id in brought)):
        hearing_changed(db, ctx, change)
    return LinkReport(len(brought), len(twins))


def _merged(db: Session, ctx: Context, number_id: int, pair: tuple[LinkedHearing, LinkedHearing]) -> Iterator[HearingChange]:
    """Keep the proceeding's own hearing, with the outcome that only the calendar knew."""
    gone, kept = pair
    values: dict[str, Any] = {"case_number_id": number_id}
    queries.replace_hearing(db, gone.id, kept.id)
    if kept.outcome is None and gone.outcome is not None:
        text = None
        if gone.outcome_text_sealed is not None:
            told = ctx.keys.open(HEARING_OUTCOME_TEXT, gone.external_id, gone.outcome_text_sealed)
            text = ctx.keys.seal(HEARING_OUTCOME_TEXT, kept.external_id, told)
        values |= {"outcome": gone.outcome, "outcome_reported_on": gone.outcome_reported_on, "outcome_text_sealed": text}
        values["changed_at"] = ctx.now()
        yield HearingChange(kept.id, "outcome")
    queries.write_hearings(db, [kept.id], values)


def _key(hearing: LinkedHearing) -> tuple[object, ...]:
    return hearing.court_id, hearing.starts_at, hearing.time_known, fold(hearing.room or "")
