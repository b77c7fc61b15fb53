"""Individual assessments of what a victim needs: dates only, never what was found."""

from tracker.domain.flags import N_
from tracker.web.record_form import Field, Input, RecordForm

FORM = RecordForm(
    kind="assessments",
    slug="assessments",
    title=N_("Individual assessments"),
    add=N_("Add an assessment"),
    fields=(
        Field("victim", N_("Whose"), Input.VICTIM, is_required=True),
        Field("on", N_("Day"), Input.DAY, is_required=True),
        Field("next_review_on", N_("To be looked at again on"), Input.DAY),
    ),
    order="on",
)
