"""The second step of signing in: a code, or setting up the authenticator that shows codes."""

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.errors import ForbiddenError
from tracker.services import audit, passkeys, second_factor, second_factor_setup
from tracker.services.accounts import SignIn
from tracker.services.throttling import CODE, PASSKEY, got_in, require_patience
from tracker.web import sessions
from tracker.web.access import by_password
from tracker.web.accounts_store import AccountUser
from tracker.web.own_page import own_page
from tracker.web.request_context import current_context, half_signed_in, program_context, signed_in

bp = Blueprint("second_factor", __name__, url_prefix="/second-factor")
UNPROCESSABLE = 422
GROUP = 4


@bp.get("")
@by_password
def ask() -> ResponseReturnValue:
    """Ask for a code; who has no second factor yet sets one up first."""
    if signed_in() is not None:
        return redirect(own_page(request.args.get("next", "/")), 303)
    if not second_factor.is_set(program_context(), _account()):
        return redirect(url_for(".set_up", next=request.args.get("next")), 303)
    return _question()


@bp.post("")
@by_password
def answer() -> ResponseReturnValue:
    """Take the code, once, and let the person in."""
    ctx, account = program_context(), _account()
    here = {"account": account.login, "address": request.remote_addr or ""}
    require_patience(ctx, "code", CODE, **here)
    if not second_factor.check(ctx, account, request.form.get("code", "")):
        audit.record(current_context(), "sign-in.refused", subject=("person", account.person), details={"step": "code"})
        return _question(_("This code is not right, or was used already. Wait for the next one.")), UNPROCESSABLE
    got_in(ctx, "code", **here)
    sessions.begin(ctx, account)
    audit.record(current_context(), "sign-in.ok")
    return redirect(own_page(request.form.get("next", "/")), 303)


@bp.post("/passkey")
@by_password
def take_passkey() -> ResponseReturnValue:
    """Take what a passkey answered, once, and let the person in."""
    ctx, account, sent = program_context(), _account(), request.form
    here = {"account": account.login, "address": request.remote_addr or ""}
    require_patience(ctx, "passkey", PASSKEY, **here)
    if not passkeys.check(ctx, account, sessions.mark(), sent.get("challenge", ""), sent.get("answer", "")):
        audit.record(current_context(), "sign-in.refused", subject=("person", account.person), details={"step": "passkey"})
        return _question(_("Try again, or enter a code."), is_passkey=True), UNPROCESSABLE
    got_in(ctx, "passkey", **here)
    sessions.begin(ctx, account)
    audit.record(current_context(), "sign-in.ok")
    return redirect(own_page(sent.get("next", "/")), 303)


@bp.get("/set-up")
@by_password
def set_up() -> ResponseReturnValue:
    """Show the secret as a picture and as letters, and ask for the first code of it."""
    _require_may_set_up()
    return _picture()


@bp.post("/set-up")
@by_password
def confirm() -> ResponseReturnValue:
    """Take the first code, and show the recovery codes this once."""
    may_replace = _require_may_set_up()
    ctx, account = program_context(), _account()
    require_patience(ctx, "set-up", CODE, account=account.login, address=request.remote_addr or "")
    beginning = second_factor_setup.again(ctx, account, sessions.mark(), request.form.get("waiting", ""))
    if beginning is None:
        return _picture(_("That took too long. This is a new picture: let the app read it, and enter its code.")), UNPROCESSABLE
    done = second_factor_setup.confirm(ctx, account, beginning, request.form.get("code", ""), may_replace=may_replace)
    if done is None:
        said = _("This code is not right. Look at the clock of the phone, and enter the code that it shows now.")
        return _picture(said, beginning), UNPROCESSABLE
    sessions.carry_on(ctx, account, AccountUser(done.account), done.account)
    if not may_replace:
        audit.record(current_context(), "sign-in.ok")
    return render_template("second_factor/codes.html", codes=done.codes, heading=own_page(request.form.get("next", "/")))


def _account() -> SignIn:
    account = half_signed_in()
    if account is None:
        raise ForbiddenError("there is nothing here for you")
    return account


def _require_may_set_up() -> bool:
    """A password alone never replaces a second factor that is there; who has given both, just now, may: that is what is told."""
    ctx, account = program_context(), _account()
    is_here = signed_in() is not None and sessions.is_fresh(ctx, account)
    if second_factor.is_set(ctx, account) and not is_here:
        raise ForbiddenError("there is nothing here for you")
    return is_here


def _question(problem: str = "", *, is_passkey: bool = False) -> str:
    shown = {"problem": problem, "is_passkey": is_passkey, "heading": own_page(request.values.get("next", "/"))}
    passkey = passkeys.ask(program_context(), _account(), sessions.mark())
    ways = {"action": url_for(".answer"), "passkey": passkey, "passkey_action": url_for(".take_passkey")}
    return render_template("second_factor/ask.html", **shown, **ways)


def _picture(problem: str = "", begun: second_factor_setup.Beginning | None = None) -> str:
    beginning = begun or second_factor_setup.begin(program_context(), _account(), sessions.mark())
    picture = segno.make(beginning.address, error="m").svg_data_uri(scale=5, border=3, light="white", dark="black")
    letters = " ".join(beginning.secret[start : start + GROUP] for start in range(0, len(beginning.secret), GROUP))
    heading = own_page(request.values.get("next", "/"))
    shown = {"picture": picture, "letters": letters, "waiting": beginning.waiting}
    return render_template("second_factor/set_up.html", problem=problem, heading=heading, **shown)
