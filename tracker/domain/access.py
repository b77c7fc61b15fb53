"""Who may do what: one table, readable by a lawyer. What is not in it is forbidden."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from tracker.domain.codes.people import Role


class Permission(StrEnum):
    """One thing that a page may need; permissions on cases hold only for proceedings that the person is assigned to."""

    SEE_CASES = "see-cases"
    ACT_ON_FLAGS = "act-on-flags"
    SEE_FIGURES = "see-figures"
    SEE_OWN_MESSAGES = "see-own-messages"
    KEEP_FEED = "keep-feed"
    CHOOSE_LANGUAGE = "choose-language"
    KEEP_CONSENT = "keep-consent"


_EVERYBODY = frozenset({Permission.SEE_FIGURES, Permission.SEE_OWN_MESSAGES, Permission.KEEP_FEED, Permission.CHOOSE_LANGUAGE})
_ON_CASES = _EVERYBODY | {Permission.SEE_CASES, Permission.ACT_ON_FLAGS}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADVOCATE: _ON_CASES,
        Role.LAWYER: _ON_CASES,
        Role.SUPERVISOR: _ON_CASES,
        Role.STEWARD: _EVERYBODY | {Permission.KEEP_CONSENT},
        Role.ANALYST: _EVERYBODY,
        Role.ADMIN: _EVERYBODY,
    }
)


def may(role: Role | None, permission: Permission) -> bool:
    """Tell whether a role has a permission; nobody in particular has none."""
    return role is not None and permission in PERMISSIONS[role]
