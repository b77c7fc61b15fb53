"""My messages: what I was told, when, and where it is on its way."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.services import message_list
from tracker.web import message_words, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("messages", __name__)


@bp.get("/messages")
@needs(Permission.SEE_OWN_MESSAGES)
def index() -> ResponseReturnValue:
    """Show the newest messages to whoever is signed in, with their text."""
    ctx = current_context()
    return render_template("messages/index.html", messages=message_list.mine(ctx), words=message_words, when=when, zone=ctx.pack.timezone)
