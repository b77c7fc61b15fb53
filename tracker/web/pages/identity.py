"""Who a victim is: masked until somebody asks, shown once, entered and corrected; every look is written down."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.domain.errors import InvalidInputError
from tracker.services import identities
from tracker.services.identities import MaskedVictim
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("identity", __name__, url_prefix="/proceedings/<ref>/victims/<victim>/identity")
INVALID = 422


@bp.get("")
@needs(Permission.REVEAL_IDENTITIES, fresh=True)
def show(ref: str, victim: str) -> ResponseReturnValue:
    """Say what is kept of a victim, without showing it."""
    return _page(ref, identities.masked(current_context(), ref, victim))


@bp.post("")
@needs(Permission.REVEAL_IDENTITIES, fresh=True)
def act(ref: str, victim: str) -> ResponseReturnValue:
    """Show it this once, or keep what was entered; the answer to a form is neither stored nor fetched again by going back."""
    ctx = current_context()
    if request.form.get("do") == "show":
        found = identities.reveal(ctx, ref, victim)
        return _page(ref, found.masked, shown=found.fields)
    try:
        entered = identities.checked(request.form)
    except InvalidInputError as error:
        so_far = {name: request.form.get(name, "") for name in identities.FIELDS}
        return _page(ref, identities.masked(ctx, ref, victim), so_far, {problem.path for problem in error.problems}), INVALID
    identities.keep(ctx, ref, victim, entered, request.form.get("seen", ""))
    return redirect(url_for(".show", ref=ref, victim=victim, kept="yes"), 303)


def _page(ref: str, found: MaskedVictim, shown: Mapping[str, str] | None = None, wrong: set[str] | None = None) -> str:
    broken = {name for name, text in (shown or {}).items() if identities.is_unreadable(text)}
    return render_template(
        "identity/show.html",
        ref=ref,
        found=found,
        shown=shown,
        seen=request.form.get("seen", found.seen) if wrong else found.seen,
        broken=broken,
        wrong=wrong or set(),
        was_kept=request.args.get("kept") == "yes" and shown is None,
    )
