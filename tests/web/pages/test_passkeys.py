"""Passkeys over the pages: added with a fresh code, used in its place at both doors, and refused without saying why."""

import html
import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from tests.authenticator import Authenticator
from tests.services.test_passkeys import at
from tests.web.test_sessions import later
from tests.web.visitor import Visitor, enrol, fresh_code
from tracker.services.context import Context
from tracker.storage.queries import audit as log
from tracker.web.app import create_app

ADDRESS = "http://localhost"
NEW = "/account/passkeys/new"


@pytest.fixture
def ana(sqlite_ctx: Context) -> Visitor:
    """An advocate, signed in, where browsers know passkeys."""
    enrol(sqlite_ctx, "ana")
    found = Visitor(create_app(at(sqlite_ctx, ADDRESS)))
    found.sign_in("ana")
    return found


def answer_at(visitor: Visitor, page: str, device: Authenticator, **more: str) -> TestResponse:
    """Let the device answer what a page asks, and send the form."""
    shown = visitor.get(page).text
    options, challenge = re.search(r'data-options="([^"]+)"', shown), re.search(r'name="challenge" value="([^"]+)"', shown)
    assert options is not None
    assert challenge is not None
    asked = html.unescape(options[1])
    answer = device.make(asked) if page == NEW else device.show(asked)
    where = re.search(r'<form id="passkey" method="post" action="([^"]+)"', shown)
    assert where is not None
    return visitor.post(where[1], form_at=page, challenge=challenge[1], answer=answer, **more)


def refusals(ctx: Context) -> Iterator[dict[str, object]]:
    """Yield what the audit log says of sign-ins that were refused."""
    with ctx.database.reading() as db:
        for entry in log.entries(db):
            if entry.action == "sign-in.refused":
                yield dict(entry.details)


def test_added_used_and_removed(ana: Visitor) -> None:
    """It stands with my sign-in, opens the second step and confirms again, and is gone when it was removed."""
    device = Authenticator(origin=ADDRESS)
    assert answer_at(ana, NEW, device, name="Blue key").location == "/account"
    page = ana.get("/account").text
    assert "Blue key" in page
    assert "never used" in page

    other = Visitor(ana.app)
    other.give_password("ana")
    assert answer_at(other, "/second-factor?next=/messages", device, next="/messages").location == "/messages"
    assert other.get("/messages").status_code == 200
    late = later(other, minutes=15)
    assert late.get(NEW).location.startswith("/again")
    assert answer_at(late, "/again", device, next=NEW).location == NEW
    assert late.get(NEW).status_code == 200

    removing = re.search(r'action="(/account/passkeys/[^"/]+/remove)"', ana.get("/account").text)
    assert removing is not None
    assert ana.post(removing[1], form_at="/account").location == "/account"
    assert "Blue key" not in ana.get("/account").text
    assert ana.post(removing[1], form_at="/account").status_code == 404


def test_a_wrong_answer_is_refused_without_saying_why(ana: Visitor) -> None:
    """From another place, or sent a second time in another session: the same page, and a line in the log."""
    device = Authenticator(origin=ADDRESS)
    answer_at(ana, NEW, device, name="Blue key")
    other = Visitor(ana.app)
    other.give_password("ana")
    device.origin = "https://evil.example"
    assert "was not taken" in answer_at(other, "/second-factor", device).text
    assert other.post("/second-factor/passkey", form_at="/second-factor", challenge="x", answer="{}").status_code == 422
    assert other.get("/messages").location.startswith("/second-factor")
    assert ana.post("/again/passkey", form_at="/again", challenge="x", answer="{}").status_code == 422

    assert list(refusals(ana.ctx)) == [{"step": "passkey"}] * 3


def test_it_is_not_added_without_name_answer_or_fresh_code(ana: Visitor) -> None:
    """What is wrong is said at its place; the name that was entered stays."""
    device = Authenticator(origin=ADDRESS)
    unnamed = answer_at(ana, NEW, device, name="")
    assert (unnamed.status_code, "1 to 60 characters" in unnamed.text) == (422, True)
    device.origin = "https://evil.example"
    elsewhere = answer_at(ana, NEW, device, name="Blue key")
    assert (elsewhere.status_code, 'value="Blue key"' in elsewhere.text) == (422, True)
    late = later(ana, minutes=15)

    assert late.post(NEW, form_at="/account", name="Blue key").location == f"/again?next={NEW}"


def test_without_a_name_for_the_site_there_are_none(advocate: Visitor) -> None:
    """At an address that is a number no browser makes one: it says so, and the pages are not there."""
    assert "begins with https" in advocate.get("/account").text
    assert advocate.get(NEW).status_code == 404
    assert advocate.post("/second-factor/passkey", form_at="/account", challenge="x", answer="x").status_code == 422


def test_it_opens_where_the_codes_of_a_day_are_used_up(ana: Visitor) -> None:
    """Somebody who knows the password guessed codes: the owner gets in with her passkey."""
    device = Authenticator(origin=ADDRESS)
    answer_at(ana, NEW, device, name="Blue key")
    other = Visitor(ana.app)
    other.give_password("ana")
    tried = [other.post("/second-factor", form_at="/second-factor", code=f"{number:06}").status_code for number in range(6)]
    assert tried[-1] == 429
    assert other.post("/second-factor", form_at="/second-factor", code=fresh_code(ana.ctx, "ana")).status_code == 429

    assert answer_at(other, "/second-factor", device).location == "/"
