"""Leaving at once: always outside, with the session ended, and never by a foreign site's doing."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.web.visitor import TOKEN, Visitor
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.web.app import create_app

OUTSIDE = "https://www.wikipedia.org/"


def test_it_leads_outside_and_ends_the_session(advocate: Visitor) -> None:
    """The cookie goes, what the browser kept goes, and the old cookie's page asks to sign in."""
    answer = advocate.post("/exit", form_at="/messages")

    assert (answer.status_code, answer.location) == (303, OUTSIDE)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert advocate.client.get_cookie("session") is None
    assert advocate.get("/messages").location.startswith("/login")


def test_it_stands_on_every_page(signed_in: Callable[[Role], Visitor]) -> None:
    """Signed in or not, found or not: one form, with its button, its token and where it leads."""
    visitor = signed_in(Role.ADVOCATE)
    case = re.search(r'href="(/proceedings/[^"?#]+)"', visitor.get("/proceedings/").text)
    assert case is not None
    for who, paths in (
        (visitor, ("/", "/proceedings/", case[1], "/figures", "/messages", "/feed", "/never/was")),
        (Visitor(visitor.app), ("/login", "/a/guess", "/never/was")),
    ):
        for path in paths:
            page = who.get(path).text
            form = re.search(r'<form id="exit" method="post" action="/exit"[^>]*data-outside="([^"]+)".*?</form>', page, re.DOTALL)
            assert form is not None, path
            assert form[1] == OUTSIDE
            assert TOKEN.search(form[0]), path
            assert '<button class="exit-button" type="submit"' in form[0]


def test_looking_at_it_changes_nothing(advocate: Visitor) -> None:
    """A browser that fetches ahead signs nobody out."""
    assert advocate.get("/exit").status_code == 405
    assert advocate.client.head("/exit").status_code == 405
    assert advocate.get("/messages").status_code == 200


def test_a_page_that_is_too_old_still_leads_outside(advocate: Visitor) -> None:
    """Its session is over, its token with it; the person in front of it must not meet an error page."""
    advocate.client.delete_cookie("session")
    answer = advocate.client.post("/exit", data={"csrf_token": "of-a-session-that-is-over"})

    assert (answer.status_code, answer.location) == (303, OUTSIDE)


def test_a_page_of_an_earlier_session_ends_the_present_one(advocate: Visitor) -> None:
    """Somebody signed in anew in another tab: the browser says that the form is ours, though its token is another's."""
    answer = advocate.client.post("/exit", data={"csrf_token": "of-another-session"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.location == OUTSIDE
    assert advocate.get("/messages").location.startswith("/login")


FOREIGN = [
    {},
    {"Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_nobody_else_can_end_a_session(advocate: Visitor, headers: dict[str, str]) -> None:
    """Without the token, or where the browser says that the form stands elsewhere, it leads outside and nothing ends."""
    answer = advocate.client.post("/exit", headers=headers)

    assert (answer.status_code, answer.location) == (303, OUTSIDE)
    assert "Clear-Site-Data" not in answer.headers
    assert advocate.get("/messages").status_code == 200


@pytest.mark.parametrize("body", ["{}", "x" * (1024 * 1024 + 1), "&" * 600])
def test_whatever_is_sent_leads_outside(visitor: Visitor, body: str) -> None:
    """What other forms are refused for is no reason to stay."""
    for kind in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"):
        assert visitor.client.post("/exit", data=body, content_type=kind).location == OUTSIDE


def test_it_leads_outside_even_without_a_database(advocate: Visitor, sqlite_ctx: Context, tmp_path: Path) -> None:
    """Whoever has to leave does not wait for an administrator."""
    page = advocate.get("/messages").text
    found = TOKEN.search(page)
    assert found is not None
    sqlite_ctx.database.close()
    shutil.move(tmp_path / "tracker.sqlite3", tmp_path / "elsewhere.sqlite3")
    answer = advocate.client.post("/exit", data={"csrf_token": found[1]})

    assert (answer.status_code, answer.location) == (303, OUTSIDE)
    assert advocate.client.get_cookie("session") is None


def test_where_it_leads_is_the_offices_choice(sqlite_ctx: Context) -> None:
    """The form, the redirection and the policy agree, or the browser would refuse to go."""
    web = sqlite_ctx.settings.web.model_copy(update={"exit_url": "https://weather.example:8443/today"})
    visitor = Visitor(create_app(replace(sqlite_ctx, settings=sqlite_ctx.settings.model_copy(update={"web": web}))))
    page = visitor.get("/login")

    assert 'data-outside="https://weather.example:8443/today"' in page.text
    assert "form-action 'self' https://weather.example:8443;" in page.headers["Content-Security-Policy"]
    assert visitor.client.post("/exit").location == "https://weather.example:8443/today"
