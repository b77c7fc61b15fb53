"""Milestones of the proceeding, from the report to the final judgment."""

from tracker.domain.codes.proceeding import StageSource
from tracker.domain.codes.shared import Precision
from tracker.domain.flags import N_
from tracker.web import labels
from tracker.web.labels import Codes
from tracker.web.record_form import Field, Input, RecordForm

PRECISION: Codes = {Precision.DAY: N_("to the day"), Precision.MONTH: N_("to the month"), Precision.YEAR: N_("to the year")}
SOURCE: Codes = {
    StageSource.FILE: N_("the file"),
    StageSource.LAWYER: N_("the lawyer"),
    StageSource.MONITOR: N_("an observer"),
    StageSource.PRESS: N_("the press"),
    StageSource.VICTIM: N_("the victim"),
    StageSource.COURT_PORTAL: N_("the court's pages"),
}
FORM = RecordForm(
    kind="stage_events",
    slug="stages",
    title=N_("Milestones"),
    add=N_("Add a milestone"),
    fields=(
        Field("kind", N_("What happened"), Input.CODE, labels.STAGE, is_required=True),
        Field("on", N_("Day"), Input.DAY, is_required=True),
        Field("precision", N_("How exactly it is known"), Input.CODE, PRECISION),
        Field("instance_round", N_("Which time at this instance"), Input.NUMBER),
        Field("source", N_("Known from"), Input.CODE, SOURCE),
    ),
    order="on",
)
