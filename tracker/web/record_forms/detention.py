"""Accused persons, by labels only, and when they were in detention."""

from tracker.domain.flags import N_
from tracker.web.record_form import Field, Input, RecordForm

FORM = RecordForm(
    kind="accused",
    slug="accused",
    title=N_("Accused, by label"),
    add=N_("Add an accused person, as A1, A2…"),
    fields=(
        Field("label", N_("Label: A and a number, never a name"), Input.TEXT, is_required=True),
        Field("detained_from", N_("In detention from"), Input.DAY),
        Field("released_on", N_("Released on"), Input.DAY),
    ),
    order="label",
)
