"""Blind indexes of names: equal for one person in any spelling, different by column, and nothing for nothing."""

import pytest

from tests.factories import sealed
from tracker.privacy import places
from tracker.services.blind_indexes import name_index, panel_key, person_key

KEYS = sealed.ring(1)


def test_one_name_one_index() -> None:
    """In every spelling; as a pseudonym it has another one, so that the two cannot be compared."""
    spellings = ("Марија Ђорђевић", "Djordjević Marija", "MARIJA DJORDJEVIC")

    assert len({name_index(KEYS, places.VICTIM_NAME_INDEX, each) for each in spellings}) == 1
    assert name_index(KEYS, places.VICTIM_NAME_INDEX, spellings[0]) != name_index(KEYS, places.VICTIM_PSEUDONYM_INDEX, spellings[0])


@pytest.mark.parametrize("nothing", [None, "", "  ", "-", "…", "\ud800"])
def test_nothing_has_no_index(nothing: str | None) -> None:
    """Else everybody without a name would be found by a dash."""
    assert name_index(KEYS, places.VICTIM_NAME_INDEX, nothing) is None


def test_people_and_panels_are_told_apart() -> None:
    """As text that a query can compare; a panel in any spelling."""
    assert person_key(KEYS, "k-1") == person_key(sealed.ring(2), "k-1") != person_key(KEYS, "k-2")
    assert panel_key(KEYS, "Веће 1") == panel_key(KEYS, "veće 1") != person_key(KEYS, "Веће 1")
    assert (person_key(KEYS, None), panel_key(KEYS, None), panel_key(KEYS, "")) == (None, None, None)
    assert len(person_key(KEYS, "k-1") or "") == 32
