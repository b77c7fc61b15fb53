"""What people do with a flag: take it on, close it, dismiss it; each from the page of its case."""

from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.domain.errors import InvalidInputError
from tracker.services import flags
from tracker.services.context import Context
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("flags", __name__, url_prefix="/proceedings/<ref>/flags/<flag>")


@bp.post("/acknowledge")
@needs(Permission.ACT_ON_FLAGS)
def acknowledge(ref: str, flag: str) -> ResponseReturnValue:
    """Note that the person takes care of it."""
    flags.acknowledge(current_context(), [flag])
    return redirect(url_for("proceeding.show", ref=ref, _anchor=f"flag-{flag}"), 303)


@bp.post("/close")
@needs(Permission.ACT_ON_FLAGS)
def close(ref: str, flag: str) -> ResponseReturnValue:
    """Close an event for good, with a reason."""
    return _with_reason(flags.close_events, ref, flag)


@bp.post("/dismiss")
@needs(Permission.ACT_ON_FLAGS)
def dismiss(ref: str, flag: str) -> ResponseReturnValue:
    """Keep a state quiet until it gets graver, with a reason."""
    return _with_reason(flags.dismiss_states, ref, flag)


def _with_reason(act: Callable[[Context, Sequence[str], str], None], ref: str, flag: str) -> ResponseReturnValue:
    try:
        act(current_context(), [flag], request.form.get("reason", ""))
    except InvalidInputError:
        return redirect(url_for("proceeding.show", ref=ref, refused=flag, _anchor=f"flag-{flag}"), 303)
    return redirect(url_for("proceeding.show", ref=ref, _anchor="flags"), 303)
