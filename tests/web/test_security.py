"""What every answer carries, and what nobody gets past."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.contents import contents
from tests.web.crawler import walk
from tests.web.visitor import PASSWORD, TOKEN, Visitor, enrol
from tracker.domain.codes.people import Language, Role
from tracker.services import accounts
from tracker.services.context import Context
from tracker.web.access import public
from tracker.web.app import create_app
from tracker.web.security import HEADERS

ADDRESSES = [
    "/login", "/healthz", "/never/was", "/messages", "/language", "/static/theme.css", "/static/never.css", "/a/guess", "/feeds/guess.ics",
]  # fmt: skip


def over_https(ctx: Context) -> Visitor:
    """Return a visitor of an installation that is reached over HTTPS."""
    web = ctx.settings.web.model_copy(update={"public_url": "https://tracker.example"})
    secure = replace(ctx, settings=ctx.settings.model_copy(update={"web": web}))
    return Visitor(create_app(secure), base_url="https://localhost")


def policy_of(answer: TestResponse) -> dict[str, list[str]]:
    """Return the policy of an answer, directive by directive."""
    return {name: sources for name, *sources in (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))}


def session_cookie(answer: TestResponse) -> str:
    """Return the session's cookie as it was set."""
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.partition("=")[0].endswith("session")]
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
        assert policy_of(answer)["default-src"] == ["'none'"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_policy_allows_nothing_that_is_not_ours(visitor: Visitor) -> None:
    """Everything is closed first; no inline code, no evaluation, no foreign host but the one outside, no frame."""
    directives = policy_of(visitor.get("/login"))
    ours = {"'self'", "'none'", "data:", "'script'", "https://www.wikipedia.org"}

    assert directives["default-src"] == directives["frame-ancestors"] == directives["base-uri"] == ["'none'"]
    assert directives["require-trusted-types-for"] == ["'script'"]
    assert directives["trusted-types"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources if not source.startswith("'nonce-")} <= ours
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]
    assert [name for name, sources in directives.items() if "https://www.wikipedia.org" in sources] == ["form-action"]
    assert "upgrade-insecure-requests" not in directives


def test_scripts_and_styles_need_the_word_of_their_own_answer(visitor: Visitor) -> None:
    """Each answer has another; every tag of ours carries it, and no tag without it runs, not even for a file of ours."""
    words = set()
    for _ in range(3):
        answer = visitor.get("/login")
        (word,) = policy_of(answer)["script-src"]
        words.add(word)
        assert policy_of(answer)["style-src"] == [word]
        tags = re.findall(r"<(?:script|style|link rel=\"stylesheet\")[^>]*>", answer.text)
        assert len(tags) >= 4
        assert all(f'nonce="{word[7:-1]}"' in tag for tag in tags)

    assert len(words) == 3
    assert all(len(word) >= 30 for word in words)


def test_over_https_nothing_is_fetched_in_clear(sqlite_ctx: Context) -> None:
    """The policy says so once the public address is one of https."""
    assert policy_of(over_https(sqlite_ctx).get("/login"))["upgrade-insecure-requests"] == []


TELLING = (
    "traffick", "victim", "crime", "criminal", "offence", "abuse", "exploit", "witness", "accused", "court", "police", "shelter",
    "prosecut",
    "trgovin", "žrtv", "zrtv", "krivi", "sud", "svedo", "okrivlj", "optuž", "nasilj", "policij", "tužil", "zlostav", "skloništ",
    "трговин", "жртв", "криви", "суд", "сведо", "окривљ", "оптуж", "насиљ", "полициј", "тужил", "злостав", "склоништ",
)  # fmt: skip
"""Beginnings of words that tell what this is about."""


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.ANALYST])
def test_what_people_see_is_kept_nowhere(signed_in: Callable[[Role], Visitor], role: Role) -> None:
    """No browser and no proxy on the way keeps a copy of any page that links lead to, nor of what is not there."""
    visitor = signed_in(role)
    pages = [*walk(visitor, "/", "/login").pages, "/never/was", "/proceedings/never-was", "/a/guess"]

    assert len(pages) >= 6
    for path in pages:
        assert visitor.get(path).headers["Cache-Control"] == "no-store", path


@pytest.mark.parametrize("language", list(Language))
def test_titles_are_neutral(signed_in: Callable[[Role], Visitor], language: Language) -> None:
    """Somebody may see the tabs, the history, or the screen from afar: no page's title tells what it is about, in any language."""
    visitor = signed_in(Role.ADVOCATE)
    visitor.post("/language", form_at="/never/was", language=language.value)
    pages = walk(visitor, "/", "/never/was").pages | walk(Visitor(visitor.app), "/login", "/a/guess").pages
    titles = {path: (re.findall(r"<title>(.*?)</title>", page.partition("<body")[0]), page) for path, page in pages.items()}

    assert len(titles) >= 9
    for path, (found, page) in titles.items():
        assert len(found) == 1, path
        assert not any(word in found[0].lower() for word in TELLING), (path, found)
        assert not re.search(r"[0-9]", found[0]), (path, found)
        assert f'<html lang="{language}">' in page or path in {"/login", "/a/guess"}


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

    assert session_cookie(answer).startswith("__Host-session=")
    assert all(part in session_cookie(answer) for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in session_cookie(answer)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("headers", [{}, {"X_Forwarded_Proto": "https"}, {"X_Forwarded_Ssl": "on"}, {"Forwarded": "proto=https"}])
def test_over_http_nobody_is_told_to_come_back_over_https(visitor: Visitor, headers: dict[str, str]) -> None:
    """An installation without a certificate would shut itself out; nor can a visitor make it."""
    assert "Strict-Transport-Security" not in visitor.get("/login", **headers).headers


def test_leaving_makes_the_browser_forget(advocate: Visitor) -> None:
    """What it kept of the pages goes; a refused form leaves nothing, and looking at a page forgets nothing."""
    assert "Clear-Site-Data" not in advocate.get("/messages").headers
    assert "Clear-Site-Data" not in advocate.client.post("/logout").headers
    assert advocate.post("/logout", form_at="/messages").headers["Clear-Site-Data"] == '"cache", "storage"'


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


LEAVES_ALWAYS = "/exit"
"""Answered without its token too, and then it only leads outside: tests/web/pages/test_exit.py."""


def test_no_form_is_taken_without_its_token(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """Another site can make a browser send a form, but cannot know the token: every address that takes one, found in the map."""
    visitor = signed_in(Role.ADVOCATE)
    before = contents(demo_ctx)
    rules = {rule.rule for rule in visitor.app.url_map.iter_rules() if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}}
    paths = sorted(re.sub(r"<[^>]+>", "anything", rule) for rule in rules - {LEAVES_ALWAYS})

    assert len(paths) >= 8
    for path in paths:
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "guess"}, {"csrf_token": "IjEi.aaaaaa.bbbbbbbbbbb"}):
            assert visitor.client.post(path, data={"language": "en"} | token).status_code == 400, (path, token)
    assert contents(demo_ctx) == before


def test_somebody_elses_token_opens_nothing(advocate: Visitor) -> None:
    """A token belongs to the session in which it was given out."""
    stranger = Visitor(advocate.app).get("/login").text
    found = TOKEN.search(stranger)
    assert found is not None

    assert advocate.client.post("/feed", data={"csrf_token": found[1]}).status_code == 400


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
