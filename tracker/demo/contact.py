"""Open cases in which the court let victim and accused meet, or let the victim come for nothing."""

from collections.abc import Callable
from typing import Any

from tracker.demo.case import Case
from tracker.demo.trial import Course, hear, indict, tell_first

FACE_TO_FACE: dict[str, Any] = {
    "testified_by": "IN_ROOM", "accused_present": "IN_ROOM", "visual_contact": "DIRECT", "separate_waiting_room": "NO_ROOM",
    "questioned_by": ["JUDGE", "PROSECUTOR", "DEFENCE_COUNSEL"], "questions_through_court": "NO", "support_person": "YES",
    "representative_present": "YES",
}  # fmt: skip


def granted_and_not_applied(case: Case) -> None:
    """Last week she testified in front of the accused, although the court had ordered to take him out."""
    days = case.days
    victim = case.victim()
    _prepare(case, filed=310, opened=180)
    hear(case, Course(days.ago(180), days.ago(150), 40))
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(200), decision="GRANTED", decided_on=days.ago(190))
    removal = case.measure(victim, "REMOVE_ACCUSED", requested_on=days.ago(60), decision="GRANTED", decided_on=days.ago(45))
    hearing = case.hearing(days.ago(6), "10:00", [victim], outcome="HELD", closed_to_public="FULL")
    case.appearance(
        hearing, victim, "TESTIFIED", **FACE_TO_FACE, contact_outside="CORRIDOR", confrontation="NONE", minutes_waiting=75,
        minutes_testifying=135, breaks_given="NO", degrading_conduct="SOME", degrading_by=["DEFENCE_COUNSEL"], court_intervened="NO",
        measures=[{"measure": removal, "applied": "NO"}], travel_km=42.5, cost=3600, cost_reimbursed="NO", informed_before="YES",
        stopped_for_distress="YES", interpreter_adequate="NOT_OBSERVED",
    )  # fmt: skip
    case.statement(victim, "COURT_MAIN", days.ago(6), hearing=hearing, recorded="NO", repeated_reason="NO_RECORDING")
    case.hearing(days.ahead(22), "10:00", [victim])


def confronted_again_and_again(case: Case) -> None:
    """Three meetings, one of them a formal confrontation; the accused asked questions himself."""
    days = case.days
    victim, other = case.victim(), case.victim(citizenship="REGION")
    _prepare(case, filed=620, opened=480)
    hear(case, Course(days.ago(480), days.ago(120), 75))
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(300), decision="REFUSED", decided_on=days.ago(280))
    for ago, how in ((76, "NONE"), (41, "HELD"), (13, "NONE")):
        kind = "CONFRONTATION" if how == "HELD" else "MAIN"
        hearing = case.hearing(days.ago(ago), "09:30", [victim], type=kind, outcome="HELD", closed_to_public="NO")
        asked = {**FACE_TO_FACE, "questioned_by": ["JUDGE", "ACCUSED_PERSONALLY"]} if how == "HELD" else FACE_TO_FACE
        case.appearance(hearing, victim, "TESTIFIED", **asked, confrontation=how, contact_outside="NONE", minutes_testifying=95)
        case.statement(victim, "COURT_MAIN", days.ago(ago), hearing=hearing, recorded="NO", repeated_reason="DEFENCE_MOTION")
    case.hearing(days.ahead(16), "09:30", [victim, other])


def sent_home(case: Case) -> None:
    """Twice this season she travelled to court, waited, and was sent home unheard."""
    days = case.days
    victim = case.victim(interpreter_language="ukr", citizenship="OTHER")
    _prepare(case, filed=390, opened=260)
    hear(case, Course(days.ago(260), days.ago(180), 50))
    for ago, reason in ((97, "NO_INTERPRETER"), (34, "ACCUSED_NOT_BROUGHT_FROM_DETENTION")):
        hearing = case.hearing(days.ago(ago), "09:00", [victim], outcome="POSTPONED_ON_DAY", outcome_reason=reason)
        case.appearance(
            hearing, victim, "PRESENT_NOT_HEARD", minutes_waiting=140, travel_km=186, cost=7400, cost_reimbursed="NO",
            separate_waiting_room="NO", contact_outside="ENTRANCE", informed_before="NO", support_person="YES",
            accused_present="NOT_IN_BUILDING",
        )  # fmt: skip
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(250), decision="GRANTED", decided_on=days.ago(240))
    case.hearing(days.ahead(11), "09:00", [victim])


def threatened(case: Case) -> None:
    """Somebody followed her this week, days after the accused was let out of detention."""
    days = case.days
    victim = case.victim(minor_at_offence="YES", minor_now="YES", adult_from=days.ahead(300), legal_representation="EX_OFFICIO")
    _prepare(case, filed=230, opened=110, offence="THB_MINOR")
    case.entry["accused"][0]["released_on"] = days.ago(9).isoformat()
    hear(case, Course(days.ago(110), days.ago(25), 36))
    case.incident("FOLLOWED", days.ago(3), victim=victim, against="VICTIM", reported_to="POLICE")
    case.incident("ONLINE", days.ago(27), victim=victim, against="FAMILY", reported_to="NOBODY")
    case.measure(victim, "NO_CONTACT_ORDER", requested_on=days.ago(2))
    case.measure(victim, "SPECIAL_STATUS", decision="EX_OFFICIO", decided_on=days.ago(215), requested_by="PROSECUTOR")
    case.assessment(victim, days.ago(30))
    case.claim(victim, filed_on=days.ago(100), amount=1_500_000)
    case.hearing(days.ahead(18), "11:30", [victim], closed_to_public="FULL")


def nobody_wrote_it_down(case: Case) -> None:
    """Two hearings have passed and nobody has told how they went."""
    days = case.days
    victim = case.victim()
    _prepare(case, filed=300, opened=170)
    hear(case, Course(days.ago(170), days.ago(45), 42))
    case.hearing(days.ago(20), "10:00", [victim])
    case.hearing(days.ago(7), "12:00", [victim])
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(180), decision="GRANTED", decided_on=days.ago(175))
    case.hearing(days.ahead(25), "12:00")


def _prepare(case: Case, *, filed: int, opened: int, offence: str = "THB_ADULT") -> None:
    days = case.days
    case.says(lead_offence=offence)
    case.team("N1", "L2" if case.number % 2 else "L1", "S1", days.ago(filed))
    indict(case, days.ago(filed), accused=1)
    tell_first(case, days.ago(filed))
    case.stage("MAIN_HEARING_OPENED", days.ago(opened))


STORIES: tuple[tuple[str, Callable[[Case], None]], ...] = (
    ("Beograd", granted_and_not_applied),
    ("Pančevo", confronted_again_and_again),
    ("Vranje", sent_home),
    ("Zaječar", threatened),
    ("Jagodina", nobody_wrote_it_down),
)
