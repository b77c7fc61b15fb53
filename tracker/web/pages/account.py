"""My sign-in: password, second factor, recovery codes, and ending every session."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user

from tracker.domain.access import Permission
from tracker.domain.errors import ForbiddenError, InvalidInputError
from tracker.services import accounts, passkeys, second_factor
from tracker.services.accounts import SignIn
from tracker.services.throttling import PASSWORD, require_patience
from tracker.web import when
from tracker.web.access import needs
from tracker.web.request_context import current_context, signed_in

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@needs(Permission.KEEP_OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    """Show what there is."""
    return _page()


@bp.post("/password")
@needs(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def password() -> ResponseReturnValue:
    """Change the password; everybody signs in anew after that, here too."""
    ctx, account = current_context(), _me()
    require_patience(ctx, "old-password", PASSWORD, account=account.login, address=request.remote_addr or "")
    try:
        accounts.change_password(ctx, account, request.form.get("old", ""), request.form.get("password", ""))
    except InvalidInputError as refused:
        said = {
            "old": _("This is not your present password."),
            "password": _("12 to 200 characters, and not easily guessed: several words that do not belong together are best."),
        }
        return _page({problem.path: said[problem.path] for problem in refused.problems}), 422
    logout_user()
    return redirect(url_for("security.login"), 303)


@bp.post("/recovery-codes")
@needs(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them this once."""
    codes = second_factor.new_recovery_codes(current_context(), _me())
    return render_template("second_factor/codes.html", codes=codes, heading=url_for(".show"))


@bp.get("/second-factor")
@needs(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def renew() -> ResponseReturnValue:
    """Go and set up another authenticator."""
    return redirect(url_for("second_factor.set_up", next=url_for(".show")), 303)


@bp.post("/everywhere")
@needs(Permission.KEEP_OWN_ACCOUNT)
def end_everywhere() -> ResponseReturnValue:
    """End every session of mine, on every machine, at once."""
    accounts.end_sessions(current_context(), _me().login)
    logout_user()
    return redirect(url_for("security.login"), 303)


def _me() -> SignIn:
    account = signed_in()
    if account is None:
        raise ForbiddenError("there is nothing here for you")
    return account


def _page(problems: dict[str, str] | None = None) -> str:
    ctx, account = current_context(), _me()
    shown = {"left": second_factor.recovery_codes_left(ctx, account), "keys": passkeys.listed(ctx, account)}
    shown |= {"can_have_passkeys": passkeys.is_possible(ctx), "problems": problems or {}}
    return render_template("account/show.html", account=account, when=when, zone=ctx.pack.timezone, **shown)
