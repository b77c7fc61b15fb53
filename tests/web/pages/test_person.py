"""One person, for administrators: links told once, sessions ended, roles and supervisors changed; each refusal says why."""

import re

import pytest
from flask import Flask

from tests import rows
from tests.web.visitor import Visitor, accounts_row, enrol
from tracker.domain.codes.people import Role
from tracker.services import colleagues, people
from tracker.services.context import Context


@pytest.fixture
def admin(app: Flask, sqlite_ctx: Context) -> Visitor:
    """An administrator, signed in; ana is an advocate who signs in, mira one who does not yet."""
    enrol(sqlite_ctx, "vera", Role.ADMIN)
    enrol(sqlite_ctx, "ana")
    with sqlite_ctx.database.writing() as db:
        rows.person(db, external_id="mira")
    found = Visitor(app)
    found.sign_in("vera")
    return found


def page_of(admin: Visitor, person: str) -> str:
    """Return the address of somebody's page."""
    return f"/people/{colleagues.ref_of(admin.ctx.keys, person)}"


def act(admin: Visitor, person: str, what: str, **sent: str) -> int:
    """Do something on somebody's page; returns the status."""
    at = page_of(admin, person)
    return admin.post(f"{at}/{what}", form_at=at, **sent).status_code


def test_an_invitation_is_shown_once(admin: Visitor) -> None:
    """The address stands on the answer and on no page after it; withdrawn, it is over."""
    at = page_of(admin, "mira")
    made = admin.post(f"{at}/invite", form_at=at).text
    found = re.search(r"/join/[\w-]{43}", made)
    assert found is not None
    assert "An invitation is open until" in admin.get(at).text
    assert found[0] not in admin.get(at).text
    assert Visitor(admin.app).get(found[0]).status_code == 200
    assert act(admin, "mira", "withdraw") == 303
    assert Visitor(admin.app).get(found[0]).status_code == 404
    assert "An invitation is open until" not in admin.get(at).text


def test_a_link_takes_the_second_factor_only_where_that_was_chosen(admin: Visitor) -> None:
    """The box rests unchecked."""
    at = page_of(admin, "person-of-ana")
    admin.post(f"{at}/reset", form_at=at)
    assert "A link for a new password is open until" in admin.get(at).text
    admin.post(f"{at}/reset", form_at=at, second_factor="yes")
    assert "A link for a new password and second factor is open until" in admin.get(at).text
    assert act(admin, "mira", "reset") == 409
    assert act(admin, "person-of-ana", "invite") == 409


def test_a_name_is_shown_this_once(admin: Visitor) -> None:
    """Asked for, it is the heading; the next look is masked again."""
    about, identity = people.fields(admin.ctx, "LAWYER", "Đurđica Čavić")
    at = page_of(admin, people.take_on(admin.ctx, about, identity))

    assert "Đurđica" not in admin.get(at).text
    assert "<h1>Đurđica Čavić</h1>" in admin.post(f"{at}/name", form_at=at).text
    assert "Đurđica" not in admin.get(at).text


def test_sessions_end_and_a_sign_in_is_shut_and_opened(admin: Visitor) -> None:
    """Ana is out at once; shutting is asked about on a page of its own that changes nothing."""
    ana = Visitor(admin.app)
    ana.sign_in("ana")
    assert ana.get("/messages").status_code == 200
    assert act(admin, "person-of-ana", "end-sessions") == 303
    assert ana.get("/messages").location.startswith("/login")
    at = page_of(admin, "person-of-ana")
    assert "Shut the sign-in of" in admin.get(f"{at}/disable").text
    assert accounts_row(admin.ctx, "ana").active
    assert act(admin, "person-of-ana", "disable") == 303
    assert not accounts_row(admin.ctx, "ana").active
    assert "Open the sign-in again" in admin.get(at).text
    assert act(admin, "person-of-ana", "enable") == 303
    assert accounts_row(admin.ctx, "ana").active


def test_role_and_supervisor_change_or_are_refused_at_their_place(admin: Visitor) -> None:
    """The last administrator stays one; a supervisor is one, and not oneself."""
    ana, mira = (page_of(admin, person) for person in ("person-of-ana", "mira"))
    assert act(admin, "person-of-ana", "role", role="SUPERVISOR") == 303
    assert act(admin, "mira", "supervisor", supervisor=ana.rpartition("/")[2]) == 303
    assert f'value="{ana.rpartition("/")[2]}" selected' in admin.get(mira).text
    assert act(admin, "mira", "supervisor", supervisor="") == 303
    refused = {
        "role": admin.post(f"{page_of(admin, 'person-of-vera')}/role", form_at=ana, role="LAWYER"),
        "role-problem": admin.post(f"{ana}/role", form_at=ana, role="BOSS"),
        "supervisor": admin.post(f"{ana}/supervisor", form_at=ana, supervisor=mira.rpartition("/")[2]),
        "supervisor-problem": admin.post(f"{ana}/supervisor", form_at=ana, supervisor="š" * 300),
        "disable": admin.post(f"{page_of(admin, 'person-of-vera')}/disable", form_at=ana),
    }

    assert {answer.status_code for answer in refused.values()} == {422}
    assert all("Nothing was changed" in answer.text and f'"#{place.partition("-")[0]}"' in answer.text for place, answer in refused.items())


def test_somebody_who_is_not_there_looks_like_no_page(admin: Visitor) -> None:
    """Whoever asks."""
    assert admin.get("/people/000000000000").status_code == 404
    assert admin.post("/people/000000000000/invite", form_at="/people").status_code == 404
