"""Tell on which line of a TOML file a key stands: the standard reader forgets it."""

import re
from collections import Counter

Place = tuple[str | int, ...]

_TABLE = re.compile(r"(\[\[?)([^\[\]]{1,200})\]")
_KEY = re.compile(r'([A-Za-z0-9_-]{1,80}|"[^"]{1,80}")\s?=')
_PART = re.compile(r'"([^"]{1,80})"|([A-Za-z0-9_-]{1,80})')


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, counted from 1, of every table, key and entry of a list that begins a line.

    It reads what people write, a table or key to a line; where it is fooled, only the line in a message is a neighbour's.
    """
    found: dict[Place, int] = {}
    tables: Counter[Place] = Counter()
    table: Place = ()
    at: Place = ()
    entries = 0
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if (header := _TABLE.match(stripped)) and not line.startswith(" "):
            table = _parts(header[2])
            if header[1] == "[[":
                tables[table] += 1
                table = (*table, tables[table] - 1)
            found.setdefault(table, number)
        elif key := _KEY.match(stripped):
            at, entries = (*table, *_parts(key[1])), 0
            found.setdefault(at, number)
        elif stripped.startswith(("{", "[")):
            found.setdefault((*at, entries), number)
            entries += 1
    return found


def line_of(lines: dict[Place, int], place: Place) -> int | None:
    """Return the line of the key at ``place``, else of the nearest one around it."""
    return next((lines[place[:length]] for length in range(len(place), 0, -1) if place[:length] in lines), None)


def _parts(dotted: str) -> Place:
    return tuple(quoted or plain for quoted, plain in _PART.findall(dotted))
