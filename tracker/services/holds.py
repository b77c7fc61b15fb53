"""Keep a case back from retention: nothing of it goes until the hold is released."""

from dataclasses import dataclass, field
from datetime import datetime

from tracker.domain.errors import InvalidInputError, NotFoundError, Problem
from tracker.privacy.places import LEGAL_HOLD_REASON
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import holds as queries

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Hold:
    """One case that is kept back."""

    proceeding: str
    placed_at: datetime
    reason: str = field(repr=False)


def place(ctx: Context, proceeding: str, reason: str) -> None:
    """Keep a case back, with a reason; a case that is kept back already gets the new reason.

    Raises:
        NotFoundError: there is no such proceeding.
        InvalidInputError: there is no reason, or a very long one.
    """
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise InvalidInputError([Problem("reason", f"expected a reason of at most {LONGEST_REASON} characters")])
    with ctx.database.writing() as db:
        key = _key(queries.key_of(db, proceeding))
        queries.release(db, key)
        queries.place(db, key, ctx.keys.seal(LEGAL_HOLD_REASON, proceeding, words), ctx.now())
        audit.note(db, ctx, "hold.placed", case=proceeding, reason=words)


def release(ctx: Context, proceeding: str) -> bool:
    """Let a case go its way again, and tell whether it was kept back.

    Raises:
        NotFoundError: there is no such proceeding.
    """
    with ctx.database.writing() as db:
        was_held = queries.release(db, _key(queries.key_of(db, proceeding)))
        if was_held:
            audit.note(db, ctx, "hold.released", case=proceeding)
    return was_held


def listed(ctx: Context) -> list[Hold]:
    """Return every case that is kept back, the oldest hold first."""
    with ctx.database.reading() as db:
        return [Hold(name, at, ctx.keys.open(LEGAL_HOLD_REASON, name, sealed)) for name, at, sealed in queries.listed(db)]


def _key(found: int | None) -> int:
    if found is None:
        raise NotFoundError("there is no proceeding of that id")
    return found
