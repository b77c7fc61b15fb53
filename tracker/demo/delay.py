"""Open cases that take too long, begin anew, or are only beginning."""

from collections.abc import Callable

from tracker.demo.case import Case
from tracker.demo.trial import BEFORE, Course, hear, indict, tell_first


def fourth_year(case: Case) -> None:
    """A trial in its fourth year, with an objection that the court has not decided in time."""
    days = case.days
    for minor in ("NO", "YES", "NO"):
        case.victim(minor_at_offence=minor)
    _prepare(case, filed=1240, opened=1100, team=("N1", "L1"))
    case.says(lead_offence="THB_GROUP", organised_crime_department="NO")
    hear(case, Course(days.ago(1100), days.ago(30), 62))
    case.asset(frozen_on=days.ago(1200), value=4_200_000, used_for_compensation="NOT_OBSERVED")
    for victim in case.victims[:2]:
        case.claim(victim, filed_on=days.ago(1000), amount=2_000_000)
    case.remedy(
        "OBJECTION", days.ago(420), outcome="UPHELD", decided_on=days.ago(370), acts_ordered_by=days.ago(280), acts_done_on=days.ago(300)
    )
    case.remedy("OBJECTION", days.ago(64), outcome="PENDING")
    case.hearing(days.ahead(19), "09:00")


def standstill(case: Case) -> None:
    """No hearing was held for 200 days: the file lies with an expert, and two dates were called off."""
    days = case.days
    victim = case.victim()
    _prepare(case, filed=720, opened=600, team=("N1", "L2"))
    hear(case, Course(days.ago(600), days.ago(205), 58))
    case.hearing(days.ago(202), "09:30", outcome="HELD")
    case.hearing(days.ago(130), "09:30", [victim], outcome="POSTPONED_IN_ADVANCE", outcome_reason="FILE_AT_OTHER_COURT")
    case.hearing(days.ago(52), "09:30", [victim], outcome="POSTPONED_IN_ADVANCE", outcome_reason="EXPERT_ABSENT")
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(590), decision="GRANTED", decided_on=days.ago(580))


def begun_anew(case: Case) -> None:
    """The first judgment was quashed; the victim is to tell everything a third time, before another panel."""
    days = case.days
    victim = case.victim(legal_representation="PRIVATE")
    _prepare(case, filed=1900, opened=1780, team=("N1", "L1"))
    hear(case, Course(days.ago(1780), days.ago(1010), 70))
    case.stage("EVIDENCE_CLOSED", days.ago(1005))
    case.stage("FIRST_INSTANCE_JUDGMENT", days.ago(990))
    case.says(outcome="CONVICTED")
    case.stage("APPEAL_FILED", days.ago(930))
    case.stage("APPEAL_QUASHED_REMITTED", days.ago(690))
    case.numbered("Kž1", days.ago(900), "APPEAL", above=True)
    case.numbered("K", days.ago(660), "RETRIAL")
    case.stage("RETRIAL_OPENED", days.ago(600), 2)
    case.panel = f"panel-{case.number:02}b"
    hear(case, Course(days.ago(600), days.ago(40), 80, "COURT_RETRIAL"))
    case.remedy("CONSTITUTIONAL_COMPLAINT", days.ago(300), victim=victim, outcome="PENDING")
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(1700), decision="GRANTED", decided_on=days.ago(1690))
    case.hearing(days.ahead(27), "10:30", [victim])


def limitation_ahead(case: Case) -> None:
    """The offence is about to fall under limitation."""
    days = case.days
    case.victim(), case.victim(gender="Masculine", exploitation=["ForcedLabour"])
    _prepare(case, filed=1050, opened=900, team=("N2", "L2"))
    case.says(offence_on=days.ago(3500), limitation_years=10, lead_offence="PROSTITUTION_MEDIATION")
    hear(case, Course(days.ago(900), days.ago(55), 77))
    case.hearing(days.ahead(40), "11:00")


def second_year(case: Case) -> None:
    """An ordinary trial in its second year."""
    days = case.days
    victim = case.victim(exploitation=["ForcedMarriage", "Servitude"])
    _prepare(case, filed=530, opened=400, team=("N3", "L1"))
    hear(case, Course(days.ago(400), days.ago(21), 48))
    case.claim(victim, filed_on=days.ago(380), amount=600_000)
    case.hearing(days.ahead(24), "09:00")


def requalified(case: Case) -> None:
    """The charge was changed to a lesser one halfway."""
    days = case.days
    victim = case.victim()
    _prepare(case, filed=440, opened=320, team=("N2", "L1"))
    case.says(requalified_to="Posredovanje u vršenju prostitucije (čl. 184)", requalified_on=days.ago(90))
    hear(case, Course(days.ago(320), days.ago(28), 52))
    case.measure(victim, "SCREEN", requested_on=days.ago(200), decision="PARTLY", decided_on=days.ago(180))
    case.hearing(days.ahead(35), "10:00")


def gone_abroad(case: Case) -> None:
    """The prosecution was handed over to another country; what came of it is not known."""
    days = case.days
    case.victim(citizenship="OTHER", gender="Masculine", exploitation=["ForcedLabour"])
    _prepare(case, filed=980, opened=850, team=("N3", "L2"))
    hear(case, Course(days.ago(850), days.ago(500), 90))
    case.says(end_cause="TRANSFERRED_ABROAD", ended_on=days.ago(450), disposition_mode="OTHER")


def investigated(case: Case) -> None:
    """An investigation without an indictment so far."""
    days = case.days
    for gender in ("Feminine", "Feminine", "TransgenderFeminine"):
        case.victim(trafficking_status="PossibleVictimOfTrafficking", gender=gender)
    for kind in ("REPORTED", "FIRST_STATEMENT", "ACCUSED_CHARGED_OR_ARRESTED", "INVESTIGATION_OPENED"):
        case.stage(kind, days.ago(BEFORE[kind] - 60))
    case.accused(3, detained_from=days.ago(115))
    case.filed("KTI", days.ago(118))
    case.team("N1", "L1", "S1", days.ago(115))
    case.says(offence_on=days.ago(170), limitation_years=15)
    hearing = case.hearing(days.ago(35), "12:00", case.victims[:1], type="INVESTIGATIVE_QUESTIONING", outcome="HELD")
    case.statement(case.victims[0], "PROSECUTOR", days.ago(35), hearing=hearing, recorded="YES", repeated_reason="FIRST")
    case.hearing(days.ahead(9), "12:00", case.victims[1:2], type="INVESTIGATIVE_QUESTIONING")


def _prepare(case: Case, *, filed: int, opened: int, team: tuple[str, str]) -> None:
    days = case.days
    indict(case, days.ago(filed))
    tell_first(case, days.ago(filed))
    case.team(*team, "S1" if team[0] == "N1" else None, days.ago(filed))
    case.stage("MAIN_HEARING_OPENED", days.ago(opened))


STORIES: tuple[tuple[str, Callable[[Case], None]], ...] = (
    ("Beograd", fourth_year),
    ("Sremska Mitrovica", standstill),
    ("Novi Sad", begun_anew),
    ("Požarevac", limitation_ahead),
    ("Pirot", second_year),
    ("Kruševac", requalified),
    ("Negotin", gone_abroad),
    ("Niš", investigated),
)
