"""One proceeding: clocks, timeline, flags, victims, hearings, messages."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.services.case_page import case
from tracker.services.debriefs import hearing_ref
from tracker.web import flag_words, labels, when
from tracker.web.access import needs
from tracker.web.case_view import hearing_lines, measure_lines
from tracker.web.pictures.chronicle import chronicle
from tracker.web.pictures.timeline import timeline
from tracker.web.request_context import current_context

bp = Blueprint("proceeding", __name__, url_prefix="/proceedings")


@bp.get("/<ref>")
@needs(Permission.SEE_CASES)
def show(ref: str) -> ResponseReturnValue:
    """Show one proceeding that the person is assigned to."""
    ctx = current_context()
    page = case(ctx, ref)
    picture = timeline(page.reading)
    return render_template(
        "proceeding/show.html",
        page=page,
        upcoming=next(iter(page.reading.upcoming), None),
        picture=picture,
        chronicle=() if picture is None else chronicle(page.reading, picture),
        hearings=hearing_lines(page),
        hearing_dates={sitting.hearing.id: sitting.on for sitting in page.reading.sittings},
        hearing_refs={sitting.hearing.id: hearing_ref(ctx.keys, sitting.hearing.id) for sitting in page.reading.sittings},
        measures=measure_lines(page.reading),
        refused_flag=request.args.get("refused"),
        labels=labels,
        when=when,
        flag_words=flag_words,
        office_zone=ctx.pack.timezone,
    )
