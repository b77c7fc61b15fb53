"""Marked values that share digits which every spelling and every script keeps, so that large files are searched quickly.

A marked text is found even where only a piece of it stands. Secrets that the program makes itself, and values of a fixed form (keys, phone
numbers, dates), hold no such digits and are looked for as they are.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from tests.canaries import encodings

PIECE = "piece"
"""What is found where the shared digits stand without those of one value."""
LONG, SHORT = 12, 4


def _digits(count: int) -> str:
    """Return digits without zeros, which nothing takes for the beginning of a phone number."""
    return "".join(secrets.choice("123456789") for _ in range(count))


@dataclass
class Marks:
    """The marked values of one journey by their kind; several values of one kind are told apart by what follows a ``#``."""

    texts: dict[str, str] = field(default_factory=dict)
    exact: dict[str, str] = field(default_factory=dict)
    head: str = field(default_factory=lambda: _digits(LONG))
    tail: str = field(default_factory=lambda: _digits(SHORT))
    tokens: dict[str, str] = field(default_factory=dict)

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

    @property
    def kinds(self) -> set[str]:
        """Return every kind that has a value."""
        return {kind.partition("#")[0] for kind in (*self.texts, *self.exact)}

    @cached_property
    def _signs(self) -> frozenset[bytes]:
        return frozenset(encodings(self.head))

    def found_in(self, data: bytes) -> set[str]:
        """Return the kinds of which a value stands in ``data``, in any spelling, script or encoding."""
        found = {kind for kind, value in self.exact.items() if any(needle in data for needle in _as_it_is(value))}
        if any(sign in data for sign in self._signs):
            whole = {kind for kind, token in self.tokens.items() if any(needle in data for needle in set(encodings(token)))}
            found |= whole or {PIECE}
        return {kind.partition("#")[0] for kind in found}

    def found_in_all(self, heap: Mapping[str, list[bytes]]) -> dict[str, set[str]]:
        """Return what was found at each place of a heap, without the places where nothing was."""
        found = {place: set().union(*map(self.found_in, pieces)) for place, pieces in heap.items()}
        return {place: kinds for place, kinds in found.items() if kinds}


def _as_it_is(value: str) -> Iterator[bytes]:
    """Yield the forms of a value that has one spelling; of a phone number those without its country too."""
    bare = value.removeprefix("+381")
    yield from encodings(bare)
    if quote(bare) != bare:
        yield quote(bare).encode()
