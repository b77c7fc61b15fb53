"""One person of the office, for administrators: links for signing in, sessions, role, supervisor; every act is written down."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.domain.codes.people import Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.errors import InvalidInputError, NotFoundError, Problem
from tracker.services import colleague_changes, colleagues, sign_in_links
from tracker.services.colleagues import Colleague
from tracker.web import labels, people_words, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("person", __name__, url_prefix="/people/<ref>")
INVALID = 422


@bp.get("")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def show(ref: str) -> ResponseReturnValue:
    """Show one person, the name masked."""
    return _page(_one(ref))


@bp.post("/name")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def name(ref: str) -> ResponseReturnValue:
    """Show the name this once."""
    return _page(_one(ref), name=colleagues.name_of(current_context(), ref))


@bp.post("/invite")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def invite(ref: str) -> ResponseReturnValue:
    """Make a link with which the person chooses name and password, and show it this once."""
    return _with_link(ref, LinkPurpose.INVITATION)


@bp.post("/reset")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def reset(ref: str) -> ResponseReturnValue:
    """Make a link with which the person chooses a new password, and, only if that was chosen, loses the second factor."""
    with_factor = request.form.get("second_factor") == "yes"
    return _with_link(ref, LinkPurpose.PASSWORD_AND_FACTOR if with_factor else LinkPurpose.PASSWORD)


@bp.post("/withdraw")
@needs(Permission.MANAGE_PEOPLE)
def withdraw(ref: str) -> ResponseReturnValue:
    """Withdraw the open link."""
    sign_in_links.withdraw(current_context(), _one(ref).person)
    return redirect(url_for(".show", ref=ref), 303)


@bp.get("/disable")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def ask_to_disable(ref: str) -> ResponseReturnValue:
    """Say what shutting the sign-in does, before it is done."""
    return render_template("person/disable.html", one=_one(ref))


@bp.post("/disable")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def disable(ref: str) -> ResponseReturnValue:
    """Shut the sign-in, or say why not."""
    one = _one(ref)
    try:
        colleague_changes.disable(current_context(), one.person)
    except InvalidInputError as refused:
        return _page(one, refused.problems), INVALID
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/enable")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def enable(ref: str) -> ResponseReturnValue:
    """Open the sign-in again."""
    colleague_changes.enable(current_context(), _one(ref).person)
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/end-sessions")
@needs(Permission.MANAGE_PEOPLE)
def end_sessions(ref: str) -> ResponseReturnValue:
    """End every session of the person at once; a lost phone does not wait for a code."""
    colleague_changes.end_sessions(current_context(), _one(ref).person)
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/role")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def role(ref: str) -> ResponseReturnValue:
    """Put the person into another role, or say why not."""
    one, chosen = _one(ref), request.form.get("role", "")
    if chosen not in set(Role):
        return _page(one, [Problem("role", "expected a role")]), INVALID
    try:
        colleague_changes.change_role(current_context(), one.person, Role(chosen))
    except InvalidInputError as refused:
        return _page(one, refused.problems), INVALID
    return redirect(url_for(".show", ref=ref), 303)


@bp.post("/supervisor")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def supervisor(ref: str) -> ResponseReturnValue:
    """Say who answers for the person's cases, or say why not."""
    ctx, one, chosen = current_context(), _one(ref), request.form.get("supervisor", "")
    try:
        above = colleagues.one(ctx, chosen).person if chosen else None
        colleague_changes.choose_supervisor(ctx, one.person, above)
    except (InvalidInputError, NotFoundError):
        return _page(one, [Problem("supervisor", "expected somebody else")]), INVALID
    return redirect(url_for(".show", ref=ref), 303)


def _one(ref: str) -> Colleague:
    return colleagues.one(current_context(), ref)


def _with_link(ref: str, purpose: LinkPurpose) -> str:
    link = sign_in_links.make(current_context(), _one(ref).person, purpose)
    return _page(_one(ref), link=link)


def _page(one: Colleague, problems: list[Problem] | tuple[Problem, ...] = (), *, link: str = "", name: str | None = None) -> str:
    ctx = current_context()
    everybody = colleagues.everybody(ctx)
    said = {problem.path: people_words.problem(problem.path) for problem in problems}
    bosses = [each for each in everybody if each.role is Role.SUPERVISOR and each.ref != one.ref]
    shown = {"one": one, "bosses": bosses, "roles": Role, "problems": said, "link": link, "name": name}
    return render_template("person/show.html", labels=labels, words=people_words, when=when, zone=ctx.pack.timezone, **shown)
