"""The list of people and taking somebody on: names masked, nothing half-entered, nobody written to."""

import re

import pytest
from flask import Flask

from tests import rows
from tests.web.test_sessions import later
from tests.web.visitor import Visitor, enrol
from tracker.domain.codes.people import Role
from tracker.services import colleagues
from tracker.services.context import Context

NEW = {"name": "Đurđica Čavić", "role": "LAWYER", "phone": "+381 64 123 4567", "email": "djurdjica@example.org", "language": "sr-Latn"}


@pytest.fixture
def admin(app: Flask, sqlite_ctx: Context) -> Visitor:
    """An administrator, signed in."""
    enrol(sqlite_ctx, "vera", Role.ADMIN)
    found = Visitor(app)
    found.sign_in("vera")
    return found


def test_somebody_is_taken_on_and_only_masked_from_then_on(admin: Visitor) -> None:
    """The page of the person follows; the list shows initials, no number, no address."""
    taken = admin.post("/people/new", form_at="/people/new", **NEW)
    page, index = admin.get(taken.location).text, admin.get("/people").text

    assert taken.status_code == 303
    assert re.fullmatch(r"/people/[\w-]{22}", taken.location)
    for told in (page, index):
        assert "Đ••• Č•••" in told
        assert not [secret for secret in ("Đurđica", "Čavić", "4567", "djurdjica@") if secret in told]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "), ("name", "x" * 501), ("name", "Ana\u202e"), ("phone", "011 123 456"), ("phone", "<script>"), ("email", "ana"),
        ("role", "BOSS"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(admin: Visitor, field: str, value: str) -> None:
    """The rest stays as it was typed; nobody was taken on; what was wrong is escaped."""
    before = len(colleagues.everybody(admin.ctx))
    answer = admin.post("/people/new", form_at="/people/new", **{**NEW, field: value})

    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]
    assert len(colleagues.everybody(admin.ctx)) == before


def test_the_list_tells_the_state_of_each_sign_in(admin: Visitor) -> None:
    """Who can sign in, who has none; a person whose name is missing is still one."""
    with admin.ctx.database.writing() as db:
        rows.person(db, external_id="mira")
    told = admin.get("/people").text

    assert "can sign in" in told
    assert "no sign-in" in told
    assert told.count('scope="row"') == 2


def test_taking_on_needs_a_fresh_code_and_looking_does_not(admin: Visitor) -> None:
    """A quarter of an hour after the last code."""
    late = later(admin, minutes=15)

    assert late.get("/people").status_code == 200
    assert late.get("/people/new").location == "/again?next=/people/new"
