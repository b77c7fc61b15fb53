"""Each time that a victim was asked to tell the facts, outside hearings too; what she told is never entered."""

from tracker.domain.codes.appearance import RepeatedReason, StatementBody
from tracker.domain.flags import N_
from tracker.web.debrief_words import YES_OR_NO
from tracker.web.labels import Codes
from tracker.web.record_form import Field, Input, RecordForm

BODY: Codes = {
    StatementBody.POLICE: N_("police"),
    StatementBody.PROSECUTOR: N_("prosecutor"),
    StatementBody.COURT_MAIN: N_("trial court"),
    StatementBody.COURT_APPEAL: N_("appeal court"),
    StatementBody.COURT_RETRIAL: N_("trial court, in a retrial"),
    StatementBody.EXPERT: N_("expert"),
    StatementBody.CENTRE_FOR_VICTIMS: N_("centre for victims"),
    StatementBody.CIVIL_COURT: N_("civil court"),
    StatementBody.OTHER: N_("somebody else"),
}
REASON: Codes = {
    RepeatedReason.FIRST: N_("it was the first time"),
    RepeatedReason.PANEL_CHANGED: N_("the panel changed"),
    RepeatedReason.RETRIAL: N_("a retrial"),
    RepeatedReason.SEVERED_CASE: N_("the case was severed"),
    RepeatedReason.DEFENCE_MOTION: N_("the defence asked for it"),
    RepeatedReason.NO_RECORDING: N_("there was no recording"),
    RepeatedReason.CIVIL_CLAIM: N_("her claim for compensation"),
    RepeatedReason.CLARIFICATION: N_("to clarify something"),
    RepeatedReason.UNKNOWN: N_("not known"),
}
FORM = RecordForm(
    kind="statements",
    slug="statements",
    title=N_("Statements"),
    add=N_("Add a statement"),
    fields=(
        Field("victim", N_("Whose"), Input.VICTIM, is_required=True),
        Field("body", N_("Before whom"), Input.CODE, BODY, is_required=True),
        Field("on", N_("Day"), Input.DAY, is_required=True),
        Field("hearing", N_("At which hearing"), Input.HEARING),
        Field("recorded", N_("Was it recorded, with sound and picture?"), Input.CODE, YES_OR_NO),
        Field("repeated_reason", N_("Why she had to tell it"), Input.CODE, REASON),
    ),
    order="on",
)
