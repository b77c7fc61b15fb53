"""Today: what one person has to know this morning."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission, may
from tracker.services import opened_cases
from tracker.services.today import today
from tracker.web import flag_words, labels, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("today", __name__)


@bp.get("/")
@needs(Permission.CHOOSE_LANGUAGE)
def board() -> ResponseReturnValue:
    """Show hearings, flags and debriefs; people whose work needs no case begin with the figures."""
    ctx = current_context()
    if not may(ctx.actor.role, Permission.SEE_CASES):
        return redirect(url_for("statistics.show"), 303)
    words = {"labels": labels, "when": when, "flag_words": flag_words, "office_zone": ctx.pack.timezone}
    return render_template("today/index.html", board=today(ctx), announced=opened_cases.announced(ctx), **words)
