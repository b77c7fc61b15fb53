"""Tests of the page of today."""

from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role


def test_the_board_shows_hearings_flags_and_debriefs(signed_in: Callable[[Role], Visitor]) -> None:
    """The invented office has all three, with the step that can be taken."""
    page = signed_in(Role.ADVOCATE).get("/")

    assert page.status_code == 200
    assert "no protected status in force" in page.text
    assert "Face to face with the accused" in page.text
    assert "Move for the status of an especially vulnerable witness before the hearing." in page.text
    assert "Moved to" in page.text
    assert "its outcome" in page.text


def test_an_empty_board_says_what_to_expect(advocate: Visitor) -> None:
    """Three empty parts, three sentences."""
    page = advocate.get("/").text

    assert "No hearing in the next two weeks" in page
    assert "Nothing needs you" in page
    assert "Every past hearing has its outcome" in page


@pytest.mark.parametrize("role", [Role.ANALYST, Role.STEWARD, Role.ADMIN])
def test_others_begin_with_the_figures(signed_in: Callable[[Role], Visitor], role: Role) -> None:
    """Whose work needs no case is not shown one."""
    page = signed_in(role).get("/")

    assert (page.status_code, page.location) == (303, "/figures")


def test_who_is_not_signed_in_signs_in(visitor: Visitor) -> None:
    """Nothing is open."""
    assert visitor.get("/").location.startswith("/login")
