"""Who looked at this case: for supervisors."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.services.who_looked import who_looked
from tracker.web import labels, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("who_looked", __name__, url_prefix="/proceedings/<ref>/who-looked")


@bp.get("")
@needs(Permission.SEE_WHO_LOOKED)
def show(ref: str) -> ResponseReturnValue:
    """Show what the audit log says of one case, newest first."""
    ctx = current_context()
    before = request.args.get("before", "")
    found = who_looked(ctx, ref, before=int(before) if before.isascii() and before.isdecimal() and len(before) < LONGEST else None)
    return render_template("who_looked/show.html", found=found, labels=labels, when=when, zone=ctx.pack.timezone)


LONGEST = 10
"""Digits; a number in the log has fewer."""
