"""Consents as the steward keeps them: given, renewed, withdrawn, each entry by a reference that says nothing.

The reference is derived from the entry's external id with the office's keys, so that a steward reads no id that others gave.
Whoever withdraws, withdraws everywhere: all entries of the same person go together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from tracker.domain.access import Permission, may
from tracker.domain.consent import Consent, ConsentScope, ConsentState, erase_by, state
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem
from tracker.domain.retention import years_after
from tracker.privacy.places import CONSENT_REFERENCE
from tracker.schemas.consent import GivenFields
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import consents as queries
from tracker.storage.queries.consents import Act, Entry
from tracker.storage.queries.due import mark_due

REFERENCE_LETTERS = 12
URGENCY = {each: place for place, each in enumerate(ConsentState)}


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One entry as the steward sees it; ``erase_by`` is the last day on which a withdrawn one may still be there."""

    reference: str
    state: ConsentState
    consent: Consent
    erase_by: date | None
    is_held: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act of consent, as it was entered."""

    scope: ConsentScope
    given_on: date | None
    expires_on: date | None
    withdrawn_on: date | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """One entry with the history of its consent; ``entries`` counts all entries of the same person."""

    line: ConsentLine
    history: tuple[HistoryLine, ...]
    entries: int
    longest_until: date


def reference(ctx: Context, external_id: str) -> str:
    """Return what the steward's pages call a victim's entry."""
    return ctx.keys.index(CONSENT_REFERENCE, external_id).hex()[:REFERENCE_LETTERS]


def listed(ctx: Context) -> list[ConsentLine]:
    """Return every entry, the most urgent first, and of equal ones the one that ends first.

    Raises:
        ForbiddenError: who acts does not keep consents.
    """
    _require_keeper(ctx)
    with ctx.database.writing() as db:
        found = [_line(ctx, entry) for entry in queries.entries(db)]
        audit.note(db, ctx, "consents.read", details={"entries": len(found)})
    return sorted(found, key=lambda line: (URGENCY[line.state], line.consent.expires_on or date.max, line.reference))


def one(ctx: Context, ref: str) -> ConsentPage:
    """Return one entry with the history of its consent.

    Raises:
        NotFoundError: there is none of that reference, or who acts does not keep consents.
    """
    _require_keeper(ctx)
    with ctx.database.reading() as db:
        entry = _named(db, ctx, ref)
        history = tuple(_told(act) for act in queries.history(db, entry.id))
        entries = len(queries.of_same_person(db, entry.external_id))
    return ConsentPage(_line(ctx, entry), history, entries, years_after(ctx.office_today(), ctx.pack.retention.consent_years))


def give(ctx: Context, ref: str, entered: Mapping[str, Any]) -> None:
    """Enter a consent that was given or renewed in writing, for one entry; it lifts an earlier withdrawal.

    Raises:
        NotFoundError: there is no such entry, or who acts does not keep consents.
        InvalidInputError: a date is missing or cannot be (each problem names its field).
    """
    _require_keeper(ctx)
    given = checked(ctx, entered)
    with ctx.database.writing() as db:
        entry = _named(db, ctx, ref)
        dates = {"given_on": given.given_on, "expires_on": given.expires_on, "withdrawn_on": None}
        values = {f"consent_{name}": value for name, value in dates.items()} | {"consent_statistics": given.statistics}
        queries.change(db, [entry.id], values)
        scopes = [ConsentScope.RECORD, *([ConsentScope.STATISTICS] if given.statistics else [])]
        queries.note(db, [_act(ctx, entry.id, scope, **dates) for scope in scopes])
        mark_due(db, [entry.proceeding_id])
        details = {"scopes": [scope.value for scope in scopes]}
        audit.note(db, ctx, "consent.given", case=entry.proceeding, subject=("victim", entry.external_id), details=details)


def withdraw(ctx: Context, ref: str, scope: ConsentScope) -> None:
    """Enter today's withdrawal of a consent, for every entry of the same person: none is counted in figures any more.

    A withdrawn RECORD starts the time within which the entries are erased. Withdrawing what is withdrawn changes nothing.

    Raises:
        NotFoundError: there is no such entry, or who acts does not keep consents.
    """
    _require_keeper(ctx)
    today = ctx.office_today()
    with ctx.database.writing() as db:
        entry = _named(db, ctx, ref)
        entries = [each for each in queries.of_same_person(db, entry.external_id) if not _is_withdrawn(each.consent, scope)]
        if not entries:
            return
        values: dict[str, object] = {"consent_statistics": False}
        if scope is ConsentScope.RECORD:
            values["consent_withdrawn_on"] = today
        queries.change(db, [each.id for each in entries], values)
        queries.note(db, [_act(ctx, each.id, scope, withdrawn_on=today) for each in entries])
        mark_due(db, {each.proceeding_id for each in entries})
        for each in entries:
            told = {"scope": scope.value}
            audit.note(db, ctx, "consent.withdrawn", case=each.proceeding, subject=("victim", each.external_id), details=told)


def checked(ctx: Context, entered: Mapping[str, Any]) -> GivenFields:
    """Return what was entered about a consent, if it can be.

    Raises:
        InvalidInputError: a date is missing, in the wrong order, or further away than the pack allows.
    """
    try:
        given = GivenFields.model_validate(dict(entered))
    except ValidationError as error:
        names = {str(each["loc"][0]) for each in error.errors(include_input=False, include_url=False)}
        raise InvalidInputError([Problem(name, "expected a date") for name in sorted(names)]) from None
    today = ctx.office_today()
    problems = []
    if given.given_on > today:
        problems.append(Problem("given_on", "in the future"))
    if given.expires_on < today:
        problems.append(Problem("expires_on", "in the past"))
    elif given.expires_on > years_after(today, ctx.pack.retention.consent_years):
        problems.append(Problem("expires_on", "too far away"))
    if problems:
        raise InvalidInputError(problems)
    return given


def _require_keeper(ctx: Context) -> None:
    if not ctx.actor.is_system and not may(ctx.actor.role, Permission.KEEP_CONSENT):
        raise ForbiddenError("there is nothing here for you")


def _named(db: Session, ctx: Context, ref: str) -> Entry:
    """Return the entry of a reference: references are derived, so every entry is looked at (3 microseconds each)."""
    found = [entry for entry in queries.entries(db) if reference(ctx, entry.external_id) == ref]
    if not found:
        raise NotFoundError("there is nothing here for you")
    if len(found) > 1:
        raise ConflictError("two entries have this reference; use the command line")
    return found[0]


def _is_withdrawn(consent: Consent, scope: ConsentScope) -> bool:
    if scope is ConsentScope.RECORD:
        return consent.withdrawn_on is not None
    return not consent.statistics


def _line(ctx: Context, entry: Entry) -> ConsentLine:
    return ConsentLine(
        reference=reference(ctx, entry.external_id),
        state=state(entry.consent, ctx.office_today()),
        consent=entry.consent,
        erase_by=erase_by(entry.consent, ctx.pack.retention.withdrawn_days),
        is_held=entry.is_held,
    )


def _told(act: Act) -> HistoryLine:
    return HistoryLine(act.scope, act.given_on, act.expires_on, act.withdrawn_on, act.recorded_at)


def _act(ctx: Context, victim: int, scope: ConsentScope, **dates: date | None) -> dict[str, Any]:
    empty = {"given_on": None, "expires_on": None, "withdrawn_on": None}
    return {"victim_id": victim, "scope": scope, "recorded_at": ctx.now(), "recorded_by_id": ctx.actor.person_id, **empty, **dates}
