"""Choosing a language: remembered, and never a way out to a foreign address."""

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Language
from tracker.services import accounts
from tracker.services.context import Context


@pytest.mark.parametrize("chosen", list(Language))
def test_a_choice_lasts_for_the_session(visitor: Visitor, chosen: Language) -> None:
    """Before signing in too; the page itself says its language."""
    answer = visitor.post("/language", language=chosen, next="/login")

    assert (answer.status_code, answer.location) == (303, "/login")
    assert f'<html lang="{chosen}">' in visitor.get("/login").text
    assert f'<html lang="{chosen}">' in visitor.get("/login", Accept_Language="sr-Latn, en").text


def test_a_choice_is_kept_for_the_person(advocate: Visitor, sqlite_ctx: Context) -> None:
    """The next session, in another browser, begins with it."""
    advocate.post("/language", form_at="/messages", language="sr-Cyrl", next="/messages")
    kept = accounts.find(sqlite_ctx, "login", "ana")
    elsewhere = Visitor(advocate.app)
    elsewhere.sign_in("ana")

    assert kept is not None
    assert kept.language is Language.SR_CYRL
    assert '<html lang="sr-Cyrl">' in elsewhere.get("/messages").text


@pytest.mark.parametrize("asked", ["", "de", "EN", "sr", "en\n", "../en", "x" * 5000])
def test_an_unknown_language_is_not_there(visitor: Visitor, asked: str) -> None:
    """And changes nothing."""
    assert visitor.post("/language", language=asked).status_code == 404
    assert '<html lang="en">' in visitor.get("/login").text


@pytest.mark.parametrize(
    "heading",
    [
        "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "/\n/evil.example", "javascript:alert(1)", "evil.example", "", "http:evil.example", "/ok\r\nSet-Cookie: a=b",
    ],
)  # fmt: skip
def test_foreign_addresses_lead_to_the_start(visitor: Visitor, heading: str) -> None:
    """Whoever hands out a prepared form cannot send people elsewhere."""
    assert visitor.post("/language", language="en", next=heading).location == "/"


@pytest.mark.parametrize("heading", ["/", "/messages?page=2", "/proceedings/?q=K%201%2F20&state=open"])
def test_own_addresses_are_kept_whole(visitor: Visitor, heading: str) -> None:
    """With what was searched for."""
    assert visitor.post("/language", language="en", next=heading).location == heading


def test_a_link_changes_nothing(visitor: Visitor) -> None:
    """Only a form does."""
    assert visitor.get("/language?language=sr-Cyrl").status_code == 405
