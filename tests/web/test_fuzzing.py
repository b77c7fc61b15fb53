"""Every address, every parameter and every field of every form, given what was made to do harm; new pages are found by themselves.

Nothing fails, nothing is echoed as it is, nothing is executed, looking changes nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import TypeVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import demo_office
from tests.web.contents import contents
from tests.web.crawler import ENDS_SESSION, Form, Walk, field_names, kind_of, walk
from tests.web.hostile import HOSTILE, LONG, in_path, in_query, threw
from tests.web.visitor import TOKEN, Visitor
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.settings import Settings
from tracker.storage.engine import Database
from tracker.web.app import create_app

T = TypeVar("T")
MOST = 300
BEGIN = ("/", "/login", "/a/guess")
PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
FEW = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
ANYTHING = st.sampled_from(HOSTILE) | st.text(max_size=40) | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=5)
SLOW_TO_ASK = "/login"
"""Each try costs what a password costs."""


def rules(app: Flask, method: str) -> list[str]:
    """Return the addresses that take a method, without those that end the session."""
    found = {rule.rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())}
    return sorted(found - ENDS_SESSION)


def token(visitor: Visitor) -> str:
    """Return the token of a session."""
    found = TOKEN.search(visitor.get("/never/was").text)
    assert found is not None
    return found[1]


def filled(rule: str, value: str) -> str:
    """Put a value for each parameter of an address."""
    return PARAMETER.sub(lambda _: in_path(value), rule)


def everybody(app: Flask) -> dict[str, Visitor]:
    """Return somebody of each role, signed in, and nobody."""
    found = {"nobody": Visitor(app)}
    for role in Role:
        found[role.value] = Visitor(app)
        assert found[role.value].sign_in(demo_office.SIGN_IN[role], demo_office.PASSWORD).status_code == 302
    return found


def spread(targets: Iterable[T], values: list[str]) -> Iterator[tuple[T, str]]:
    """Yield targets with values: all pairs, or evenly so many that the test stays quick however many pages there come to be."""
    pairs = list(product(targets, values))
    yield from pairs[:: len(pairs) // MOST + 1]


def looked_at(visitor: Visitor, found: Walk, values: list[str]) -> list[str]:
    """Ask for every address and every kind of page, with values in the path, and with values in every parameter."""
    names, wrong = field_names(), []
    for rule, value in spread(filter(PARAMETER.search, rules(visitor.app, "GET")), values):
        wrong += threw(visitor, "GET", filled(rule, value))
    kinds = {kind_of(visitor.app, page): page.partition("?")[0] for page in found.pages}
    for path, value in spread(kinds.values(), values):
        wrong += threw(visitor, "GET", f"{path}?{in_query(**dict.fromkeys(names, value))}")
    return wrong


def sent(visitor: Visitor, forms: list[Form], values: list[str]) -> list[str]:
    """Send forms with values in all fields at once and in each alone, and values to every address that takes something."""
    wrong, word = [], {"csrf_token": token(visitor)}
    for form, value in spread([each for each in forms if each.path != SLOW_TO_ASK], values):
        wrong += threw(visitor, "POST", form.path, in_query(**dict.fromkeys(dict(form.fields), value) | word))
    alone = [(form, name) for form in forms for name, _ in form.fields]
    for (form, name), value in spread(alone, values[:: len(values) // 8]):
        if form.path != SLOW_TO_ASK or value == values[0]:
            wrong += threw(visitor, "POST", form.path, in_query(**dict(form.fields) | {name: value} | word))
    for rule, value in spread(filter(PARAMETER.search, rules(visitor.app, "POST")), values):
        wrong += threw(visitor, "POST", filled(rule, value), in_query(**dict.fromkeys(field_names(), value) | word))
    return wrong


def forms_of(found: Walk) -> list[Form]:
    """Return one form of each kind that sends something: what leads to one address with the same fields is one kind."""
    kinds = {(re.sub(r"/[0-9A-Za-z_-]{12,}", "/*", form.path), tuple(name for name, _ in form.fields)): form for form in found.forms}
    return [form for form in kinds.values() if form.method == "POST" and form.path not in ENDS_SESSION]


def test_looking_with_hostile_values_shows_and_changes_nothing(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """Somebody who sees cases; every address and page with every value, and a million letters once."""
    visitor = signed_in(Role.ADVOCATE)
    found = walk(visitor, *BEGIN)
    before = contents(demo_ctx)
    wrong = looked_at(visitor, found, HOSTILE)
    wrong += [
        each
        for path in found.pages
        for each in threw(visitor, "GET", f"{path.partition('?')[0]}?{in_query(q=LONG, after=LONG, next=LONG)}")
    ]

    assert len(found.pages) >= 9
    assert wrong == []
    assert contents(demo_ctx) == before


def test_sending_hostile_values_breaks_nothing(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """Every form that the pages of an advocate and of nobody show, field by field; no table goes, no court comes."""
    visitor = signed_in(Role.ADVOCATE)
    forms = forms_of(walk(visitor, *BEGIN))
    courts = contents(demo_ctx)["court"]
    wrong = sent(visitor, forms, HOSTILE)
    nobody = Visitor(visitor.app)
    wrong += sent(nobody, forms_of(walk(nobody, "/login", "/a/guess")), HOSTILE)
    wrong += [
        each for form in forms for each in threw(visitor, "POST", form.path, in_query(csrf_token=token(visitor), reason=LONG[:900_000]))
    ]

    assert len(forms) >= 4
    assert wrong == []
    assert contents(demo_ctx)["court"] == courts


def test_everybody_throws_anything_anywhere(demo_ctx: Context, demo_app: Flask) -> None:
    """Any role, any address, any method, any parameter: drawn by lot, and what breaks it made small."""
    people, names = everybody(demo_app), field_names()
    words = {who: token(visitor) for who, visitor in people.items()}
    targets = [
        (method, rule) for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD") for rule in rules(demo_app, method) or ["/login"]
    ]
    courts = contents(demo_ctx)["court"]

    @FEW
    @given(
        who=st.sampled_from(sorted(people)),
        target=st.sampled_from(targets),
        value=ANYTHING,
        fields=st.dictionaries(st.sampled_from(names), ANYTHING, max_size=4),
    )
    def throw(who: str, target: tuple[str, str], value: str, fields: dict[str, str]) -> None:
        method, rule = target
        guarded = fields | ({"csrf_token": words[who]} if method == "POST" and rule != SLOW_TO_ASK else {})
        query = "" if method == "POST" else f"?{in_query(**fields)}"
        assert threw(people[who], method, filled(rule, value) + query, in_query(**guarded)) == []

    throw()
    assert contents(demo_ctx)["court"] == courts


def test_postgresql_takes_no_offence_either(postgres_database: Database, settings: Settings) -> None:
    """It refuses signs that SQLite keeps, and numbers that are too large: every address and form, every fifth value."""
    ctx = demo_office.over(postgres_database, settings)
    demo_office.fill(ctx)
    visitor = Visitor(create_app(ctx))
    visitor.sign_in(demo_office.SIGN_IN[Role.ADVOCATE], demo_office.PASSWORD)
    found = walk(visitor, *BEGIN)
    before = contents(ctx)
    values = sorted({*HOSTILE[::5], "\x00", "a\x00b", "\ud800", str(2**63), "1; SELECT pg_sleep(9)"})
    wrong = looked_at(visitor, found, values)
    unchanged = contents(ctx) == before
    wrong += sent(visitor, forms_of(found), values)

    assert wrong == []
    assert unchanged
    assert contents(ctx)["court"] == before["court"]


@pytest.mark.parametrize("path", ["static", "bootstrap/static"])
def test_no_file_from_elsewhere_is_served(visitor: Visitor, path: str) -> None:
    """However the way up is written."""
    ways = [value for value in HOSTILE if "/" in value or "\\" in value or "%" in value]
    ways += [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "..%5capp.py",
        "..%252fapp.py",
        "....//app.py",
        "%c0%ae%c0%ae/app.py",
        "./../app.py",
    ]

    for way in ways:
        for written in (in_path(way), way.encode("ascii", "ignore").decode().replace("\n", "").replace("\r", "").replace("\x00", "")):
            answer = visitor.client.get(f"/{path}/{written}")
            assert answer.status_code in {308, 404}, way
            assert "def create_app" not in answer.text
