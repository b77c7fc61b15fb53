"""The page behind the link of a message: no detail, one button; looking changes nothing."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.services import acknowledging
from tracker.services.acknowledging import LinkState
from tracker.web.access import public
from tracker.web.request_context import current_context

bp = Blueprint("acknowledge", __name__)


@bp.get("/a/<token>")
@public
def look(token: str) -> ResponseReturnValue:
    """Show the button; phones fetch links ahead of their owners, so this changes nothing."""
    return _page(acknowledging.peek(current_context(), token), token)


@bp.post("/a/<token>")
@public
def seen(token: str) -> ResponseReturnValue:
    """Note that the message was seen, once."""
    return _page(acknowledging.acknowledge(current_context(), token), token)


def _page(state: LinkState, token: str) -> ResponseReturnValue:
    page = render_template("acknowledge/show.html", state=state.value, token=token)
    return page, 404 if state is LinkState.GONE else 200
