"""The page of who looked at a case."""

from collections.abc import Callable

from tests.web.signed_table import case_of, person
from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role
from tracker.services.context import Context


def test_a_supervisor_reads_who_looked(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """The case links to it; who looked stands there by name, with a bar and its number."""
    ref = case_of(demo_ctx, person(demo_ctx, Role.SUPERVISOR))["ref"]
    boss = signed_in(Role.SUPERVISOR)
    assert f"/proceedings/{ref}/who-looked" in boss.get(f"/proceedings/{ref}").text
    page = boss.get(f"/proceedings/{ref}/who-looked")

    assert page.status_code == 200
    assert "Looked at the case" in page.text
    assert "ljiljana" in page.text
    assert "<meter" in page.text
    assert boss.get(f"/proceedings/{ref}/who-looked?before=1").status_code == 200
    assert boss.get(f"/proceedings/{ref}/who-looked?before=x%27").status_code == 200


def test_others_do_not(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """An advocate finds neither link nor page, on an own case."""
    ref = case_of(demo_ctx, person(demo_ctx, Role.ADVOCATE))["ref"]
    advocate = signed_in(Role.ADVOCATE)

    assert "who-looked" not in advocate.get(f"/proceedings/{ref}").text
    assert advocate.get(f"/proceedings/{ref}/who-looked").status_code == 404
