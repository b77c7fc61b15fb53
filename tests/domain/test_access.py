"""Who may do what, as a table that a lawyer can read and sign."""

import re
from pathlib import Path

import pytest

from tracker.domain.access import _TABLE, PERMISSIONS, Permission, Relation, may, relations
from tracker.domain.codes.people import Role

DOCUMENT = Path(__file__).parents[2] / "docs/access.md"
CASE = {Permission.SEE_CASES, Permission.ACT_ON_FLAGS, Permission.WRITE_RECORD, Permission.REVEAL_IDENTITIES, Permission.SEE_WHO_LOOKED}


def test_the_table_is_the_one_that_people_read() -> None:
    """A permission given or taken away changes the document, or does not happen."""
    found = re.search(r"```\n(permission .*?)\n```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)

    assert found is not None
    assert found[1].split("\n") == _TABLE.strip().split("\n")


def test_every_role_and_permission_has_its_place() -> None:
    """A new one begins with nothing, but is written down."""
    assert set(PERMISSIONS) == set(Role)
    assert {line.split()[0] for line in _TABLE.strip().splitlines()[1:]} == set(Permission)


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_in_particular_may_nothing(permission: Permission) -> None:
    """Without a role there is no permission."""
    assert not may(None, permission)
    assert relations(None, permission) == frozenset()


def test_what_concerns_a_case_always_names_how_one_stands_to_it() -> None:
    """No role sees every case, and nothing else asks for a case."""
    for given in PERMISSIONS.values():
        for permission, found in given.items():
            assert (Relation.ANY in found) is (permission not in CASE), permission


def test_the_sentences_of_the_house() -> None:
    """Administrators, stewards and analysts see no case; who opened one only reads it; a team is a supervisor's."""
    assert not any(PERMISSIONS[role].keys() & CASE for role in (Role.ADMIN, Role.STEWARD, Role.ANALYST))
    assert not any(Relation.OPENED in relations(role, Permission.ACT_ON_FLAGS) for role in Role)
    assert {role for role in Role for each in PERMISSIONS[role].values() if Relation.TEAM in each} == {Role.SUPERVISOR}
    assert may(Role.ANALYST, Permission.SEE_INTERNAL_FIGURES)
    assert not may(Role.ADMIN, Permission.SEE_INTERNAL_FIGURES)
    assert {role for role in Role if may(role, Permission.MANAGE_PEOPLE)} == {Role.ADMIN}
    assert {role for role in Role if may(role, Permission.KEEP_CONSENT)} == {Role.STEWARD}
