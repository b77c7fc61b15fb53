"""Reduce a case that is long over to one row for the figures, without an id or a date of the record."""

import secrets

from sqlmodel import Session

from tracker.domain.clocks import course
from tracker.domain.facts import ProceedingFacts
from tracker.domain.remainder import is_over, kept
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.erasing import blank_messages
from tracker.services.tombstones import index_of
from tracker.storage.queries import erasing, remainders, retention, tombstones

KEY_BYTES = 12


def reduce_case(db: Session, ctx: Context, key: int, facts: ProceedingFacts) -> bool:
    """Put a remainder in the place of a proceeding, inside the caller's transaction; false where one of its clocks still runs."""
    today = ctx.office_today()
    clocks = kept(course(facts, today), today)
    if not is_over(clocks):
        return False
    name, court, victims = retention.case_rows(db, key)
    row = {
        "key": fresh_key(),
        "lead_offence": str(facts.lead_offence),
        "court_id": court,
        "disposition_mode": None if facts.disposition_mode is None else str(facts.disposition_mode),
        "people": retention.people_only_here(db, key, today),
        "clocks": clocks,
    }
    audit.forget(db, ctx, case=name)
    blank_messages(db, ctx, erasing.about_case(db, key))
    erasing.delete_case(db, key)
    remainders.insert(db, [row])
    tombstones.bury(db, [index_of(ctx.keys, "proceeding", name), *(index_of(ctx.keys, "victim", victim) for victim in victims)])
    return True


def shuffle(ctx: Context) -> None:
    """Let neither key nor place of a remainder tell when its case was reduced."""
    with ctx.database.writing() as db:
        remainders.shuffle(db, fresh_key)


def fresh_key() -> str:
    """Return a new key that says nothing."""
    return secrets.token_hex(KEY_BYTES)
