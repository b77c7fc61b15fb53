"""Write down a hearing: one form, kept while it is filled in, finished in a minute or later at home."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.domain.debrief import QUESTIONS, Account, answers, differences
from tracker.domain.errors import InvalidInputError
from tracker.services import debriefs
from tracker.services.case_record import ChangedMeanwhileError
from tracker.services.debriefs import Sheet
from tracker.web import debrief_words, labels, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("debrief", __name__, url_prefix="/proceedings/<ref>/hearings/<hearing>/debrief")
ABOUT_HEARING = ("outcome", "outcome_reason", "next_on", "next_at")
LONGEST = 40
INVALID, CONFLICT = 422, 409


@bp.get("")
@needs(Permission.WRITE_RECORD)
def show(ref: str, hearing: str) -> ResponseReturnValue:
    """Show the form, with what is there already."""
    return _page(debriefs.sheet(current_context(), ref, hearing))


@bp.post("")
@needs(Permission.WRITE_RECORD)
def write(ref: str, hearing: str) -> ResponseReturnValue:
    """Keep a draft, or finish; what is wrong is said at its place, and what somebody else wrote meanwhile is shown beside."""
    ctx = current_context()
    sheet = debriefs.sheet(ctx, ref, hearing, is_look=False)
    account = _typed(sheet)
    debriefs.save(ctx, ref, hearing, account)
    if request.form.get("do") != "finish":
        return redirect(url_for(".show", ref=ref, hearing=hearing, kept="yes"), 303)
    seen = {"hearing": request.form.get("seen", "")}
    seen |= {victim.external_id: request.form.get(f"{victim.ref}.seen", "") for victim in sheet.victims}
    try:
        debriefs.finish(ctx, ref, hearing, account, seen)
    except InvalidInputError as refused:
        return _page(sheet, account, problems=_placed(sheet, [problem.path for problem in refused.problems])), INVALID
    except ChangedMeanwhileError:
        return _page(debriefs.sheet(ctx, ref, hearing), account, is_late=True), CONFLICT
    return redirect(url_for("proceeding.show", ref=ref, _anchor="hearings"), 303)


@bp.post("/adopt")
@needs(Permission.WRITE_RECORD)
def adopt(ref: str, hearing: str) -> ResponseReturnValue:
    """Let another observer's account count."""
    debriefs.adopt(current_context(), ref, hearing, request.form.get("login", ""))
    return redirect(url_for(".show", ref=ref, hearing=hearing), 303)


def _typed(sheet: Sheet) -> Account:
    """Return what was filled in; names of fields are those of the sheet, whatever else was sent is left out."""
    sent: Mapping[str, list[str]] = request.form.to_dict(flat=False)
    told = {name: request.form.get(name, "")[:LONGEST] for name in ABOUT_HEARING}
    victims = {}
    for victim in sheet.victims:
        prefix = f"{victim.ref}."
        given = {name.removeprefix(prefix): values for name, values in sent.items() if name.startswith(prefix)}
        victims[victim.external_id] = answers(given, [measure.id for measure in victim.measures])
    return Account({name: text for name, text in told.items() if text}, {name: each for name, each in victims.items() if each})


def _placed(sheet: Sheet, paths: Iterable[str]) -> dict[str, str]:
    """Return what is wrong by the name of its field."""
    refs = {victim.external_id: victim.ref for victim in sheet.victims}
    found = {}
    for path in paths:
        victim, _, question = path.rpartition(".")
        found[f"{refs[victim]}.{question}" if victim in refs else question] = debrief_words.wrong(question)
    return found


def _page(sheet: Sheet, account: Account | None = None, *, problems: Mapping[str, str] | None = None, is_late: bool = False) -> str:
    stored = Account(sheet.answers, {victim.external_id: victim.answers for victim in sheet.victims})
    return render_template(
        "debrief/show.html",
        sheet=sheet,
        account=account or stored,
        problems=problems or {},
        apart=tuple(differences(stored, account)) if account and is_late else (),
        is_late=is_late,
        was_kept=request.args.get("kept") == "yes",
        names={victim.external_id: victim.name for victim in sheet.victims},
        measures={each.id: each.kind for victim in sheet.victims for each in victim.measures},
        questions=QUESTIONS,
        words=debrief_words,
        labels=labels,
        when=when,
    )
