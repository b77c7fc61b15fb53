"""The rules that this program knows, by code."""

from collections.abc import Mapping
from functools import cache

from tracker.domain.codes.people import AssignedAs
from tracker.domain.flags import FlagRule
from tracker.services.sweeping import all_rules


@cache
def rules_by_code() -> Mapping[str, FlagRule]:
    """Return every rule under its code."""
    return {rule.code: rule for rule in all_rules()}


@cache
def told_to() -> Mapping[AssignedAs, tuple[str, ...]]:
    """Return, for each capacity in which people work on a case, the codes of the rules that are theirs to act on."""
    return {role: tuple(code for code, rule in rules_by_code().items() if role in rule.tells) for role in AssignedAs}
