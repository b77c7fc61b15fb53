"""Show again who is there, before something sensitive."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.access import Permission
from tracker.domain.errors import ForbiddenError
from tracker.services import audit, passkeys, second_factor
from tracker.services.accounts import SignIn
from tracker.services.throttling import CODE, PASSKEY, got_in, require_patience
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
    ctx, account, heading = program_context(), _me(), request.form.get("next", "/")
    here = {"account": account.login, "address": request.remote_addr or ""}
    require_patience(ctx, "code", CODE, **here)
    if not second_factor.check(ctx, account, request.form.get("code", "")):
        audit.record(current_context(), "sign-in.refused", subject=("person", account.person), details={"step": "again"})
        return _question(heading, _("This code is not right, or was used already. Wait for the next one.")), 422
    got_in(ctx, "code", **here)
    return _confirmed(account, heading)


@bp.post("/passkey")
@needs(Permission.KEEP_OWN_ACCOUNT)
def take_passkey() -> ResponseReturnValue:
    """Take what a passkey answered, once, and go on to where the person was heading."""
    ctx, account, sent = program_context(), _me(), request.form
    here = {"account": account.login, "address": request.remote_addr or ""}
    require_patience(ctx, "passkey", PASSKEY, **here)
    if not passkeys.check(ctx, account, sessions.mark(), sent.get("challenge", ""), sent.get("answer", "")):
        audit.record(current_context(), "sign-in.refused", subject=("person", account.person), details={"step": "passkey"})
        return _question(sent.get("next", "/"), _("Try again, or enter a code."), is_passkey=True), 422
    got_in(ctx, "passkey", **here)
    return _confirmed(account, sent.get("next", "/"))


def _confirmed(account: SignIn, heading: str) -> ResponseReturnValue:
    sessions.renew(program_context(), account)
    audit.record(current_context(), "sign-in.again")
    return redirect(own_page(heading), 303)


def _me() -> SignIn:
    account = signed_in()
    if account is None:
        raise ForbiddenError("there is nothing here for you")
    return account


def _question(heading: str, problem: str = "", *, is_passkey: bool = False) -> str:
    passkey = passkeys.ask(program_context(), _me(), sessions.mark())
    ways = {"action": url_for(".answer"), "passkey": passkey, "passkey_action": url_for(".take_passkey"), "is_again": True}
    return render_template("second_factor/ask.html", problem=problem, is_passkey=is_passkey, heading=own_page(heading), **ways)
