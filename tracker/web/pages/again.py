"""Show again who is there, before something sensitive."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.access import Permission
from tracker.services import audit, second_factor
from tracker.services.throttling import CODE, got_in, require_patience
from tracker.web import sessions
from tracker.web.access import needs
from tracker.web.own_page import own_page
from tracker.web.request_context import current_context, program_context, signed_in

bp = Blueprint("again", __name__, url_prefix="/again")


@bp.get("")
@needs(Permission.KEEP_OWN_ACCOUNT)
def ask() -> ResponseReturnValue:
    """Ask for a code."""
    return _question(request.args.get("next", "/"))


@bp.post("")
@needs(Permission.KEEP_OWN_ACCOUNT)
def answer() -> ResponseReturnValue:
    """Take the code, once, and go on to where the person was heading."""
    ctx, account, heading = program_context(), signed_in(), request.form.get("next", "/")
    if account is None:
        return redirect(url_for("security.login"), 303)
    here = {"account": account.login, "address": request.remote_addr or ""}
    require_patience(ctx, "code", CODE, **here)
    if not second_factor.check(ctx, account, request.form.get("code", "")):
        audit.record(current_context(), "sign-in.refused", subject=("person", account.person), details={"step": "again"})
        return _question(heading, _("This code is not right, or was used already. Wait for the next one.")), 422
    got_in(ctx, "code", **here)
    sessions.renew(ctx, account)
    audit.record(current_context(), "sign-in.again")
    return redirect(own_page(heading), 303)


def _question(heading: str, problem: str = "") -> str:
    return render_template("second_factor/ask.html", problem=problem, heading=own_page(heading), action=url_for(".answer"), is_again=True)
