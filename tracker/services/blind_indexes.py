"""Blind indexes of names: what makes two entries comparable without telling what they say."""

from tracker.domain.folding import fold, name_key
from tracker.privacy import places
from tracker.privacy.keys import KeyRing


def name_index(keys: KeyRing, where: str, name: str | None) -> bytes | None:
    """Return what a person's name or pseudonym is found by, in any spelling and order of words; ``None`` where nothing is left of it."""
    found = name_key(name or "")
    return keys.index(where, found) if found else None


def person_key(keys: KeyRing, same_person: str | None) -> str | None:
    """Return what the entries of one person in several proceedings share, as hexadecimal digits."""
    return None if same_person is None else keys.index(places.VICTIM_SAME_PERSON_INDEX, same_person).hex()


def panel_key(keys: KeyRing, panel: str | None) -> str | None:
    """Return what hearings before the same panel share, as hexadecimal digits."""
    return keys.index(places.HEARING_PANEL_INDEX, fold(panel)).hex() if panel else None
