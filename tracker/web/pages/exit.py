"""Leave at once: end the session, forget what the browser holds, and show a page that anybody may look at."""

from contextlib import suppress

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_security import logout_user
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import HTTPException
from wtforms.validators import ValidationError

from tracker.web.access import public
from tracker.web.request_context import forget_sign_in, program_context
from tracker.web.security import FORGET

bp = Blueprint("exit", __name__)


@bp.post("/exit")
@public
def leave() -> ResponseReturnValue:
    """End the session and go outside; whoever has somebody behind them never meets an error page instead.

    So this form is the only one that is answered without its token: it then leads outside and ends nothing, as a foreign
    site may have sent it.
    """
    is_ours = _is_from_our_page()
    if is_ours:
        with suppress(Exception):  # what fails here must not keep anybody from leaving
            logout_user()
        session.clear()
    forget_sign_in()
    answer = redirect(program_context().settings.web.exit_url, 303)
    answer.headers.update(FORGET if is_ours else {})
    return answer


@bp.errorhandler(Exception)
def leave_all_the_same(_error: Exception) -> ResponseReturnValue:
    """Go outside also when a library fails on the way here, as with the database gone."""
    return leave()


def _is_from_our_page() -> bool:
    """Tell by what the browser says, else by the token: in a page from before another tab signed in anew, the token is over."""
    stands_at = request.headers.get("Sec-Fetch-Site")
    if stands_at is not None:
        return stands_at == "same-origin"
    try:
        validate_csrf(request.form.get("csrf_token"))
    except (ValidationError, HTTPException):
        return False
    return True
