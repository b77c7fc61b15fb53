"""Marked values for every secret field, and a search for them in whatever left the program or lies on its disk.

A canary is searched for as it is, and as people and programs would write it: without marks, in Cyrillic or Latin, escaped,
in UTF-16, in base64 (at each of its three alignments) and in hexadecimal digits.
"""

import base64
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import cyrtranslit

from tracker.domain.folding import fold

SHORTEST = 7
"""Shorter forms would be found by chance."""


def fresh(kind: str) -> str:
    """Return a text that stands nowhere else, with letters that Serbian writes in two scripts."""
    return f"Žućko {kind}{secrets.token_hex(5)} Đž"


def fresh_phone() -> str:
    """Return a mobile number that nobody else has in these tests."""
    return f"+38164{secrets.randbelow(9_000_000) + 1_000_000}"


def spellings(text: str) -> Iterator[str]:
    """Yield a text in the ways in which it could be written down."""
    yield text
    yield from (text.casefold(), text.upper(), fold(text), quote(text), json.dumps(text)[1:-1])
    yield from (cyrtranslit.to_cyrillic(text, "sr"), cyrtranslit.to_latin(text, "sr"))
    if text.startswith("+381"):
        yield from ("0" + text.removeprefix("+381"), text.removeprefix("+381"), text[-7:])


def encodings(text: str) -> Iterator[bytes]:
    """Yield the bytes of a text in the ways in which they could be stored or sent."""
    for plain in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield plain
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        for shift in range(3):
            blurred = base64.b64encode(bytes(shift) + plain)
            yield blurred[(0, 2, 3)[shift] : len(blurred) - 4]


@dataclass(slots=True)
class Canaries:
    """The marked values of one journey, by the name of the field that holds each."""

    values: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: str | None = None) -> str:
        """Return the marked value of a field, and remember to look for it."""
        self.values[name] = fresh(name) if value is None else value
        return self.values[name]

    def needles(self) -> Mapping[bytes, str]:
        """Return every form of every value, with the name of its field."""
        return {
            needle: name
            for name, value in self.values.items()
            for text in set(spellings(value)) if len(text) >= SHORTEST
            for needle in encodings(text) if len(needle) >= SHORTEST
        }  # fmt: skip

    def found_in(self, data: bytes) -> set[str]:
        """Return the names of the fields whose values stand in ``data`` in any form."""
        return {name for needle, name in self.needles().items() if needle in data}


def files_below(folders: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """Yield every file below some folders with its content."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path, path.read_bytes()
