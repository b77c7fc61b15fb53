"""The names under which people know a case and a victim: opened from their seals, for eyes only."""

from dataclasses import dataclass, field
from typing import Protocol

from tracker.privacy import places


@dataclass(frozen=True, slots=True)
class CaseName:
    """How a page calls a proceeding: ``ref`` in addresses, ``label`` (the court's number, else the file's own) for people."""

    ref: str
    label: str = field(repr=False)


class Opener(Protocol):
    """Whatever opens seals: the key ring, or what shows broken ones as such."""

    def open(self, where: str, row: str, blob: bytes) -> str:
        """Return the text that was sealed for this place."""
        ...


def case_name(keys: Opener, ref: str, external_id: str, number_ref: str | None, number: bytes | None) -> CaseName:
    """Return the name of a proceeding; without a case number, the name of its file."""
    if number_ref is None or number is None:
        return CaseName(ref, external_id)
    return CaseName(ref, keys.open(places.CASE_NUMBER_TEXT, number_ref, number))


def victim_name(keys: Opener, external_id: str, pseudonym: bytes | None) -> str:
    """Return the pseudonym of a victim; without one, the name of her entry in the file."""
    return external_id if pseudonym is None else keys.open(places.VICTIM_PSEUDONYM, external_id, pseudonym)
