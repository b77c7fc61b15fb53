"""The figures' page."""

from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role
from tracker.services import figures
from tracker.services.context import Context

HIDING = "Numbers below ten are shown as"


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.LAWYER, Role.SUPERVISOR, Role.ANALYST])
def test_who_works_with_cases_or_figures_sees_every_number(signed_in: Callable[[Role], Visitor], role: Role) -> None:
    """Nothing is kept back."""
    page = signed_in(role).get("/figures").text

    assert HIDING not in page
    assert "&lt;10" not in page


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMIN])
def test_others_see_no_small_number(signed_in: Callable[[Role], Visitor], role: Role) -> None:
    """The mark stands in their place, and the page says why."""
    page = signed_in(role).get("/figures").text

    assert HIDING in page
    assert "&lt;10" in page


def test_the_page_says_what_the_figure_says(signed_in: Callable[[Role], Visitor], demo_ctx: Context) -> None:
    """The same median as everywhere else, with the day on which it was so."""
    report = figures.length_report(demo_ctx)
    median = report.indicators["median_days"].value
    page = signed_in(Role.SUPERVISOR).get("/figures").text

    assert median is not None
    assert f"{round(median):,} days" in page
    assert "23 Nov 2026" in page
    assert '<svg class="survival"' in page
