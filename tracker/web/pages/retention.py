"""Retention: what was kept long enough, as the job found it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.domain.retention import RetentionRule
from tracker.services import retaining
from tracker.services.erasing import backups_until
from tracker.web import consent_words, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("retention", __name__)


@bp.get("/retention")
@needs(Permission.KEEP_CONSENT)
def show() -> ResponseReturnValue:
    """Show the newest report, and the earlier ones in short."""
    ctx = current_context()
    shown = {"reports": retaining.reports(ctx), "rules": list(RetentionRule), "periods": ctx.pack.retention}
    shown |= {"enabled": ctx.settings.retention.enabled, "backups_until": backups_until(ctx), "zone": ctx.pack.timezone}
    return render_template("retention/show.html", words=consent_words, when=when, **shown)
