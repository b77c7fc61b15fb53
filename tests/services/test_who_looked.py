"""Who looked at a case: told to those who answer for the people on it, newest first."""

import pytest

from tests.conftest import acting
from tests.services.test_opened_cases import WHY, Scene, scene
from tracker.domain.codes.people import Role
from tracker.domain.errors import NotFoundError
from tracker.services import audit, opened_cases
from tracker.services.case_page import case
from tracker.services.context import Context
from tracker.services.who_looked import PAGE, who_looked


@pytest.fixture
def it(ctx: Context) -> Scene:
    """A case that its advocate looked at twice and a colleague opened."""
    found = scene(ctx)
    for _ in range(2):
        case(acting(ctx, found.assigned, Role.ADVOCATE), "ref1")
    opened_cases.open_case(found.as_opener(), "K 11/24", WHY)
    return found


def test_looks_openings_and_reasons(it: Scene) -> None:
    """By sign-in name, with the words of the action and the reason; that the supervisor asks is entered, too."""
    found = who_looked(acting(it.ctx, it.boss, Role.SUPERVISOR), "ref1")

    assert [(line.who, line.words) for line in found.lines] == [
        ("boss", "Looked at who had looked at a case"),
        ("vesna", "Opened the case without being assigned"),
        ("ana", "Looked at the case"),
        ("ana", "Looked at the case"),
    ]
    assert found.lines[1].reason == WHY
    assert found.often == (("ana", 2), ("vesna", 1))
    assert found.before is None


def test_page_by_page(sqlite_ctx: Context) -> None:
    """Fifty lines, then the older ones, none twice and none left out."""
    it = scene(sqlite_ctx)
    for _ in range(PAGE + 4):
        audit.record(sqlite_ctx, "case.read", case="P-1")
    boss = acting(sqlite_ctx, it.boss, Role.SUPERVISOR)
    first = who_looked(boss, "ref1")
    second = who_looked(boss, "ref1", before=first.before)

    assert [line.seq for line in (*first.lines, *second.lines)] == list(range(PAGE + 5, 0, -1))
    assert second.before is None


def test_nobody_else_is_told(it: Scene) -> None:
    """Neither the advocate herself, nor another team's supervisor, nor one who opened the case."""
    opened_cases.open_case(acting(it.ctx, it.own_boss, Role.SUPERVISOR), "K 11/24", WHY)
    for person, role in ((it.assigned, Role.ADVOCATE), (it.own_boss, Role.SUPERVISOR), (it.opener, Role.ADVOCATE), (it.boss, Role.ADMIN)):
        with pytest.raises(NotFoundError):
            who_looked(acting(it.ctx, person, role), "ref1")
    with pytest.raises(NotFoundError):
        who_looked(acting(it.ctx, it.boss, Role.SUPERVISOR), "never-was")
