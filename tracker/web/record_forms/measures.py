"""Protective measures: asked for, decided, in force."""

from tracker.domain.codes.protection import RequestedBy
from tracker.domain.flags import N_
from tracker.web import labels
from tracker.web.labels import Codes
from tracker.web.record_form import Field, Input, RecordForm

REQUESTED_BY: Codes = {
    RequestedBy.VICTIM: N_("the victim"),
    RequestedBy.REPRESENTATIVE: N_("her representative"),
    RequestedBy.PROSECUTOR: N_("prosecutor"),
    RequestedBy.COURT: N_("the court itself"),
    RequestedBy.DEFENCE: N_("the defence"),
    RequestedBy.OTHER: N_("somebody else"),
}
FORM = RecordForm(
    kind="measures",
    slug="measures",
    title=N_("Protective measures"),
    add=N_("Add a measure"),
    fields=(
        Field("victim", N_("For whom"), Input.VICTIM, is_required=True),
        Field("kind", N_("Measure"), Input.CODE, labels.MEASURE, is_required=True),
        Field("requested_on", N_("Asked for on"), Input.DAY),
        Field("requested_by", N_("Asked for by"), Input.CODE, REQUESTED_BY),
        Field("decision", N_("Decision"), Input.CODE, labels.DECISION),
        Field("decided_on", N_("Decided on"), Input.DAY),
        Field("valid_from", N_("In force from"), Input.DAY),
        Field("valid_until", N_("In force until, that day included"), Input.DAY),
    ),
    order="requested_on",
)
