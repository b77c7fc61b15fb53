"""Figures: how long the first instance takes, as a picture with its table; small numbers hidden from who may not see them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.access import Permission
from tracker.services import figures
from tracker.web import figure_words, when
from tracker.web.access import needs
from tracker.web.pictures.survival_curve import survival_picture
from tracker.web.request_context import current_context

bp = Blueprint("statistics", __name__)

SMALL = 30
"""Below so many proceedings the limits are wide and the figure is read with care."""


@bp.get("/figures")
@needs(Permission.SEE_FIGURES)
def show() -> ResponseReturnValue:
    """Show the first-instance length with open cases counted, and the ASTRA table beside it."""
    report = figures.length_report(current_context())
    median = report.indicators.get("median_days")
    return render_template(
        "statistics/show.html",
        report=report,
        picture=survival_picture(report.curve, median_days=None if median is None else median.value),
        is_small=report.whole.n is None or report.whole.n < SMALL,
        words=figure_words,
        when=when,
    )
