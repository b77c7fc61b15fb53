"""The application as a whole: every address tried by everybody, against a table that is read and signed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import col
from werkzeug.test import TestResponse

from tests import demo_office
from tests.web.visitor import TOKEN, Visitor
from tracker.domain.codes.people import Role
from tracker.domain.flags import FlagKind
from tracker.services import accounts
from tracker.services.context import Context
from tracker.services.identities import victim_ref
from tracker.settings import Settings
from tracker.storage.engine import Database
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.proceedings import Assignment, Proceeding
from tracker.storage.tables.victims import Victim
from tracker.web.app import create_app

TABLE = Path(__file__).with_name("who_may_what.txt")
FORM = re.compile(r'name="(csrf_token|next)" value="[^"]*"')
SENT = {"language": "en", "reason": "Talked with the court.", "next": "/messages"}
STRANGER = "stranger"
"""An advocate in front of a case that others are put on."""


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Return method and rule of every address, the one that ends the session last."""
    found = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return sorted(found, key=lambda each: (each[1] == "/logout", each[1], each[0]))


def person(ctx: Context, login: str) -> accounts.SignIn:
    """Return one of the invented office."""
    found = accounts.find(ctx, "login", login)
    assert found is not None
    return found


def case_of(ctx: Context, person_id: int, *, not_of: int = 0) -> dict[str, str]:
    """Return a proceeding of somebody that has an open state flag, and that flag."""
    other = sa.select(col(Assignment.proceeding_id)).where(col(Assignment.person_id) == not_of)
    wanted = (
        sa.select(col(Proceeding.ref), col(Flag.ref))
        .join(Flag, col(Flag.proceeding_id) == col(Proceeding.id))
        .join(Assignment, col(Assignment.proceeding_id) == col(Proceeding.id))
        .where(col(Assignment.person_id) == person_id, col(Assignment.to_on).is_(None))
        .where(col(Flag.closed_on).is_(None), col(Flag.kind) == FlagKind.STATE, col(Proceeding.id).not_in(other))
        .order_by(col(Flag.id))
    )
    with ctx.database.reading() as db:
        row = db.connection().execute(wanted).first()
        assert row is not None
        victim = db.connection().execute(
            sa.select(col(Victim.external_id))
            .join(Proceeding, col(Proceeding.id) == col(Victim.proceeding_id))
            .where(col(Proceeding.ref) == row[0])
        )
        name = victim_ref(ctx.keys, victim.scalars().first() or "")
    return {"ref": row[0], "flag": row[1], "victim": name, "token": "guess", "filename": "never.css"}


def said(answer: TestResponse) -> str:
    """Return the status, and for a redirection whether it leads to the sign-in."""
    to_sign_in = answer.status_code in {302, 303} and answer.location.startswith("/login")
    return f"{answer.status_code}{' in' if to_sign_in else ''}"


def tried(visitor: Visitor, case: dict[str, str]) -> dict[str, str]:
    """Try every address with the token of the visitor's own session."""
    token = TOKEN.search(visitor.get("/never/was").text)
    assert token is not None
    found = {}
    for method, rule in addresses(visitor.app):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: case[name[1]], rule)
        sent = {"csrf_token": token[1], **SENT} if method == "POST" else None
        found[f"{method} {rule}"] = said(visitor.client.open(path, method=method, data=sent))
    return found


def signed() -> dict[str, dict[str, str]]:
    """Return the table: for each column, what each address answers."""
    head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    columns = re.split(r"\s{2,}", head.strip())
    rows = [re.split(r"\s{2,}", line.strip()) for line in lines if line.strip()]
    return {name: {row[0]: row[1 + place] for row in rows} for place, name in enumerate(columns)}


@pytest.mark.parametrize("who", ["nobody", *(role.value for role in Role), STRANGER])
def test_who_may_what(demo_app: Flask, demo_ctx: Context, who: str) -> None:
    """Every address as nobody, in every role on an own case, and as an advocate on somebody else's; compared with the signed table."""
    advocate, lawyer = (person(demo_ctx, demo_office.SIGN_IN[role]).person_id for role in (Role.ADVOCATE, Role.LAWYER))
    visitor, case = Visitor(demo_app), case_of(demo_ctx, advocate)
    if who in set(Role):
        visitor.sign_in(demo_office.SIGN_IN[Role(who)], demo_office.PASSWORD)
        reads = Role(who) in {Role.ADVOCATE, Role.LAWYER, Role.SUPERVISOR}
        case = case_of(demo_ctx, person(demo_ctx, demo_office.SIGN_IN[Role(who)]).person_id) if reads else case
    elif who == STRANGER:
        visitor.sign_in(demo_office.SIGN_IN[Role.ADVOCATE], demo_office.PASSWORD)
        case = case_of(demo_ctx, lawyer, not_of=advocate)

    assert tried(visitor, case) == signed()[who]


def test_a_foreign_case_looks_like_none(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """Status, headers and every byte of the body are those of a case that never was."""
    advocate, lawyer = (person(demo_ctx, demo_office.SIGN_IN[role]).person_id for role in (Role.ADVOCATE, Role.LAWYER))
    foreign = case_of(demo_ctx, lawyer, not_of=advocate)
    visitor = signed_in(Role.ADVOCATE)
    answers = [visitor.get(f"/proceedings/{ref}") for ref in (foreign["ref"], "0" * len(foreign["ref"]), "never-was")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({FORM.sub("", answer.text) for answer in answers}) == 1
    assert len({tuple(sorted((n, v) for n, v in answer.headers if n not in {"Set-Cookie", "Content-Length"})) for answer in answers}) == 1


def test_a_foreign_flag_looks_like_none(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """Also to who sends its forms."""
    advocate, lawyer = (person(demo_ctx, demo_office.SIGN_IN[role]).person_id for role in (Role.ADVOCATE, Role.LAWYER))
    foreign = case_of(demo_ctx, lawyer, not_of=advocate)
    visitor = signed_in(Role.ADVOCATE)
    for act in ("acknowledge", "close", "dismiss"):
        answers = [
            visitor.post(f"/proceedings/{foreign['ref']}/flags/{flag}/{act}", form_at="/messages", reason="x")
            for flag in (foreign["flag"], "never-was")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({FORM.sub("", answer.text) for answer in answers}) == 1


def test_everything_looks_alike_on_postgresql(postgres_database: Database, settings: Settings) -> None:
    """Every page answers over PostgreSQL too, with the same cases."""
    ctx = demo_office.over(postgres_database, settings)
    demo_office.fill(ctx)
    advocate = person(ctx, demo_office.SIGN_IN[Role.ADVOCATE])
    case = case_of(ctx, advocate.person_id)
    visitor = Visitor(create_app(ctx))
    visitor.sign_in(advocate.login, demo_office.PASSWORD)

    for path in ("/", "/proceedings/", "/proceedings/?q=a", f"/proceedings/{case['ref']}", "/figures", "/messages", "/feed"):
        assert visitor.get(path).status_code == 200, path
    assert tried(visitor, case) == signed()["ADVOCATE"]
