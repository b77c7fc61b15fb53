"""The steward's page: what keeps the record from being true, by opaque references and counts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.services.data_quality import quality
from tracker.web import when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("steward", __name__, url_prefix="/steward")


@bp.get("")
@needs(Permission.SEE_DATA_QUALITY)
def show() -> ResponseReturnValue:
    """Show what every check found."""
    ctx = current_context()
    return render_template("steward/show.html", quality=quality(ctx), when=when, zone=ctx.pack.timezone)
