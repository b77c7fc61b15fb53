"""Open a case that is not yours: a number, a reason, four hours; supervisors know at once."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.access import Permission
from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError, TooOftenError
from tracker.services import opened_cases
from tracker.web import labels, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("open_case", __name__, url_prefix="/open-case")


@bp.get("")
@needs(Permission.OPEN_CASE)
def form() -> ResponseReturnValue:
    """Ask which case and why; show what is open to the person already."""
    return _page({}, 200)


@bp.post("")
@needs(Permission.OPEN_CASE)
def open_it() -> ResponseReturnValue:
    """Open the case, or say at the field why not."""
    try:
        ref = opened_cases.open_case(current_context(), request.form.get("case", ""), request.form.get("reason", ""))
    except InvalidInputError as refused:
        said = {
            "case": _("Enter the case number, in any spelling, or the file's reference."),
            "reason": _("Say in 20 to 500 characters why; a supervisor will read it."),
        }
        return _page({problem.path: said[problem.path] for problem in refused.problems}, 422)
    except TooOftenError:
        return _page({"case": _("Five attempts within an hour are enough. Wait, or ask a supervisor.")}, 429)
    except ConflictError:
        return _page({"case": _("Several cases have this number, or nobody could be told. Ask a supervisor.")}, 409)
    except NotFoundError:
        return _page({"case": _("There is no such case.")}, 404)
    return redirect(url_for("proceeding.show", ref=ref), 303)


@bp.post("/<opening>/give-back")
@needs(Permission.OPEN_CASE)
def give_back(opening: str) -> ResponseReturnValue:
    """End it before its time."""
    opened_cases.give_back(current_context(), opening)
    return redirect(url_for(".form"), 303)


@bp.post("/<opening>/confirm")
@needs(Permission.SEE_OWN_MESSAGES)
def confirm(opening: str) -> ResponseReturnValue:
    """Note that whoever was told knows of it."""
    opened_cases.confirm(current_context(), opening)
    return redirect(url_for("today.board"), 303)


def _page(problems: dict[str, str], status: int) -> ResponseReturnValue:
    ctx = current_context()
    shown = {"mine": opened_cases.mine(ctx), "problems": problems, "sent": request.form, "labels": labels, "when": when}
    return render_template("open_case/form.html", zone=ctx.pack.timezone, **shown), status
