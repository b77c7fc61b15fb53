"""Which language a page is in."""

import re

import pytest

from tests import rows
from tests.web.visitor import PASSWORD, SECRET, Visitor, accounts_row
from tracker.domain.codes.people import Language
from tracker.services import accounts, second_factor
from tracker.services.context import Context
from tracker.web.i18n import LOCALES, NAMES


def language_of(visitor: Visitor, path: str = "/login", **headers: str) -> str:
    """Return the language that a page says it is in."""
    found = re.search(r'<html lang="([^"]*)">', visitor.get(path, **headers).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("sr-Latn-RS", "sr-Latn"), ("sr-Latn", "sr-Latn"), ("sr_Latn_RS", "sr-Latn"), ("SR-latn", "sr-Latn"),
        ("sr", "sr-Cyrl"), ("sr-RS", "sr-Cyrl"), ("sr-Cyrl-RS", "sr-Cyrl"),
        ("hr", "sr-Latn"), ("bs-BA", "sr-Latn"), ("cnr", "sr-Latn"), ("sh", "sr-Latn"),
        ("en-GB,en;q=0.9", "en"), ("de-DE", "en"), ("", "en"), ("*", "en"),
        ("de,sr-Latn;q=0.5,en;q=0.3", "sr-Latn"), ("en;q=0.3,sr;q=0.9", "sr-Cyrl"),
        ("x" * 3000, "en"), ("sr-Latn;q=nonsense", "en"), ("-,;=", "en"),
    ],
)  # fmt: skip
def test_before_anything_is_chosen_the_browser_says(visitor: Visitor, asked: str, language: str) -> None:
    """In order of its wishes; what we do not speak is passed over, and English is the last resort."""
    assert language_of(visitor, Accept_Language=asked) == language


def test_a_persons_own_language_comes_before_the_browsers(visitor: Visitor, sqlite_ctx: Context) -> None:
    """And a choice comes before both."""
    with sqlite_ctx.database.writing() as db:
        rows.person(db, external_id="ana", language="sr-Latn")
    accounts.create(sqlite_ctx, "ana", "ana", PASSWORD)
    second_factor.install(sqlite_ctx, accounts_row(sqlite_ctx, "ana"), SECRET)
    visitor.sign_in("ana")

    assert language_of(visitor, "/messages", Accept_Language="en") == "sr-Latn"
    visitor.post("/language", form_at="/messages", language="en")
    assert language_of(visitor, "/messages", Accept_Language="sr-Cyrl") == "en"


def test_a_choice_outlives_signing_in(advocate: Visitor) -> None:
    """Made in front of the door, it holds behind it."""
    other = Visitor(advocate.app)
    other.post("/language", language="sr-Cyrl")
    other.sign_in("ana")

    assert language_of(other, "/messages") == "sr-Cyrl"


@pytest.mark.parametrize(("language", "words"), [("en", "Sign-in name"), ("sr-Latn", "Korisničko ime"), ("sr-Cyrl", "Корисничко име")])
def test_pages_speak_it(visitor: Visitor, language: str, words: str) -> None:
    """The words of the page, not only its head."""
    assert words in visitor.get("/login", Accept_Language=language).text


def test_every_language_can_be_chosen_in_its_own_letters(visitor: Visitor) -> None:
    """Who cannot read the page finds the own language in it."""
    page = visitor.get("/login").text

    assert set(LOCALES) == set(NAMES) == set(Language)
    for code, name in NAMES.items():
        assert re.search(rf'value="{code}" lang="{code}"[^>]*>.*?{name}', page, re.DOTALL), code


def test_errors_speak_it_too(visitor: Visitor) -> None:
    """Also where there is no page."""
    assert language_of(visitor, "/never/was", Accept_Language="sr-Latn") == "sr-Latn"
