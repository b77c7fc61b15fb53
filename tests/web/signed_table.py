"""Every address tried by everybody: the table that `who_may_what.txt` keeps, and how to make it anew.

``PYTHONPATH=. .venv/bin/python -m tests.web.signed_table`` prints the table as it is now; read every line that changed before you keep it.
"""

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from pydantic import SecretStr
from sqlmodel import col
from werkzeug.test import TestResponse

from tests import demo_office
from tests.conftest import acting
from tests.web.visitor import TOKEN, Visitor
from tracker.domain.codes.people import Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.flags import FlagKind
from tracker.privacy.keys import fresh_key
from tracker.privacy.redaction import configure_logging
from tracker.services import accounts, colleagues, opened_cases, sign_in_links
from tracker.services.context import Context
from tracker.services.debriefs import hearing_ref
from tracker.services.identities import victim_ref
from tracker.settings import KeySettings, Settings, WebSettings
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.proceedings import Assignment, Proceeding
from tracker.storage.tables.victims import Victim
from tracker.web.app import create_app

TABLE = Path(__file__).with_name("who_may_what.txt")
SENT = {"language": "en", "reason": "Talked with the court about it.", "next": "/messages"}
NOBODY, HALF, TEAM, OPENED, EXPIRED, STRANGER = "nobody", "half", "team", "opened", "expired", "stranger"
WHO = (NOBODY, HALF, *(role.value for role in Role), TEAM, OPENED, EXPIRED, STRANGER)
"""Nobody; an advocate who gave her password and no code; each role in front of an own case; a supervisor in front of a case of
her people; an advocate who opened a case, whose four hours are over, and who has nothing to do with it."""
WHY = "The advocate is ill and the hearing is today."


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Return method and rule of every address, the ones that end the session last."""
    found = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return sorted(found, key=lambda each: (each[1] == "/exit", each[1] in {"/logout", "/account/everywhere"}, each[1], each[0]))


def person(ctx: Context, role: Role) -> int:
    """Return the id of somebody of a role in the invented office."""
    found = accounts.find(ctx, "login", demo_office.SIGN_IN[role])
    assert found is not None
    return found.person_id


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
        victim = (
            sa.select(col(Victim.external_id))
            .join(Proceeding, col(Proceeding.id) == col(Victim.proceeding_id))
            .where(col(Proceeding.ref) == row[0])
        )
        found = db.connection().execute(victim).scalars().first() or ""
        past = (
            sa.select(col(Hearing.external_id))
            .join(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id))
            .where(col(Proceeding.ref) == row[0], col(Hearing.starts_at) < ctx.now())
            .order_by(col(Hearing.starts_at))
        )
        hearing = db.connection().execute(past).scalars().first() or ""
    return {
        "ref": row[0], "flag": row[1], "victim": victim_ref(ctx.keys, found), "hearing": hearing_ref(ctx.keys, hearing),
        "slug": "incidents", "name": "new", "filename": "never.css",
    }  # fmt: skip


def take_off(ctx: Context, person_id: int, ref: str) -> None:
    """End somebody's own assignment to a case, yesterday."""
    this = sa.select(col(Proceeding.id)).where(col(Proceeding.ref) == ref).scalar_subquery()
    ended = sa.update(Assignment).where(col(Assignment.person_id) == person_id, col(Assignment.proceeding_id) == this)
    with ctx.database.writing() as db:
        db.connection().execute(ended.values(to_on=ctx.office_today() - timedelta(days=1)))


