"""What every answer carries, and what nobody gets past."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.visitor import PASSWORD, TOKEN, Visitor, enrol
from tracker.domain.codes.people import Role
from tracker.services import accounts
from tracker.services.context import Context
from tracker.web.access import public
from tracker.web.app import create_app
from tracker.web.security import HEADERS, POLICY

ADDRESSES = [
    "/login", "/healthz", "/never/was", "/messages", "/language", "/static/theme.css", "/static/never.css", "/a/guess", "/feeds/guess.ics",
]  # fmt: skip


def over_https(ctx: Context) -> Visitor:
    """Return a visitor of an installation that is reached over HTTPS."""
    web = ctx.settings.web.model_copy(update={"public_url": "https://tracker.example"})
    secure = replace(ctx, settings=ctx.settings.model_copy(update={"web": web}))
    return Visitor(create_app(secure), base_url="https://localhost")


def session_cookie(answer: TestResponse) -> str:
    """Return the session's cookie as it was set."""
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("session=")]
    return cookie


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_carries_the_headers(visitor: Visitor, path: str) -> None:
    """Pages, files, redirections and errors alike."""
    answer = visitor.get(path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


def test_failures_carry_them_too(app: Flask) -> None:
    """A refused form, a form that is too large, and what nobody expected."""

    @public
    def fails() -> str:
        raise ValueError

    app.add_url_rule("/fails", "fails", fails)
    visitor = Visitor(app)
    refused = visitor.client.post("/login", data={"email": "ana"})
    large = visitor.post("/language", language="x" * (1024 * 1024 + 1))
    failed = visitor.get("/fails")

    assert (refused.status_code, large.status_code, failed.status_code) == (400, 413, 500)
    for answer in (refused, large, failed):
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_policy_allows_nothing_that_is_not_ours() -> None:
    """Everything is closed first; no inline code, no evaluation, no foreign host, no frame."""
    directives = {part.split()[0]: part.split()[1:] for part in POLICY.split(";")}

    assert directives["default-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} <= {"'self'", "'none'", "data:"}
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.ANALYST])
def test_what_people_see_is_kept_nowhere(signed_in: Callable[[Role], Visitor], role: Role) -> None:
    """No browser and no proxy on the way keeps a copy."""
    visitor = signed_in(role)
    for path in ("/", "/proceedings/", "/figures", "/messages", "/feed", "/never/was"):
        assert visitor.get(path).headers["Cache-Control"] == "no-store", path


def test_the_sign_in_page_is_kept_nowhere_either(visitor: Visitor) -> None:
    """It comes from a library, with the same header as every page of ours."""
    assert visitor.get("/login").headers["Cache-Control"] == "no-store"
    assert visitor.sign_in("ana").headers["Cache-Control"] == "no-store"


def test_files_may_be_kept(visitor: Visitor) -> None:
    """They hold no secret, and a page needs them each time."""
    assert "max-age=3600" in visitor.get("/static/theme.css").headers["Cache-Control"]


def test_pages_hold_no_inline_code(signed_in: Callable[[Role], Visitor]) -> None:
    """The policy would refuse it: no script within the page, no style attribute, no handler."""
    visitor = signed_in(Role.ADVOCATE)
    case = re.search(r'href="(/proceedings/[^"?#]+)"', visitor.get("/proceedings/").text)
    assert case is not None
    for path in ("/", "/proceedings/", case[1], "/figures", "/messages", "/feed"):
        page = visitor.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page), path
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page), path


def test_the_cookie_stays_with_the_browser_and_away_from_others(advocate: Visitor) -> None:
    """Scripts cannot read it, other sites' forms do not bring it, closing the browser ends it."""
    cookie = session_cookie(advocate.get("/messages"))

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "Expires" not in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_never_leaves_it(sqlite_ctx: Context) -> None:
    """And the browser is told to come back over HTTPS only."""
    enrol(sqlite_ctx, "ana")
    answer = over_https(sqlite_ctx).sign_in("ana")

    assert "Secure" in session_cookie(answer)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_cookie_holds_nothing_about_the_person(advocate: Visitor, sqlite_ctx: Context) -> None:
    """It is signed, not sealed: a session's own key stands in it, no name and no number of the record."""
    cookie = advocate.client.get_cookie("session")
    assert cookie is not None
    reader = advocate.app.session_interface.get_signing_serializer(advocate.app)  # type: ignore[attr-defined]
    content = reader.loads(cookie.value)
    account = accounts.find(sqlite_ctx, "login", "ana")

    assert account is not None
    assert account.session_key in content.values()
    assert "ana" not in str(content)
    assert not any(word in str(content) for word in (account.person, PASSWORD, account.password_hash))


