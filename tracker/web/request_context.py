"""The context of one request: the program's own, acting as whoever signed in."""

from typing import TYPE_CHECKING

from flask import current_app
from flask_login import current_user

from tracker.services.context import Actor, Context
from tracker.web import sessions

if TYPE_CHECKING:
    from tracker.services.accounts import SignIn

EXTENSION = "tracker"


def program_context() -> Context:
    """Return the context that the program was started with."""
    context = current_app.extensions[EXTENSION]
    if not isinstance(context, Context):
        raise TypeError(EXTENSION)
    return context


def half_signed_in() -> "SignIn | None":
    """Return whose password was given in this session, whether or not the second factor was, too."""
    return getattr(current_user, "sign_in", None)


def signed_in() -> "SignIn | None":
    """Return who is signed in, if anybody: with password and second factor, and not for too long."""
    account = half_signed_in()
    return account if account is not None and sessions.is_whole(program_context(), account) else None


def forget_sign_in() -> None:
    """Treat the rest of the request as nobody's: looking up who it is may be the very thing that fails."""
    current_app.login_manager._update_request_context_with_user()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask-Login has no other


def current_context() -> Context:
    """Return the context of the request; without a sign-in it acts as nobody, who may do nothing."""
    account = signed_in()
    actor = Actor(person_id=0) if account is None else Actor(person_id=account.person_id, role=account.role)
    return program_context().acting_as(actor)
