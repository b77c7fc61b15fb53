"""Signing in, staying in, and being shown the door."""

from dataclasses import replace

import pytest

from tests.web.visitor import PASSWORD, Visitor, enrol
from tracker.services import accounts
from tracker.services.context import Context
from tracker.web.app import create_app


def test_right_name_and_password_open_the_board(visitor: Visitor, sqlite_ctx: Context) -> None:
    """Capital letters and blanks around the name do not matter."""
    enrol(sqlite_ctx, "ana")

    assert visitor.sign_in(" Ana ").location == "/"
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize(("login", "password"), [("ana", "wrong"), ("nobody", PASSWORD), ("nobody", "wrong"), ("", ""), ("ana", "")])
def test_every_wrong_answer_looks_the_same(visitor: Visitor, sqlite_ctx: Context, login: str, password: str) -> None:
    """Nothing tells whether a sign-in name exists."""
    enrol(sqlite_ctx, "ana")
    answer = visitor.sign_in(login, password)

    assert answer.status_code == 200
    assert "The sign-in name or the password is not right." in answer.text
    assert visitor.get("/").status_code == 303


def test_a_disabled_person_is_out_at_once(advocate: Visitor, sqlite_ctx: Context) -> None:
    """An open session ends with the sign-in; signing in again is refused like a wrong password."""
    accounts.disable(sqlite_ctx, "ana")

    assert advocate.get("/").location.startswith("/login")
    assert "is not right" in advocate.sign_in("ana").text


def test_signing_out(advocate: Visitor) -> None:
    """By a form only: a link could be followed ahead of time."""
    assert advocate.get("/logout").status_code == 405
    assert advocate.post("/logout", form_at="/").status_code == 302
    assert advocate.get("/").status_code == 303


def test_after_signing_in_people_go_where_they_were_heading(visitor: Visitor, sqlite_ctx: Context) -> None:
    """A page asked for without a sign-in is remembered; a foreign address is not."""
    enrol(sqlite_ctx, "ana")
    asked = visitor.get("/messages?page=2").location

    assert asked == "/login?next=/messages?page%3D2"
    assert visitor.sign_in("ana", next="/messages").location == "/messages"
    assert Visitor(visitor.app).sign_in("ana", next="https://evil.example/").location is None


def test_forms_need_their_token(visitor: Visitor, sqlite_ctx: Context) -> None:
    """A form without its token is refused, and says so in words."""
    enrol(sqlite_ctx, "ana")
    answer = visitor.client.post("/login", data={"email": "ana", "password": PASSWORD})

    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text


def test_no_machine_gets_in_by_the_page(visitor: Visitor, sqlite_ctx: Context) -> None:
    """The sign-in answers people with a page, never programs with an account's data or a token."""
    enrol(sqlite_ctx, "ana")
    for headers in ({"Accept": "application/json"}, {"Content_Type": "application/json", "Accept": "application/json"}):
        assert visitor.get("/login", **headers).mimetype == "text/html"
    assert visitor.get("/", Authentication_Token="anything").status_code == 303


def test_over_https_forms_work_without_a_referrer(sqlite_ctx: Context) -> None:
    """Our own policy keeps browsers from sending one, so nothing may depend on it."""
    web = sqlite_ctx.settings.web.model_copy(update={"public_url": "https://tracker.example"})
    ctx = replace(sqlite_ctx, settings=sqlite_ctx.settings.model_copy(update={"web": web}))
    enrol(ctx, "ana")
    secure = Visitor(create_app(ctx), base_url="https://localhost")

    assert secure.sign_in("ana").status_code == 302


def test_the_password_is_kept_as_flask_security_keeps_it(visitor: Visitor, sqlite_ctx: Context) -> None:
    """A hash that the command line made is accepted by the pages, and not made anew."""
    enrol(sqlite_ctx, "ana")
    with visitor.app.test_request_context():
        user = visitor.app.extensions["security"].datastore.find_user(login="ana")
        before = user.password

        assert user.verify_and_update_password(PASSWORD)
        assert user.password == before


def test_a_session_ends_with_the_browser_and_after_idling(advocate: Visitor, sqlite_ctx: Context) -> None:
    """The cookie has no date of its own, is signed anew with each page, and stays away from scripts and other sites."""
    cookie = advocate.get("/messages").headers["Set-Cookie"]

    assert "Expires" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert advocate.app.permanent_session_lifetime.total_seconds() == sqlite_ctx.settings.web.idle_minutes * 60
    assert "Set-Cookie" not in advocate.get("/static/theme.css").headers
