"""The page behind a one-use link: looking uses nothing up, whatever is wrong leaves it open, and all that are over look the same."""

from datetime import timedelta

import pytest
from flask import Flask

from tests import rows
from tests.web.visitor import PASSWORD, Visitor, accounts_row, enrol
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.services import second_factor, sign_in_links
from tracker.services.context import Context
from tracker.services.throttling import PASSWORD as PATIENCE
from tracker.web.app import create_app

CHOSEN = "ćuran zumbul orahovac"


@pytest.fixture
def invited(sqlite_ctx: Context) -> str:
    """The path of an invitation for somebody who has no sign-in."""
    with sqlite_ctx.database.writing() as db:
        rows.person(db, external_id="mira")
    return link(sqlite_ctx, "mira", LinkPurpose.INVITATION)


def link(ctx: Context, person: str, purpose: LinkPurpose) -> str:
    """Return the path of a fresh link."""
    return sign_in_links.make(ctx, person, purpose).removeprefix(ctx.settings.web.public_url.rstrip("/"))


def test_an_invitation_becomes_a_sign_in_that_sets_up_its_second_factor(visitor: Visitor, invited: str) -> None:
    """A phone that fetches the address ahead uses nothing up; used once, it is over, and the way leads to the second factor."""
    assert [visitor.get(invited).status_code for _ in range(3)] == [200, 200, 200]
    used = visitor.post(invited, form_at=invited, login=" Mira.K ", password=CHOSEN, again=CHOSEN)

    assert used.status_code == 200
    assert "The link is used up" in used.text
    assert visitor.get(invited).status_code == 404
    assert visitor.give_password("mira.k", CHOSEN).status_code == 302
    assert visitor.get("/second-factor").location.startswith("/second-factor/set-up")


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"login": "mira", "password": CHOSEN, "again": CHOSEN + "!"}, "again"),
        ({"login": "mira", "password": "lozinka12345", "again": "lozinka12345"}, "password"),
        ({"login": "mira", "password": "", "again": ""}, "password"),
        ({"login": "m", "password": CHOSEN, "again": CHOSEN}, "login"),
        ({"login": "<b>мира</b>", "password": CHOSEN, "again": CHOSEN}, "login"),
        ({"login": "ana", "password": CHOSEN, "again": CHOSEN}, "login"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_leaves_the_link_open(
    visitor: Visitor, sqlite_ctx: Context, invited: str, sent: dict[str, str], place: str
) -> None:
    """Nothing that was typed as a password comes back, and the name that somebody else has is told as taken only here."""
    enrol(sqlite_ctx, "ana")
    answer = visitor.post(invited, form_at=invited, **sent)

    assert answer.status_code == 422
    assert f'id="{place}-problem"' in answer.text
    assert CHOSEN not in answer.text
    assert "<b>" not in answer.text
    assert visitor.get(invited).status_code == 200


def test_a_new_password_leaves_the_second_factor_unless_the_link_takes_it(visitor: Visitor, sqlite_ctx: Context) -> None:
    """The name is shown, not asked for; the old password opens nothing any more."""
    enrol(sqlite_ctx, "ana")
    path = link(sqlite_ctx, "person-of-ana", LinkPurpose.PASSWORD)
    assert "Your sign-in name is ana." in visitor.get(path).text
    assert visitor.post(path, form_at=path, password=CHOSEN, again=CHOSEN).status_code == 200
    assert second_factor.is_set(sqlite_ctx, accounts_row(sqlite_ctx, "ana"))
    assert visitor.give_password("ana", PASSWORD).status_code == 200
    assert visitor.give_password("ana", CHOSEN).status_code == 302

    taking = link(sqlite_ctx, "person-of-ana", LinkPurpose.PASSWORD_AND_FACTOR)
    other = Visitor(visitor.app)
    assert other.post(taking, form_at=taking, password=PASSWORD, again=PASSWORD).status_code == 200
    assert not second_factor.is_set(sqlite_ctx, accounts_row(sqlite_ctx, "ana"))


def test_used_over_withdrawn_and_guessed_links_look_the_same(sqlite_ctx: Context, invited: str) -> None:
    """Three days: the last moment opens, the next does not; and nobody learns which of them a link was."""
    later = [create_app(sqlite_ctx.at(sqlite_ctx.now() + sign_in_links.GOOD_FOR + timedelta(seconds=over))) for over in (-1, 0)]
    assert [Visitor(app).get(invited).status_code for app in later] == [200, 404]
    over = Visitor(later[1]).get(invited)
    fresh = Visitor(create_app(sqlite_ctx))
    guessed = fresh.get("/join/" + "x" * 43)
    sign_in_links.withdraw(sqlite_ctx, "mira")
    withdrawn = fresh.get(invited)

    assert {answer.status_code for answer in (over, guessed, withdrawn)} == {404}
    assert len({answer.text.partition("<main")[2].partition("</main>")[0] for answer in (over, guessed, withdrawn)}) == 1


def test_guessing_links_is_slowed_down(app: Flask, sqlite_ctx: Context) -> None:
    """One link ten times, then no more: the answer is the one that signing in gives."""
    enrol(sqlite_ctx, "ana")
    guesser = Visitor(app)
    answers = [guesser.post("/join/" + "x" * 43, password=CHOSEN, again=CHOSEN).status_code for _ in range(PATIENCE.of_account_here + 1)]

    assert answers[:-1] == [404] * PATIENCE.of_account_here
    assert answers[-1] == 429
