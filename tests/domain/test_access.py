"""Who may do what, as a table that a lawyer can read and sign."""

import pytest

from tracker.domain.access import PERMISSIONS, Permission, may
from tracker.domain.codes.people import Role

SIGNED = """
                   ADVOCATE  LAWYER  SUPERVISOR  ANALYST  STEWARD  ADMIN
see-cases             x        x         x
act-on-flags          x        x         x
see-figures           x        x         x          x        x       x
see-own-messages      x        x         x          x        x       x
keep-feed             x        x         x          x        x       x
choose-language       x        x         x          x        x       x
keep-consent                                                 x
"""


def test_the_table_is_the_signed_one() -> None:
    """A permission given or taken away changes this test, or does not happen."""
    head, *lines = SIGNED.strip("\n").splitlines()
    columns = {Role(name): head.index(name) + (len(name) + 1) // 2 for name in head.split()}
    signed = {
        (Permission(line.split()[0]), role)
        for line in lines for role, column in columns.items()
        if "x" in line[column - 3 : column + 3]
    }  # fmt: skip

    assert {(permission, role) for role, given in PERMISSIONS.items() for permission in given} == signed


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_in_particular_may_nothing(permission: Permission) -> None:
    """Without a role there is no permission."""
    assert not may(None, permission)


def test_every_role_has_its_line() -> None:
    """A new role begins with nothing, but is written down."""
    assert set(PERMISSIONS) == set(Role)
