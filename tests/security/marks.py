"""Marked values that share digits which every spelling and every script keeps, so that large files are searched quickly.

A marked text is found even where only a piece of it stands. Secrets that the program makes itself, and values of a fixed form (keys, phone
numbers, dates), hold no such digits and are looked for as they are.
"""

import base64
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.canaries import encodings

PIECE = "piece"
"""What is found where the shared digits stand without those of one value."""
LONG, SHORT = 12, 4
WINDOW = 256


def _digits(count: int) -> str:
    """Return digits without zeros, which nothing takes for the beginning of a phone number."""
    return "".join(secrets.choice("123456789") for _ in range(count))


@dataclass(slots=True)
class Marks:
    """The marked values of one journey by their kind; several values of one kind are told apart by what follows a ``#``."""

    texts: dict[str, str] = field(default_factory=dict)
    exact: dict[str, str] = field(default_factory=dict)
    head: str = field(default_factory=lambda: _digits(LONG))
    tail: str = field(default_factory=lambda: _digits(SHORT))
    tokens: dict[str, str] = field(default_factory=dict)
    _needles: tuple[dict[bytes, str], tuple[str, ...]] = ({}, ())

    def text(self, kind: str, pattern: str = "Žućko {} Đž") -> str:
        """Return a new marked text; ``pattern`` says what stands around its digits, by default letters of two scripts."""
        self.tokens[kind] = f"{self.head}{len(self.tokens) + 111:03}{self.tail}"
        self.texts[kind] = pattern.format(self.tokens[kind])
        return self.texts[kind]

    def know(self, kind: str, value: str) -> str:
        """Look for a value as it is, and return it."""
        self.exact[kind] = value
        return value

    def __getitem__(self, kind: str) -> str:
        """Return the value of a kind."""
        return self.texts.get(kind) or self.exact[kind]

    def by_kind(self) -> dict[str, list[str]]:
        """Return every value, those of one kind together."""
        found: dict[str, list[str]] = {}
        for kind, value in (*self.texts.items(), *self.exact.items()):
            found.setdefault(kind.partition("#")[0], []).append(value)
        return found

    def _sought(self) -> dict[bytes, str]:
        """Return every form of what is looked for as it is; made anew only when there is more to look for."""
        if len(self._needles[1]) != len(self.exact):
            forms = {needle: kind for kind, value in self.exact.items() for needle in _as_it_is(value)}
            self._needles = (forms, tuple(self.exact))
        return self._needles[0]

    def found_in(self, data: bytes) -> set[str]:
        """Return the kinds of which a value stands in ``data``, in any spelling, script or encoding."""
        found = {kind for needle, kind in self._sought().items() if needle in data}
        around = b"\0".join(window for sign in set(encodings(self.head)) for window in _around(sign, data))
        if around:
            whole = {kind for kind, token in self.tokens.items() if any(needle in around for needle in set(encodings(token)))}
            found |= whole or {PIECE}
        return {kind.partition("#")[0] for kind in found}

    def found_in_all(self, heap: Mapping[str, list[bytes]]) -> dict[str, set[str]]:
        """Return what was found at each place of a heap, without the places where nothing was."""
        found = {place: self.found_in(b"\0".join(dict.fromkeys(pieces))) for place, pieces in heap.items()}
        return {place: kinds for place, kinds in found.items() if kinds}


def _around(sign: bytes, data: bytes) -> Iterator[bytes]:
    """Yield what stands around each place of ``data`` where a sign stands, wide enough for the longest encoding of a mark."""
    place = data.find(sign)
    while place >= 0:
        yield data[max(0, place - WINDOW) : place + WINDOW]
        place = data.find(sign, place + len(sign))


def _as_it_is(value: str) -> Iterator[bytes]:
    """Yield the forms of a value that has one spelling; of a phone number those without its country too."""
    bare = value.removeprefix("+381")
    plain = bare.encode()
    yield from (plain, plain.hex().encode(), plain.hex().upper().encode())
    for shift in range(3):
        blurred = base64.b64encode(bytes(shift) + plain)
        yield blurred[(0, 2, 3)[shift] : len(blurred) - 4]
    if quote(bare) != bare:
        yield quote(bare).encode()
