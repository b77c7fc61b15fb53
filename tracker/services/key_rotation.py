"""Seal everything anew under the current key, while pages and jobs go on working.

Nothing is remembered apart from the data: the second byte of a sealed value says which key it needs, so a run that was killed is
taken up by simply running again. A value is replaced only if it still is what was read, so a write that came between is never lost.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.key_use import KeyUse, key_use, opens
from tracker.storage.queries import sealed_values
from tracker.storage.queries.sealed_values import SealedValue
from tracker.storage.sealed_columns import SealedColumn, sealed_columns

BATCH = 500
"""Values a transaction: some milliseconds, in which writers wait on SQLite."""
FIRST = -1
"""Before every primary key."""
Progress = Callable[[int, int], None]
"""Told the values done and the values in all."""


@dataclass(slots=True)
class Rotated:
    """What a rotation did; ``broken`` values do not open at all, those with a ``missing`` key were left alone."""

    resealed: int = 0
    changed_meanwhile: int = 0
    broken: int = 0
    left: int = 0
    missing: dict[int, int] = field(default_factory=dict)


def rotate(ctx: Context, told: Progress = lambda _done, _all: None, *, batch: int = BATCH) -> Rotated:
    """Seal every value under the current key that is sealed under another one of the ring, ``batch`` at a time; return what was done.

    ``left`` counts what other processes sealed with an older key meanwhile: they still run with an older configuration.
    """
    outcome, stale = Rotated(), [key for key in ctx.keys.ids if key != ctx.keys.current]
    if stale:
        with ctx.database.reading() as db:
            work = [(column, sealed_values.count(db, column, stale)) for column in sealed_columns()]
        everything = sum(count for _, count in work)
        told(0, everything)
        for column, _ in [(column, count) for column, count in work if count]:
            for found in _stale(ctx, column, stale, batch):
                _rotate_batch(ctx, column, found, outcome)
                told(_done(outcome), everything)
        with ctx.database.reading() as db:
            outcome.left = sum(sealed_values.count(db, column, stale) for column in sealed_columns()) - outcome.broken
    if outcome.resealed:
        audit.record(ctx, "keys.rotated", details={"key": ctx.keys.current, "values": outcome.resealed})
    outcome.missing = {use.id: use.values for use in key_use(ctx) if use.is_missing}
    return outcome


def _done(outcome: Rotated) -> int:
    return outcome.resealed + outcome.changed_meanwhile + outcome.broken


def _stale(ctx: Context, column: SealedColumn, stale: Sequence[int], size: int) -> Iterator[list[SealedValue]]:
    """Yield the values of a column that are to be sealed anew, a batch a transaction."""
    after = FIRST
    while True:
        with ctx.database.reading() as db:
            found = sealed_values.batch(db, column, stale, after, size)
        if not found:
            return
        yield found
        after = found[-1].id


def _rotate_batch(ctx: Context, column: SealedColumn, found: Sequence[SealedValue], outcome: Rotated) -> None:
    pairs = _resealed(ctx, column, found)
    with ctx.database.writing() as db:
        replaced = sealed_values.replace(db, column, pairs)
    outcome.resealed += replaced
    outcome.changed_meanwhile += len(pairs) - replaced
    outcome.broken += len(found) - len(pairs)


def _resealed(ctx: Context, column: SealedColumn, values: Sequence[SealedValue]) -> list[tuple[SealedValue, bytes]]:
    opened = [(value, opens(ctx.keys, column, value)) for value in values]
    return [(value, ctx.keys.seal(column.place, value.row, text)) for value, text in opened if text is not None]


def require_unused(ctx: Context, key_id: int) -> None:
    """Do nothing where a key may be taken out of the ring.

    Raises:
        NotFoundError: the ring has no such key.
        ConflictError: it is the current one, or values still need it.
    """
    use = next((each for each in key_use(ctx) if each.id == key_id and each.is_in_ring), None)
    if use is None:
        raise NotFoundError(f"the ring has no key {key_id}")
    _refuse_if_needed(use)


def _refuse_if_needed(use: KeyUse) -> None:
    if use.is_current:
        raise ConflictError(f"key {use.id} is the current one: `tracker keys use` another one first")
    if use.values:
        raise ConflictError(f"{use.values} values are still sealed with key {use.id}: run `tracker keys rotate` first")
