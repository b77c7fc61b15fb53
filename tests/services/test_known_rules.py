"""Tests of the rules by code."""

from tracker.domain.codes.people import AssignedAs
from tracker.services.known_rules import rules_by_code, told_to


def test_every_rule_is_found_by_its_code() -> None:
    """The code is the key."""
    assert rules_by_code()["confrontation"].code == "confrontation"


def test_each_capacity_has_its_rules() -> None:
    """As the rules page says: a missing outcome is the advocate's to find out, not the lawyer's."""
    told = told_to()

    assert "outcome-missing" in told[AssignedAs.ADVOCATE]
    assert "outcome-missing" not in told[AssignedAs.LAWYER]
    assert "no-special-status" in told[AssignedAs.LAWYER]
