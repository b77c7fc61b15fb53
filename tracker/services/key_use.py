"""Which keys are in use, by how many values, and which values cannot be read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.privacy.keys import KeyRing, MissingKeyError, SealBrokenError
from tracker.services.context import Context
from tracker.services.unsealing import reference
from tracker.storage.queries import sealed_values
from tracker.storage.sealed_columns import SealedColumn, sealed_columns

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One key: ``values`` is how many sealed values name it."""

    id: int
    is_current: bool
    is_in_ring: bool
    values: int

    @property
    def is_missing(self) -> bool:
        """Tell whether values need it and nobody has it."""
        return bool(self.values) and not self.is_in_ring


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One value that cannot be read: where it lies, and the reference under which pages speak of it."""

    place: str
    row_id: int
    reference: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at every sealed value found; ``missing`` maps the number of a lost key to how many values need it."""

    values: int
    broken: tuple[Unreadable, ...]
    missing: dict[int, int]


def key_use(ctx: Context) -> tuple[KeyUse, ...]:
    """Return every key of the ring and every key that a value names, in order of number."""
    values: Counter[int] = Counter()
    with ctx.database.reading() as db:
        for column in sealed_columns():
            values.update({key: count for key, count in sealed_values.by_key(db, column).items() if key is not None})
    ring = ctx.keys.ids
    return tuple(KeyUse(key, key == ctx.keys.current, key in ring, values[key]) for key in sorted({*values, *ring}))


def check(ctx: Context) -> Checked:
    """Open every sealed value once, and return those that do not open; nothing that was opened is kept."""
    values, broken, missing = 0, list[Unreadable](), Counter[int]()
    for column in sealed_columns():
        for value in _values(ctx, column):
            values += 1
            try:
                ctx.keys.open(column.place, value.row, value.blob)
            except MissingKeyError as lost:
                missing[lost.key_id] += 1
            except SealBrokenError:
                broken.append(Unreadable(column.place, value.id, reference(ctx.keys, column.place, value.row)))
    return Checked(values, tuple(broken), dict(sorted(missing.items())))


def _values(ctx: Context, column: SealedColumn) -> Iterator[sealed_values.SealedValue]:
    """Yield every value of a column, a batch a transaction."""
    after = 0
    while True:
        with ctx.database.reading() as db:
            found = sealed_values.batch(db, column, None, after, BATCH)
        yield from found
        if not found:
            return
        after = found[-1].id


def opens(keys: KeyRing, column: SealedColumn, value: sealed_values.SealedValue) -> str | None:
    """Return a value in clear, ``None`` where its seal is broken.

    Raises:
        MissingKeyError: its key is not in the ring.
    """
    try:
        return keys.open(column.place, value.row, value.blob)
    except SealBrokenError:
        return None
