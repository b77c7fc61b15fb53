"""People of the office, for administrators: who there is, and taking somebody on; names masked, no case."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.domain.codes.people import Language, Role
from tracker.domain.errors import InvalidInputError
from tracker.services import colleagues, people
from tracker.web import labels, people_words, when
from tracker.web.access import needs
from tracker.web.i18n import NAMES
from tracker.web.request_context import current_context

bp = Blueprint("people", __name__, url_prefix="/people")
ASKED = ("role", "name", "phone", "language", "email")


@bp.get("")
@needs(Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Show everybody."""
    ctx = current_context()
    return render_template("people/index.html", everybody=colleagues.everybody(ctx), labels=labels, when=when, zone=ctx.pack.timezone)


@bp.get("/new")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def ask() -> ResponseReturnValue:
    """Ask who it is."""
    return _form({})


@bp.post("/new")
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def take_on() -> ResponseReturnValue:
    """Take somebody on, or say at the field what is wrong."""
    ctx = current_context()
    sent = {name: request.form.get(name, "") for name in ASKED}
    try:
        about, identity = people.fields(ctx, **{**sent, "language": sent["language"] or None})  # type: ignore[arg-type]
    except InvalidInputError as refused:
        return _form({problem.path: people_words.problem(problem.path) for problem in refused.problems}), 422
    person = people.take_on(ctx, about, identity)
    return redirect(url_for("person.show", ref=colleagues.ref_of(ctx.keys, person)), 303)


def _form(problems: dict[str, str]) -> str:
    languages = {language.value: NAMES[language] for language in Language}
    return render_template("people/new.html", sent=request.form, problems=problems, roles=Role, languages=languages, labels=labels)
