"""Whether the program answers: for whoever watches it, without a word about anybody."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tracker.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthy() -> ResponseReturnValue:
    """Say that the pages are served."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
