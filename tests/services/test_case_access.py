"""Tests of who may read cases at all."""

import pytest

from tests.conftest import acting
from tracker.domain.codes.people import Role
from tracker.domain.errors import NotFoundError
from tracker.services.case_access import reader
from tracker.services.context import Context


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.LAWYER, Role.SUPERVISOR])
def test_who_works_on_cases_may_read_them(sqlite_ctx: Context, role: Role) -> None:
    """The answer is whose assignments decide."""
    assert reader(acting(sqlite_ctx, 7, role)) == 7


@pytest.mark.parametrize("role", [Role.ANALYST, Role.STEWARD, Role.ADMIN])
def test_others_find_nothing(sqlite_ctx: Context, role: Role) -> None:
    """Forbidden looks like not there."""
    with pytest.raises(NotFoundError):
        reader(acting(sqlite_ctx, 7, role))


def test_the_program_itself_reads_no_page(sqlite_ctx: Context) -> None:
    """Pages are for people."""
    with pytest.raises(NotFoundError):
        reader(sqlite_ctx)
