"""Threats, bribes, contacts: what was done to a victim or to those around her."""

from tracker.domain.codes.proceeding import IncidentAgainst, IncidentKind, IncidentReportedTo
from tracker.domain.flags import N_
from tracker.web.labels import Codes
from tracker.web.record_form import Field, Input, RecordForm

AGAINST: Codes = {
    IncidentAgainst.VICTIM: N_("the victim"),
    IncidentAgainst.FAMILY: N_("her family"),
    IncidentAgainst.ADVOCATE: N_("her advocate"),
    IncidentAgainst.LAWYER: N_("her lawyer"),
    IncidentAgainst.OTHER: N_("somebody else"),
}
KIND: Codes = {
    IncidentKind.THREAT: N_("threat"),
    IncidentKind.BRIBE: N_("offer of money"),
    IncidentKind.FOLLOWED: N_("followed"),
    IncidentKind.CONTACT_BY_ACCUSED: N_("contact by the accused"),
    IncidentKind.ONLINE: N_("on the internet"),
    IncidentKind.MEDIA_IDENTIFIED: N_("identified in the media"),
    IncidentKind.COUNTER_CHARGE: N_("counter-charge"),
    IncidentKind.OTHER: N_("something else"),
}
REPORTED_TO: Codes = {
    IncidentReportedTo.NOBODY: N_("nobody"),
    IncidentReportedTo.POLICE: N_("police"),
    IncidentReportedTo.PROSECUTOR: N_("prosecutor"),
    IncidentReportedTo.COURT: N_("court"),
}
FORM = RecordForm(
    kind="incidents",
    slug="incidents",
    title=N_("Incidents"),
    add=N_("Add an incident"),
    fields=(
        Field("on", N_("Day"), Input.DAY, is_required=True),
        Field("kind", N_("What happened"), Input.CODE, KIND, is_required=True),
        Field("against", N_("Against whom"), Input.CODE, AGAINST),
        Field("victim", N_("Which victim it is about"), Input.VICTIM),
        Field("reported_to", N_("Reported to"), Input.CODE, REPORTED_TO),
    ),
    order="on",
)
