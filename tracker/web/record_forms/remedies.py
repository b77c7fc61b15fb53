"""Remedies for undue delay, with what the court was ordered to do until when."""

from tracker.domain.codes.compensation import RemedyKind, RemedyOutcome
from tracker.domain.flags import N_
from tracker.web.labels import Codes
from tracker.web.record_form import Field, Input, RecordForm

KIND: Codes = {
    RemedyKind.OBJECTION: N_("objection"),
    RemedyKind.APPEAL: N_("appeal"),
    RemedyKind.JUST_SATISFACTION: N_("just satisfaction"),
    RemedyKind.SUIT: N_("suit"),
    RemedyKind.CONSTITUTIONAL_COMPLAINT: N_("constitutional complaint"),
    RemedyKind.ECHR: N_("application to the European Court"),
}
OUTCOME: Codes = {
    RemedyOutcome.PENDING: N_("not decided"),
    RemedyOutcome.UPHELD: N_("upheld"),
    RemedyOutcome.REJECTED: N_("rejected"),
    RemedyOutcome.DISMISSED: N_("dismissed"),
}
FORM = RecordForm(
    kind="remedies",
    slug="remedies",
    title=N_("Remedies for undue delay"),
    add=N_("Add a remedy"),
    fields=(
        Field("kind", N_("Remedy"), Input.CODE, KIND, is_required=True),
        Field("filed_on", N_("Filed on"), Input.DAY, is_required=True),
        Field("victim", N_("For whom"), Input.VICTIM),
        Field("outcome", N_("Decision"), Input.CODE, OUTCOME),
        Field("decided_on", N_("Decided on"), Input.DAY),
        Field("acts_ordered_by", N_("The court must act by"), Input.DAY),
        Field("acts_done_on", N_("The court acted on"), Input.DAY),
    ),
    order="filed_on",
)
