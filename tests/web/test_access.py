"""Closed by default, and a snapshot of what is open."""

import re

import pytest
from flask import Flask

from tests.web.visitor import CHANGING, Visitor, enrol
from tracker.domain.access import Permission
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.web.access import DECLARED, LIBRARY_ENDPOINTS, needs, refuse_undeclared

OPEN = {
    "POST /exit", "POST /language", "GET /a/<token>", "POST /a/<token>", "GET /feeds/<token>.ics", "GET /healthz",
    "GET /join/<token>", "POST /join/<token>", "GET /login", "POST /login", "POST /logout",
    "GET /static/<path:filename>", "GET /bootstrap/static/<path:filename>",
}  # fmt: skip
"""Every address that answers without a sign-in; a new one is written here on purpose, or not at all."""


def routes(app: Flask) -> dict[str, str]:
    """Return each method and address with the endpoint behind it."""
    return {
        f"{method} {rule.rule}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_what_is_open(app: Flask) -> None:
    """Nothing is public that this list does not name."""
    found = {
        address for address, endpoint in routes(app).items()
        if endpoint in LIBRARY_ENDPOINTS or getattr(app.view_functions[endpoint], DECLARED) == "public"
    }  # fmt: skip

    assert found == OPEN


def test_everything_else_asks_to_sign_in(app: Flask, visitor: Visitor) -> None:
    """Without a sign-in every other address leads to the sign-in page, whatever stands in it."""
    closed = [address for address in routes(app) if address.startswith("GET ") and address not in OPEN]

    assert len(closed) >= 6
    for address in closed:
        path = re.sub(r"<[^>]+>", "anything", address.removeprefix("GET "))
        answer = visitor.get(path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/login"), path


def test_an_undeclared_route_stops_the_program(app: Flask) -> None:
    """A view that says neither whom it needs nor that it is public never answers."""

    def view() -> str:
        return "fine"

    refuse_undeclared(app)
    bare = Flask("bare")
    bare.add_url_rule("/closed", "closed", needs(Permission.SEE_CASES)(view))
    bare.add_url_rule("/forgotten", "forgotten", view)

    with pytest.raises(RuntimeError, match="forgotten"):
        refuse_undeclared(bare)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.STEWARD, Role.ADMIN])
def test_what_is_forbidden_looks_like_what_is_not_there(app: Flask, sqlite_ctx: Context, role: Role) -> None:
    """People whose work needs no case cannot even tell that there are any."""
    enrol(sqlite_ctx, "ana", role)
    visitor = Visitor(app)
    visitor.sign_in("ana")
    pages = [visitor.get(path) for path in ("/proceedings/", "/proceedings/abc", "/never/was")]

    assert {page.status_code for page in pages} == {404}
    assert len({CHANGING.sub("", page.text) for page in pages}) == 1


def test_people_without_cases_begin_with_the_figures(app: Flask, sqlite_ctx: Context) -> None:
    """Their first page is not one that they may not see."""
    enrol(sqlite_ctx, "ana", Role.ANALYST)
    visitor = Visitor(app)
    visitor.sign_in("ana")

    assert visitor.get("/").location == "/figures"
    assert 'href="/proceedings/"' not in visitor.get("/figures").text