def set_up(ctx: Context, app: Flask, who: str) -> tuple[Visitor, dict[str, str]]:
    """Return one of `WHO`, signed in where they are somebody, and the case that they stand in front of."""
    advocate, lawyer, supervisor = (person(ctx, role) for role in (Role.ADVOCATE, Role.LAWYER, Role.SUPERVISOR))
    visitor, case = Visitor(app), case_of(ctx, advocate)
    if who == NOBODY:
        return visitor, case
    if who == HALF:
        visitor.give_password(demo_office.SIGN_IN[Role.ADVOCATE], demo_office.PASSWORD)
        return visitor, case
    role = Role.SUPERVISOR if who == TEAM else Role(who) if who in set(Role) else Role.ADVOCATE
    visitor.sign_in(demo_office.SIGN_IN[role], demo_office.PASSWORD)
    if who == TEAM:
        take_off(ctx, supervisor, case["ref"])
        return visitor, case
    if who in set(Role):
        own = {Role.LAWYER: lawyer, Role.SUPERVISOR: supervisor}.get(role, advocate)
        return visitor, case_of(ctx, own)
    case = case_of(ctx, lawyer, not_of=advocate)
    if who in {OPENED, EXPIRED}:
        before = ctx.at(ctx.now() - (opened_cases.OPEN_FOR if who == EXPIRED else timedelta()))
        opened_cases.open_case(acting(before, advocate, Role.ADVOCATE), case["ref"], WHY)
    return visitor, case


def somebody(ctx: Context) -> dict[str, str]:
    """Return a colleague, a lawyer, whom administrators' addresses are about, and a link that is open for them."""
    lawyer = accounts.find(ctx, "login", demo_office.SIGN_IN[Role.LAWYER])
    assert lawyer is not None
    link = sign_in_links.make(ctx, lawyer.person, LinkPurpose.PASSWORD)
    return {"ref": colleagues.ref_of(ctx.keys, lawyer.person), "token": link.rpartition("/")[2]}


def said(answer: TestResponse) -> str:
    """Return the status, and for a redirection whether it leads to the password or to the code."""
    where = answer.location.partition("?")[0] if answer.status_code in {302, 303} else ""
    return f"{answer.status_code}{ {'/login': ' in', '/second-factor': ' code'}.get(where, '') }"


def tried(visitor: Visitor, case: dict[str, str]) -> dict[str, str]:
    """Try every address with the token of the visitor's own session; what the case does not name is guessed."""
    token = TOKEN.search(visitor.get("/never/was").text)
    assert token is not None
    found, people = {}, somebody(visitor.ctx)
    for method, rule in addresses(visitor.app):
        named = people if rule.startswith(("/people/", "/join/")) else case
        path = re.sub(r"<(?:\w+:)?(\w+)>", partial(_part, named), rule)
        sent = {"csrf_token": token[1], **SENT} if method == "POST" else None
        found[f"{method} {rule}"] = said(visitor.client.open(path, method=method, data=sent))
    return found


def _part(named: Mapping[str, str], place: re.Match[str]) -> str:
    return named.get(place[1], "guess")


def signed() -> dict[str, dict[str, str]]:
    """Return the table: for each column, what each address answers."""
    head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    columns = re.split(r"\s{2,}", head.strip())
    rows = [re.split(r"\s{2,}", line.strip()) for line in lines if line.strip()]
    return {name: {row[0]: row[1 + place] for row in rows} for place, name in enumerate(columns)}


def _lines(found: dict[str, dict[str, str]]) -> Iterator[str]:
    rows = list(found[NOBODY])
    width = max(map(len, rows)) + 2
    yield " " * width + "".join(f"{who:<12}" for who in WHO)
    yield from (f"{row:<{width}}" + "".join(f"{found[who][row]:<12}" for who in WHO) for row in rows)


def main() -> None:
    """Print the table as it is now."""
    configure_logging(sys.stderr)
    settings = Settings(
        keys=KeySettings(ring={1: SecretStr(fresh_key())}, index=SecretStr(fresh_key())),
        web=WebSettings(secret_key=SecretStr(fresh_key()), password_salt=SecretStr(fresh_key())),
    )
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = Database(f"sqlite:///{folder / 'empty.sqlite3'}")
        schema.upgrade(empty)
        empty.close()
        filled = demo_office.made(folder / "empty.sqlite3", folder, settings)
        for who in WHO:
            ctx = demo_office.copied(filled, folder, settings)
            found[who] = tried(*set_up(ctx, create_app(ctx), who))
            ctx.database.close()
    sys.stdout.write("\n".join(line.rstrip() for line in _lines(found)) + "\n")


if __name__ == "__main__":
    main()
