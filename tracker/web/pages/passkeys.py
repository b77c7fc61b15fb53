"""My passkeys: add one, name it, remove it; they are listed with my sign-in."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.access import Permission
from tracker.domain.errors import ForbiddenError, InvalidInputError
from tracker.services import passkeys
from tracker.services.accounts import SignIn
from tracker.web import sessions
from tracker.web.access import needs
from tracker.web.request_context import current_context, signed_in

bp = Blueprint("passkeys", __name__, url_prefix="/account/passkeys")
UNPROCESSABLE = 422


@bp.get("/new")
@needs(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def new() -> ResponseReturnValue:
    """Ask for a name, and the device for a passkey."""
    return _form()


@bp.post("/new")
@needs(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def add() -> ResponseReturnValue:
    """Keep the passkey that the device made."""
    sent = request.form
    try:
        passkeys.add(current_context(), _me(), sessions.mark(), sent.get("challenge", ""), sent.get("answer", ""), sent.get("name", ""))
    except InvalidInputError as refused:
        said = {
            "name": _("1 to 60 characters that can be read."),
            "answer": _("What the device answered was not taken. Try again."),
            "most": _("There are ten passkeys already. Remove one first."),
        }
        return _form({problem.path: said[problem.path] for problem in refused.problems}), UNPROCESSABLE
    return redirect(url_for("account.show"), 303)


@bp.post("/<ref>/remove")
@needs(Permission.KEEP_OWN_ACCOUNT, fresh=True)
def remove(ref: str) -> ResponseReturnValue:
    """Remove one."""
    passkeys.remove(current_context(), _me(), ref)
    return redirect(url_for("account.show"), 303)


def _me() -> SignIn:
    account = signed_in()
    if account is None:
        raise ForbiddenError("there is nothing here for you")
    return account


def _form(problems: dict[str, str] | None = None) -> str:
    if not passkeys.is_possible(current_context()):
        raise ForbiddenError("browsers make no passkeys at this address")
    question = passkeys.offer(current_context(), _me(), sessions.mark())
    name = request.form.get("name", "")[: passkeys.LONGEST_NAME]
    return render_template("account/passkey.html", question=question, problems=problems or {}, name=name, longest=passkeys.LONGEST_NAME)
