"""The record of a case, to be added to and corrected: one form for each kind of entry, the same way for all."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.domain.court_dates import local_date
from tracker.domain.errors import InvalidInputError
from tracker.services import case_record
from tracker.services.case_record import Change, ChangedMeanwhileError
from tracker.web import labels, when
from tracker.web.access import needs
from tracker.web.record_form import Field, Input, RecordForm, all_forms, filled
from tracker.web.request_context import current_context

bp = Blueprint("record", __name__, url_prefix="/proceedings/<ref>/record")
Entry = Mapping[str, Any]
NEW = "new"
INVALID, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Case:
    """One case as its forms need it: its entries, and what the fields that refer to others offer."""

    ref: str
    entries: Mapping[str, Sequence[Entry]]
    victims: Mapping[str, str]
    hearings: Mapping[str, str]

    @property
    def choices(self) -> Mapping[Input, Mapping[str, str]]:
        """Return the choices of fields that refer to a victim or a hearing, by id."""
        return {Input.VICTIM: self.victims, Input.HEARING: self.hearings}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a form: what was typed, what was seen, which fields are wrong, and what somebody else wrote meanwhile."""

    typed: Mapping[str, str]
    seen: str
    wrong: Collection[str] = ()
    meanwhile: Mapping[str, str] | None = None


@bp.get("")
@needs(Permission.WRITE_RECORD)
def index(ref: str) -> ResponseReturnValue:
    """Show everything that can be added to or corrected."""
    case = _case(ref)
    lists = [(form, _sorted(case.entries[form.kind], form.order)) for form in all_forms().values()]
    return render_template("record/index.html", case=case, lists=lists, name_of=_name_of, shown=_shown(case))


@bp.get("/<slug>/<name>")
@needs(Permission.WRITE_RECORD)
def show(ref: str, slug: str, name: str) -> ResponseReturnValue:
    """Show the form of one entry, or of a new one."""
    case, form = _case(ref), _form(slug)
    old = _entry(case, form, name)
    return _page(case, form, name, old, Filled(_typed(form, old), case_record.mark(current_context(), old) if old else ""))


@bp.post("/<slug>/<name>")
@needs(Permission.WRITE_RECORD)
def write(ref: str, slug: str, name: str) -> ResponseReturnValue:
    """Write the entry, or say at the field what is wrong; what somebody else wrote meanwhile is shown beside."""
    case, form = _case(ref), _form(slug)
    old = _entry(case, form, name)
    typed = _typed(form, old) | {field.name: request.form[field.name] for field in form.fields if field.name in request.form}
    entry, wrong = filled(form, old, typed, {kind: list(offered) for kind, offered in case.choices.items()})
    if not old and form.has_ids:
        entry = {"id": uuid.uuid4().hex, **entry}
    seen = request.form.get("seen", "")
    if wrong:
        return _page(case, form, name, old, Filled(typed, seen, wrong)), INVALID
    try:
        case_record.write(current_context(), ref, [Change(form.kind, entry, seen or None)])
    except InvalidInputError as refused:
        places = {problem.path.rpartition(".")[2] for problem in refused.problems}
        return _page(case, form, name, old, Filled(typed, seen, places)), INVALID
    except ChangedMeanwhileError as told:
        marked = case_record.mark(current_context(), told.now)
        return _page(case, form, name, told.now, Filled(typed, marked, meanwhile=_typed(form, told.now))), CONFLICT
    return redirect(url_for(".index", ref=ref, _anchor=form.slug), 303)


def _sorted(entries: Sequence[Entry], order: str) -> list[Entry]:
    return sorted(entries, key=lambda entry: str(entry.get(order, "")), reverse=True)


def _case(ref: str) -> Case:
    entries = case_record.entries(current_context(), ref, is_look=request.method != "POST")
    zone = ZoneInfo(current_context().pack.timezone)
    days = {each["id"]: when.day(local_date(datetime.fromisoformat(each["starts_at"]), zone)) for each in entries["hearings"]}
    return Case(ref, entries, {each["id"]: each.get("pseudonym", each["id"]) for each in entries["victims"]}, days)


def _form(slug: str) -> RecordForm:
    return all_forms().get(slug) or abort(404)


def _name_of(form: RecordForm, entry: Entry) -> str:
    """Return the name of an entry in addresses: derived, since ids come from documents and may hold any sign."""
    return current_context().keys.token("entry-name", f"{form.kind}\x1f{case_record.key(form.kind, entry)}")


def _entry(case: Case, form: RecordForm, name: str) -> Entry:
    """Return the entry that an address means, nothing for a new one."""
    if name == NEW:
        return {}
    found = [entry for entry in case.entries[form.kind] if _name_of(form, entry) == name]
    return found[0] if found else abort(404)


def _typed(form: RecordForm, entry: Entry) -> dict[str, str]:
    return {field.name: "" if entry.get(field.name) is None else str(entry[field.name]) for field in form.fields}


def _options(case: Case, field: Field) -> Mapping[str, str]:
    return labels.names(field.codes or {}) if field.input is Input.CODE else case.choices.get(field.input, {})


def _shown(case: Case) -> Callable[[Field, Entry], str]:
    def shown(field: Field, entry: Entry) -> str:
        """Return what a list shows of a field."""
        value = entry.get(field.name)
        if value is None:
            return ""
        if field.input is Input.DAY:
            return when.day(datetime.fromisoformat(str(value)).date())
        return _options(case, field).get(str(value), str(value))

    return shown


def _page(case: Case, form: RecordForm, name: str, old: Entry, filled_in: Filled) -> str:
    history = case_record.history(current_context(), case.ref, form.kind, case_record.key(form.kind, old)) if old else ()
    return render_template(
        "record/edit.html",
        case=case,
        form=form,
        name=name,
        is_new=not old,
        typed=filled_in.typed,
        seen=filled_in.seen,
        wrong=filled_in.wrong,
        meanwhile=filled_in.meanwhile or {},
        history=[each for each in history if each.entry is not None],
        shown=_shown(case),
        options=lambda field: _options(case, field),
        when=when,
        zone=current_context().pack.timezone,
    )
