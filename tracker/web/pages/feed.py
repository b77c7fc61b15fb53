"""My calendar: make, renew and close the secret address that a calendar program fetches."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.services import feeds
from tracker.services.context import Context
from tracker.web import when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("feed", __name__)


@bp.get("/feed")
@needs(Permission.KEEP_FEED)
def show() -> ResponseReturnValue:
    """Say whether there is an address; it is never shown a second time."""
    ctx = current_context()
    return render_template("feed/show.html", made_at=feeds.made_at(ctx, _me(ctx)), address=None, when=when)


@bp.post("/feed")
@needs(Permission.KEEP_FEED)
def make() -> ResponseReturnValue:
    """Make a new address, close the old one, and show the new one this once."""
    ctx = current_context()
    address = feeds.address(ctx, feeds.new_token(ctx, _me(ctx)))
    return render_template("feed/show.html", made_at=ctx.now(), address=address, when=when)


@bp.post("/feed/close")
@needs(Permission.KEEP_FEED)
def close() -> ResponseReturnValue:
    """Close the address: whoever has it finds nothing any more."""
    ctx = current_context()
    feeds.revoke_token(ctx, _me(ctx))
    return redirect(url_for(".show"), 303)


def _me(ctx: Context) -> int:
    return ctx.actor.person_id or 0
