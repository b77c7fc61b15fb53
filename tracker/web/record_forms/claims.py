"""Claims for compensation, from the filing to the money."""

from tracker.domain.codes.compensation import ClaimDecision, ClaimForum
from tracker.domain.flags import N_
from tracker.web.labels import Codes
from tracker.web.record_form import Field, Input, RecordForm

FORUM: Codes = {
    ClaimForum.CRIMINAL: N_("in the criminal proceeding"),
    ClaimForum.CIVIL: N_("before a civil court"),
    ClaimForum.STATE_SCHEME: N_("from the state's scheme"),
}
DECISION: Codes = {
    ClaimDecision.PENDING: N_("not decided"),
    ClaimDecision.AWARDED_FULL: N_("awarded in full"),
    ClaimDecision.AWARDED_PART: N_("awarded in part"),
    ClaimDecision.REFERRED_TO_CIVIL: N_("referred to a civil court"),
    ClaimDecision.REJECTED: N_("rejected"),
    ClaimDecision.NOT_DECIDED: N_("the court said nothing of it"),
}
FORM = RecordForm(
    kind="claims",
    slug="claims",
    title=N_("Claims for compensation"),
    add=N_("Add a claim"),
    fields=(
        Field("victim", N_("Whose"), Input.VICTIM, is_required=True),
        Field("forum", N_("Where"), Input.CODE, FORUM, is_required=True),
        Field("filed_on", N_("Filed on"), Input.DAY),
        Field("amount", N_("Amount claimed"), Input.NUMBER),
        Field("currency", N_("Currency, three capital letters"), Input.TEXT),
        Field("decision", N_("Decision"), Input.CODE, DECISION),
        Field("decided_on", N_("Decided on"), Input.DAY),
        Field("awarded", N_("Amount awarded"), Input.NUMBER),
        Field("final_on", N_("Final on"), Input.DAY),
        Field("paid", N_("Amount paid"), Input.NUMBER),
        Field("paid_on", N_("Paid on"), Input.DAY),
    ),
    order="filed_on",
)
