"""Tests of the names of cases and victims."""

from tracker.privacy.places import CASE_NUMBER_TEXT, VICTIM_PSEUDONYM
from tracker.services.case_names import case_name, victim_name
from tracker.services.context import Context


def test_a_case_is_called_by_its_number(sqlite_ctx: Context) -> None:
    """Opened from its seal; it does not print by accident."""
    keys = sqlite_ctx.keys
    name = case_name(keys, "r", "file", "n", keys.seal(CASE_NUMBER_TEXT, "n", "K 11/24"))

    assert (name.ref, name.label) == ("r", "K 11/24")
    assert "K 11/24" not in repr(name)


def test_without_a_number_the_file_stands_in(sqlite_ctx: Context) -> None:
    """Never an empty link."""
    assert case_name(sqlite_ctx.keys, "r", "file", None, None).label == "file"


def test_a_victim_is_called_by_her_pseudonym(sqlite_ctx: Context) -> None:
    """Or, without one, by her entry in the file."""
    keys = sqlite_ctx.keys

    assert victim_name(keys, "v", keys.seal(VICTIM_PSEUDONYM, "v", "Jela")) == "Jela"
    assert victim_name(keys, "v", None) == "v"
