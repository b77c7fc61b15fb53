"""The application as a whole: every address tried by everybody, against a table that is read and signed."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import demo_office
from tests.web.signed_table import WHO, case_of, person, set_up, signed, tried
from tests.web.visitor import CHANGING, Visitor
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.settings import Settings
from tracker.storage.engine import Database
from tracker.web.app import create_app


@pytest.mark.parametrize("who", WHO)
def test_who_may_what(demo_app: Flask, demo_ctx: Context, who: str) -> None:
    """Every address as nobody, in every role on an own case, on a case of the team, opened, no longer open, and somebody else's.

    Compared with the signed table; `tests/web/signed_table.py` tells how to make it anew.
    """
    assert tried(*set_up(demo_ctx, demo_app, who)) == signed()[who]


def test_a_foreign_case_looks_like_none(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """Status, headers and every byte of the body are those of a case that never was."""
    advocate, lawyer = (person(demo_ctx, role) for role in (Role.ADVOCATE, Role.LAWYER))
    foreign = case_of(demo_ctx, lawyer, not_of=advocate)
    visitor = signed_in(Role.ADVOCATE)
    answers = [visitor.get(f"/proceedings/{ref}") for ref in (foreign["ref"], "0" * len(foreign["ref"]), "never-was")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({CHANGING.sub("", answer.text) for answer in answers}) == 1
    assert (
        len(
            {
                tuple(sorted((n, v) for n, v in answer.headers if n not in {"Set-Cookie", "Content-Length", "Content-Security-Policy"}))
                for answer in answers
            }
        )
        == 1
    )


def test_a_foreign_case_costs_what_none_costs(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """The same statements are asked of the database, so the time tells nothing either."""
    advocate, lawyer = (person(demo_ctx, role) for role in (Role.ADVOCATE, Role.LAWYER))
    foreign = case_of(demo_ctx, lawyer, not_of=advocate)["ref"]
    visitor = signed_in(Role.ADVOCATE)
    asked: list[list[str]] = []
    sa.event.listen(demo_ctx.database.engine, "before_cursor_execute", lambda *call: asked[-1].append(call[2]))
    for path in (f"/proceedings/{foreign}", "/proceedings/never-was", f"/proceedings/{foreign[::-1]}"):
        asked.append([])
        visitor.get(path)

    assert len(asked[0]) > 0
    assert asked[0] == asked[1] == asked[2]


@pytest.mark.parametrize(
    "twist", ["/proceedings/{}/", "//proceedings/{}", "/proceedings/%2e/{}", "/PROCEEDINGS/{}", "/proceedings/{}%00", "/proceedings/{}/."]
)
def test_no_twist_of_an_address_opens_more(demo_ctx: Context, signed_in: Callable[[Role], Visitor], twist: str) -> None:
    """Strokes, encodings and capitals lead nowhere; neither does another method, or a header that names one."""
    advocate, lawyer = (person(demo_ctx, role) for role in (Role.ADVOCATE, Role.LAWYER))
    foreign = case_of(demo_ctx, lawyer, not_of=advocate)["ref"]
    visitor = signed_in(Role.ADVOCATE)
    answer = visitor.client.get(twist.format(foreign), follow_redirects=True)
    disguised = visitor.client.get(f"/proceedings/{foreign}", headers={"X-HTTP-Method-Override": "POST", "X-Original-URL": "/"})

    assert answer.status_code in {400, 404}
    assert disguised.status_code == 404
    assert visitor.client.head(f"/proceedings/{foreign}").status_code == 404


def test_a_foreign_flag_looks_like_none(demo_ctx: Context, signed_in: Callable[[Role], Visitor]) -> None:
    """Also to who sends its forms."""
    advocate, lawyer = (person(demo_ctx, role) for role in (Role.ADVOCATE, Role.LAWYER))
    foreign = case_of(demo_ctx, lawyer, not_of=advocate)
    visitor = signed_in(Role.ADVOCATE)
    for act in ("acknowledge", "close", "dismiss"):
        answers = [
            visitor.post(f"/proceedings/{foreign['ref']}/flags/{flag}/{act}", form_at="/messages", reason="x")
            for flag in (foreign["flag"], "never-was")
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({CHANGING.sub("", answer.text) for answer in answers}) == 1


def test_everything_looks_alike_on_postgresql(postgres_database: Database, settings: Settings) -> None:
    """Every page answers over PostgreSQL too, with the same cases."""
    ctx = demo_office.over(postgres_database, settings)
    demo_office.fill(ctx)
    visitor, case = set_up(ctx, create_app(ctx), Role.ADVOCATE)

    for path in ("/", "/proceedings/", "/proceedings/?q=a", f"/proceedings/{case['ref']}", "/figures", "/messages", "/feed"):
        assert visitor.get(path).status_code == 200, path
    assert tried(visitor, case) == signed()["ADVOCATE"]
