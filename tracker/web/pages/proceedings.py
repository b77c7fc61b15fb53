"""Proceedings: the list, narrowed and searched, page by page."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.access import Permission
from tracker.domain.codes.proceeding import LeadOffence
from tracker.domain.phases import Phase
from tracker.services.case_list import Narrowing, cases
from tracker.web import labels, when
from tracker.web.access import needs
from tracker.web.request_context import current_context

bp = Blueprint("proceedings", __name__, url_prefix="/proceedings")
LONGEST_TEXT = 60
NEVER_IN_LINKS = frozenset({"after", "q", "csrf_token"})
IS_CLOSED = {"open": False, "closed": True, "all": None}
E = TypeVar("E", bound=StrEnum)


def _asked() -> Mapping[str, str]:
    """Return what was asked for: from the finder's form, or from a link."""
    return request.form if request.method == "POST" else request.args


def _chosen(enum: type[E], name: str) -> E | None:
    value = _asked().get(name, "")
    return enum(value) if value in set(enum) else None


def _state() -> str:
    """Return which cases are shown: those still open, unless somebody asks otherwise or searches for one case."""
    usual = "all" if _asked().get("q") else "open"
    chosen = _asked().get("state", usual)
    return chosen if chosen in IS_CLOSED else usual


def _wanted() -> Narrowing:
    return Narrowing(
        text=_asked().get("q", "")[:LONGEST_TEXT],
        phase=_chosen(Phase, "phase"),
        is_closed=IS_CLOSED[_state()],
        court=_asked().get("court") or None,
        offence=_chosen(LeadOffence, "offence"),
        with_flags=_asked().get("flagged") == "yes",
        after=_asked().get("after") or None,
    )


@bp.get("/")
@needs(Permission.SEE_CASES)
def index() -> ResponseReturnValue:
    """Show one page of the proceedings that fit."""
    return _list()


@bp.post("/")
@needs(Permission.SEE_CASES)
def find() -> ResponseReturnValue:
    """Show what the finder finds: by a form, because a name in an address would stay in the browser's history and in logs."""
    return _list()


def _list() -> str:
    ctx, wanted = current_context(), _wanted()
    found = cases(ctx, wanted)
    kept: dict[str, Any] = {name: value for name, value in _asked().items() if value and name not in NEVER_IN_LINKS}
    return render_template(
        "proceedings/index.html",
        found=found,
        wanted=wanted,
        state=_state(),
        is_narrowed=bool(kept or wanted.text),
        phases=labels.names(labels.PHASE),
        stages=labels.names(labels.STAGE),
        states=[("open", _("Open")), ("closed", _("Closed")), ("all", _("Open and closed"))],
        courts=[(court.id, court.name) for court in found.courts],
        offences=labels.names(labels.OFFENCE),
        first_page=url_for(".index", **kept),
        next_page=url_for(".index", **kept, after=found.after) if found.after and not wanted.text else None,
        labels=labels,
        when=when,
        office_zone=ctx.pack.timezone,
        number_examples=ctx.pack.case_numbers.examples[:3],
    )
