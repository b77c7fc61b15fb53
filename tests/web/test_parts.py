"""What a process does not serve is not there: every address, every method, for every choice of parts."""

import re
from dataclasses import replace
from itertools import combinations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests import demo_office
from tests.web.visitor import CHANGING, Visitor
from tracker.domain.access import PERMISSIONS, Permission
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.settings import Part
from tracker.web.access import DECLARED, LIBRARY_ENDPOINTS, public
from tracker.web.app import create_app
from tracker.web.parts import EVERYWHERE, PARTS_OF, served

PARTS: tuple[Part, ...] = ("office", "admin", "links")
CHOICES = [chosen for size in (1, 2, 3) for chosen in combinations(PARTS, size)]
METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS")


def over(ctx: Context, parts: tuple[Part, ...]) -> Flask:
    """Return the application of a process that serves ``parts``."""
    web = ctx.settings.web.model_copy(update={"parts": parts})
    return create_app(replace(ctx, settings=ctx.settings.model_copy(update={"web": web})))


def looks(answer: TestResponse) -> tuple[int, str, tuple[tuple[str, str], ...]]:
    """Return all that a visitor sees of an answer, without what differs each time."""
    kept = [(name, value) for name, value in answer.headers if name not in {"Set-Cookie", "Content-Length", "Content-Security-Policy"}]
    return answer.status_code, CHANGING.sub("", answer.text), tuple(sorted(kept))


@pytest.mark.parametrize("parts", CHOICES)
def test_what_is_not_served_looks_like_what_is_not_there(sqlite_ctx: Context, parts: tuple[Part, ...]) -> None:
    """Status, headers and every byte, with every method; what is served answers in its own way."""
    app = over(sqlite_ctx, parts)
    visitor = Visitor(app)
    absent = {method: looks(visitor.client.open("/never/was", method=method)) for method in METHODS}
    seen = 0
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<[^>]+>", "anything", rule.rule)
        for method in METHODS:
            answer = visitor.client.open(path, method=method)
            if served(rule.endpoint, parts):
                assert method != "OPTIONS" or answer.status_code == 200, (path, method)
            else:
                seen += 1
                assert looks(answer) == absent[method], (path, method)

    assert seen > 0 or parts == PARTS or set(parts) == {"office", "links"}


def test_links_alone_know_no_sign_in(sqlite_ctx: Context) -> None:
    """Such a process can stand where everybody reaches it: there is nothing to try passwords on."""
    visitor = Visitor(over(sqlite_ctx, ("links",)))

    assert visitor.get("/healthz").status_code == 200
    assert {visitor.get(path).status_code for path in ("/", "/login", "/proceedings/", "/proceedings", "/messages", "/figures")} == {404}
    assert visitor.client.post("/login").status_code == 404
    page = visitor.get("/a/a-link-that-is-over").text
    assert "This link is over" in page
    assert 'href="/"' not in page


def test_the_office_alone_opens_no_links(demo_ctx: Context) -> None:
    """And people work there as ever."""
    visitor = Visitor(over(demo_ctx, ("office",)))
    visitor.sign_in(demo_office.SIGN_IN[Role.ADVOCATE], demo_office.PASSWORD)

    assert [visitor.get(path).status_code for path in ("/", "/proceedings/", "/feed", "/a/guess", "/feeds/guess.ics")] == [
        200,
        200,
        200,
        404,
        404,
    ]
    assert "There is nothing here" in visitor.get("/a/guess").text


def test_an_administrators_process_shows_no_case(demo_ctx: Context, app: Flask) -> None:
    """Not even to somebody who may see cases; its pages lead only to what it serves."""
    assert app is not None
    visitor = Visitor(over(demo_ctx, ("admin",)))
    begun = visitor.sign_in(demo_office.SIGN_IN[Role.ADVOCATE], demo_office.PASSWORD)
    page = visitor.get("/never/was").text

    assert begun.location == "/people"
    assert {visitor.get(path).status_code for path in ("/proceedings/", "/figures", "/messages", "/a/guess")} == {404}
    assert not re.search(r'href="/(proceedings|figures|messages|feed)', page)


def test_every_named_blueprint_exists(app: Flask) -> None:
    """A name in the tables that nothing bears would leave a page where nobody expects it."""
    known = {*app.blueprints, "security", "static"}

    assert (EVERYWHERE | PARTS_OF.keys()) - known == set()
    assert all(parts <= set(PARTS) and parts for parts in PARTS_OF.values())


def belongs_to_administrators(permission: object) -> bool:
    """Tell whether administrators are the only ones who have a permission."""
    return isinstance(permission, Permission) and {role for role, has in PERMISSIONS.items() if permission in has} == {Role.ADMIN}


def test_what_only_administrators_may_do_is_of_their_part(app: Flask) -> None:
    """A new page of theirs is named in the table, or it would be served to everybody who reaches the office's process."""
    forgotten = {
        endpoint for endpoint, view in app.view_functions.items()
        if endpoint not in LIBRARY_ENDPOINTS and belongs_to_administrators(getattr(view, DECLARED, None)) and served(endpoint, ("office",))
    }  # fmt: skip

    assert forgotten == set()


@pytest.mark.parametrize(("parts", "status"), [(("office",), 200), (("admin",), 404), (("links",), 404)])
def test_a_page_belongs_to_the_office_unless_it_is_named(sqlite_ctx: Context, parts: tuple[Part, ...], status: int) -> None:
    """Nothing has to be done for an ordinary page."""
    app = over(sqlite_ctx, parts)
    app.add_url_rule("/new", "new.show", public(lambda: "shown"))

    assert Visitor(app).get("/new").status_code == status
