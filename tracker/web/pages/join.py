"""The page behind a one-use link of an administrator: choose how to sign in; looking changes nothing."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError
from tracker.services import sign_in_links
from tracker.services.throttling import PASSWORD, got_in, require_patience
from tracker.web import people_words
from tracker.web.access import public
from tracker.web.request_context import current_context

bp = Blueprint("join", __name__, url_prefix="/join/<token>")


@bp.get("")
@public
def look(token: str) -> ResponseReturnValue:
    """Show the form, where the link is open; phones fetch links ahead of their owners, so this changes nothing."""
    return _page(token)


@bp.post("")
@public
def use(token: str) -> ResponseReturnValue:
    """Use the link up, or say at the field what is wrong and leave it open; who guesses links is slowed down."""
    ctx = current_context()
    who = {"account": token[:64], "address": request.remote_addr or ""}
    require_patience(ctx, "link", PASSWORD, **who)
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        return _page(token, {"again": people_words.problem("again")})
    try:
        sign_in_links.use(ctx, token, request.form.get("login", "").strip().lower(), password)
    except InvalidInputError as refused:
        return _page(token, {problem.path: people_words.problem(problem.path) for problem in refused.problems})
    except ConflictError:
        return _page(token, {"login": people_words.problem("taken")})
    except NotFoundError:
        return _page("")
    got_in(ctx, "link", **who)
    return render_template("join/show.html", state="done")


def _page(token: str, problems: dict[str, str] | None = None) -> ResponseReturnValue:
    offer = sign_in_links.look(current_context(), token)
    if offer is None:
        return render_template("join/show.html", state="over"), 404
    sent = request.form.get("login", "")
    page = render_template("join/show.html", state="open", token=token, offer=offer, problems=problems or {}, sent=sent)
    return page, 422 if problems else 200
