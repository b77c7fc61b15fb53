"""Who may do what, and in whose cases: one table, readable by a lawyer. What is not in it is forbidden.

Relations to a case: OWN, I am assigned to it today; TEAM, somebody is whose supervisor I am; OPENED, I opened it without being
assigned, with a reason, for four hours, and supervisors were told. ANY: no case is involved.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from tracker.domain.codes.people import Role


class Permission(StrEnum):
    """One thing that a page may need."""

    SEE_CASES = "see-cases"
    ACT_ON_FLAGS = "act-on-flags"
    WRITE_RECORD = "write-record"
    REVEAL_IDENTITIES = "reveal-identities"
    OPEN_CASE = "open-case"
    SEE_WHO_LOOKED = "see-who-looked"
    SEE_FIGURES = "see-figures"
    SEE_INTERNAL_FIGURES = "see-internal-figures"
    SEE_OWN_MESSAGES = "see-own-messages"
    KEEP_FEED = "keep-feed"
    KEEP_OWN_ACCOUNT = "keep-own-account"
    CHOOSE_LANGUAGE = "choose-language"
    KEEP_CONSENT = "keep-consent"
    SEE_DATA_QUALITY = "see-data-quality"
    MANAGE_PEOPLE = "manage-people"
    SEE_SETTINGS = "see-settings"


class Relation(StrEnum):
    """How somebody stands to a case."""

    OWN = "own"
    TEAM = "team"
    OPENED = "opened"
    ANY = "any"


_TABLE = """
permission            ADVOCATE     LAWYER       SUPERVISOR        ANALYST  STEWARD  ADMIN
see-cases             own opened   own opened   own team opened   -        -        -
act-on-flags          own          own          own team          -        -        -
write-record          own          own          own team          -        -        -
reveal-identities     own opened   own opened   own team opened   -        -        -
open-case             any          any          any               -        -        -
see-who-looked        -            -            own team          -        -        -
see-figures           any          any          any               any      any      any
see-internal-figures  any          any          any               any      -        -
see-own-messages      any          any          any               any      any      any
keep-feed             any          any          any               any      any      any
keep-own-account      any          any          any               any      any      any
choose-language       any          any          any               any      any      any
keep-consent          -            -            -                 -        any      -
see-data-quality      -            -            -                 -        any      -
manage-people         -            -            -                 -        -        any
see-settings          -            -            -                 -        -        any
"""


def _read(table: str) -> Mapping[Role, Mapping[Permission, frozenset[Relation]]]:
    """Read the table above; a word that is none of ours stops the program."""
    head, *lines = table.strip().splitlines()
    starts = {Role(name): head.index(name) for name in head.split()[1:]}
    ends = dict(zip(starts, [*list(starts.values())[1:], None], strict=True))
    found: dict[Role, dict[Permission, frozenset[Relation]]] = {role: {} for role in starts}
    for line in lines:
        permission = Permission(line.split()[0])
        for role, start in starts.items():
            words = line[start : ends[role]].split()
            if words != ["-"]:
                found[role][permission] = frozenset(Relation(word) for word in words)
    return MappingProxyType({role: MappingProxyType(given) for role, given in found.items()})


PERMISSIONS = _read(_TABLE)


def may(role: Role | None, permission: Permission) -> bool:
    """Tell whether a role has a permission at all; nobody in particular has none."""
    return role is not None and permission in PERMISSIONS[role]


def relations(role: Role | None, permission: Permission) -> frozenset[Relation]:
    """Return the relations to a case in which a role has a permission."""
    return frozenset() if role is None else PERMISSIONS[role].get(permission, frozenset())