FORMS = [
    "/login",
    "/logout",
    "/language",
    "/feed",
    "/feed/close",
    "/a/guess",
    "/proceedings/r1/flags/f1/acknowledge",
    "/proceedings/",
    "/proceedings/r1/victims/f1/identity",
]


def test_no_form_is_taken_without_its_token(advocate: Visitor) -> None:
    """Another site can make a browser send a form, but cannot know the token."""
    for path in FORMS:
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "guess"}, {"csrf_token": "IjEi.aaaaaa.bbbbbbbbbbb"}):
            assert advocate.client.post(path, data={"language": "en"} | token).status_code == 400, (path, token)


def test_somebody_elses_token_opens_nothing(advocate: Visitor) -> None:
    """A token belongs to the session in which it was given out."""
    stranger = Visitor(advocate.app).get("/login").text
    found = TOKEN.search(stranger)
    assert found is not None

    assert advocate.client.post("/feed", data={"csrf_token": found[1]}).status_code == 400


def test_every_address_that_changes_something_is_tried(app: Flask) -> None:
    """The list of forms above is whole."""
    posts = {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}
    tried = {re.sub(r"r1|f1|guess", "<>", path) for path in FORMS}

    assert {re.sub(r"<[^>]+>", "<>", rule) for rule in posts if "/close" not in rule or "flags" not in rule} - tried <= {
        "/proceedings/<>/flags/<>/dismiss"
    }


FOREIGN = [
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example/", "http:evil.example",
    "javascript:alert(1)", "/\t/evil.example/", " //evil.example/", "https:evil.example", "https://localhost.evil.example/",
]  # fmt: skip


def as_browsers_read_it(location: str) -> str:
    """Return the whole address to which a browser goes: it takes backslashes for slashes and drops tabs and line ends."""
    return urljoin("http://localhost/login", re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/"))


@pytest.mark.parametrize("in_address", [True, False])
def test_signing_in_never_leads_elsewhere(visitor: Visitor, sqlite_ctx: Context, in_address: bool) -> None:  # noqa: FBT001
    """Whether the foreign address stands in ours or in the form."""
    enrol(sqlite_ctx, "ana")
    for heading in FOREIGN:
        found = TOKEN.search(visitor.client.get("/login", query_string={"next": heading}).text)
        assert found is not None
        data = {"csrf_token": found[1], "email": "ana", "password": PASSWORD}
        where = {"query_string": {"next": heading}, "data": data} if in_address else {"data": data | {"next": heading}}
        answer = visitor.client.post("/login", **where)

        assert answer.location is None or as_browsers_read_it(answer.location).startswith("http://localhost/"), heading
        visitor.client.delete_cookie("session")


def test_a_session_laid_out_for_somebody_is_not_the_one_they_get(sqlite_ctx: Context, app: Flask) -> None:
    """Who knows the cookie from before the sign-in knows nothing after it."""
    enrol(sqlite_ctx, "ana")
    victim, thief = Visitor(app), Visitor(app)
    victim.get("/login")
    before = victim.client.get_cookie("session")
    assert before is not None
    victim.sign_in("ana")
    after = victim.client.get_cookie("session")
    thief.client.set_cookie("session", before.value)

    assert after is not None
    assert after.value != before.value
    assert thief.get("/messages").location.startswith("/login")


def test_a_session_ends_when_nobody_comes_back(advocate: Visitor) -> None:
    """A cookie that is older than the idle time opens nothing, even where the browser still has it."""
    assert advocate.get("/messages").status_code == 200
    advocate.app.permanent_session_lifetime = timedelta(seconds=-1)

    assert advocate.get("/messages").location.startswith("/login")


def test_after_signing_out_the_old_cookie_opens_nothing_of_the_account(advocate: Visitor, sqlite_ctx: Context) -> None:
    """Disabling ends what signing out in one browser cannot: a copied cookie."""
    copied = advocate.client.get_cookie("session")
    assert copied is not None
    accounts.disable(sqlite_ctx, "ana")
    thief = Visitor(advocate.app)
    thief.client.set_cookie("session", copied.value)

    assert thief.get("/messages").location.startswith("/login")


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoxfQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", "é" * 50, "a" * 4000])
def test_a_forged_cookie_is_no_cookie(visitor: Visitor, forged: str) -> None:
    """Whatever stands in it."""
    visitor.client.set_cookie("session", forged)

    assert visitor.get("/messages").location.startswith("/login")
