"""Whoever is not signed in acts as nobody, never as the system."""

import pytest
from flask import Flask, url_for
from flask_login import login_user

from tests.web.visitor import enrol
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.web import sessions
from tracker.web.request_context import EXTENSION, current_context, program_context, signed_in


def test_nobody_is_not_the_system(app: Flask) -> None:
    """The system may do everything; a page without a sign-in must not become it."""
    with app.test_request_context():
        actor = current_context().actor

        assert signed_in() is None
        assert not actor.is_system
        assert actor.role is None


def test_a_request_acts_as_who_signed_in(app: Flask, sqlite_ctx: Context) -> None:
    """Once both factors were given; with their role, on the program's own clock and database."""
    person = enrol(sqlite_ctx, "ana", Role.LAWYER)
    with app.test_request_context():
        assert url_for("today.board") == "/"
        user = app.extensions["security"].datastore.find_user(login="ana")
        login_user(user)
        assert current_context().actor.person_id == 0
        sessions.begin(sqlite_ctx, user.sign_in)
        ctx = current_context()

        assert (ctx.actor.person_id, ctx.actor.role) == (person, Role.LAWYER)
        assert ctx.database is program_context().database


def test_an_application_without_its_context_says_so() -> None:
    """A mistake of ours, found at once."""
    app = Flask("bare")
    app.extensions[EXTENSION] = None

    with app.app_context(), pytest.raises(TypeError):
        program_context()
