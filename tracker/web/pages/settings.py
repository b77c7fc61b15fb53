"""The administrator's page of settings: to read, not to change; a secret is only said to be set or not."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.services.installation import installed
from tracker.web import when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("settings", __name__, url_prefix="/settings")


@bp.get("")
@needs(Permission.SEE_SETTINGS, fresh=True)
def show() -> ResponseReturnValue:
    """Show what is set, what ran and what is in order."""
    ctx = current_context()
    return render_template("settings/show.html", installed=installed(ctx), when=when, zone=ctx.pack.timezone)
