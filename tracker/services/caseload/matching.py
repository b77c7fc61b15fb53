"""Find again, among stored rows, those that a document speaks of."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

R = TypeVar("R", bound=Mapping[str, Any])


def partners(wanted: Sequence[R], stored: Sequence[R], keys: Sequence[Sequence[str]]) -> list[R | None]:
    """Return for each wanted row the stored one that it means, or ``None``; a stored row is given away once.

    ``keys`` are names of columns, tried in turn over all rows: what agrees in the first key is paired before the second is asked.
    Rows that agree in a key are paired in their order.
    """
    found: list[R | None] = [None] * len(wanted)
    taken: set[int] = set()
    for key in keys:
        shelves: defaultdict[tuple[object, ...], deque[int]] = defaultdict(deque)
        for index, row in enumerate(stored):
            if index not in taken:
                shelves[_values(row, key)].append(index)
        for index, row in enumerate(wanted):
            if found[index] is None and (shelf := shelves.get(_values(row, key))):
                taken.add(shelf[0])
                found[index] = stored[shelf.popleft()]
    return found


def _values(row: Mapping[str, Any], key: Sequence[str]) -> tuple[object, ...]:
    return tuple(row[name] for name in key)
