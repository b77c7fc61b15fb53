"""Open cases in which something is about to happen: tomorrow, next week, moved, called off."""

from collections.abc import Callable

from tracker.demo.case import Case
from tracker.demo.trial import Course, hear, indict, tell_first


def tomorrow_without_protection(case: Case) -> None:
    """She testifies tomorrow; special status was asked for three weeks ago and nobody decided; no claim is filed."""
    days = case.days
    victim = case.victim(legal_representation="LEGAL_AID", consent_expires_on=days.ahead(20))
    _prepare(case, filed=190, opened=70)
    case.hearing(days.ago(48), "09:30", outcome="HELD")
    case.hearing(days.ago(20), "10:00", outcome="HELD")
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(22))
    case.measure(victim, "VIDEO_LINK", requested_on=days.ago(22))
    case.hearing(days.ahead(1), "09:30", [victim], room="12", notified_on=days.ago(4))
    case.hearing(days.ahead(29), "09:30", [victim], room="12")


def next_week_two_victims(case: Case) -> None:
    """Two victims, one protected and one not, are summoned for next week; a victim has nobody to represent her."""
    days = case.days
    first, second = case.victim(), case.victim(legal_representation="NONE", citizenship="REGION", interpreter_language="ron")
    _prepare(case, filed=260, opened=150)
    hear(case, Course(days.ago(150), days.ago(40), 38))
    case.measure(first, "SPECIAL_STATUS", requested_on=days.ago(120), decision="GRANTED", decided_on=days.ago(110))
    case.measure(first, "REMOVE_ACCUSED", requested_on=days.ago(120), decision="REFUSED", decided_on=days.ago(110))
    case.hearing(days.ahead(7), "10:00", [first, second], room="31")
    case.assessment(first, days.ago(95))


def moved(case: Case) -> None:
    """The hearing of next week was moved by almost a month, for the second time."""
    days = case.days
    victim = case.victim(minor_at_offence="YES", adult_from=days.ago(400))
    _prepare(case, filed=420, opened=300, offence="THB_MINOR")
    hear(case, Course(days.ago(300), days.ago(60), 52))
    case.measure(victim, "SPECIAL_STATUS", decision="EX_OFFICIO", decided_on=days.ago(380), requested_by="COURT")
    earlier = case.hearing(days.ago(9), "11:00", [victim], outcome_reported_on=days.ago(16))
    old = case.hearing(days.ahead(6), "11:00", [victim], outcome_reported_on=days.ago(1), room="7")
    new = case.hearing(days.ahead(33), "11:00", [victim], room="9")
    case.move(earlier, old, outcome_reason="JUDGE_UNAVAILABLE")
    case.move(old, new, outcome_reason="PANEL_INCOMPLETE")


def called_off(case: Case) -> None:
    """Next week's hearing was called off; there is no new date."""
    days = case.days
    victim = case.victim()
    _prepare(case, filed=330, opened=210)
    hear(case, Course(days.ago(210), days.ago(50), 46))
    case.measure(victim, "SPECIAL_STATUS", requested_on=days.ago(230), decision="GRANTED", decided_on=days.ago(215))
    case.hearing(
        days.ahead(8), "12:30", [victim], outcome="CANCELLED", outcome_reason="STRIKE_OR_SHUTDOWN", outcome_reported_on=days.ago(1)
    )


def measure_runs_out(case: Case) -> None:
    """The protection lapses a week before the victim has to come again."""
    days = case.days
    victim = case.victim(gender="Masculine", exploitation=["ForcedLabour", "Servitude"], citizenship="OTHER", interpreter_language="nep")
    _prepare(case, filed=280, opened=160)
    hear(case, Course(days.ago(160), days.ago(30), 44))
    case.measure(
        victim, "SPECIAL_STATUS", requested_on=days.ago(170), decision="GRANTED", decided_on=days.ago(165), valid_until=days.ahead(5)
    )
    case.measure(victim, "ATTORNEY_EX_OFFICIO", decision="PARTLY", decided_on=days.ago(160), requested_on=days.ago(170))
    case.hearing(days.ahead(13), "09:00", [victim])


def today_or_next_day(case: Case) -> None:
    """A session in the first sitting hours ahead; only the day of the one after it is known."""
    days = case.days
    victim = case.victim(exploitation=["ForcedBegging", "x_ForcedCriminality"])
    _prepare(case, filed=240, opened=120)
    hear(case, Course(days.ago(120), days.ago(25), 41))
    case.measure(victim, "PROTECTED_WITNESS", requested_on=days.ago(130), decision="GRANTED", decided_on=days.ago(120))
    case.hearing(days.ahead(0), "13:30", room="3")
    case.hearing(days.ahead(21), "00:00", [victim], time_known=False, room=None)


def _prepare(case: Case, *, filed: int, opened: int, offence: str = "THB_ADULT") -> None:
    days = case.days
    case.says(lead_offence=offence)
    case.team("N1", "L1" if case.number % 2 else "L2", "S1", days.ago(filed))
    indict(case, days.ago(filed))
    tell_first(case, days.ago(filed))
    case.stage("MAIN_HEARING_SCHEDULED", days.ago(opened + 30))
    case.stage("MAIN_HEARING_OPENED", days.ago(opened))


STORIES: tuple[tuple[str, Callable[[Case], None]], ...] = (
    ("Beograd", tomorrow_without_protection),
    ("Novi Sad", next_week_two_victims),
    ("Niš", moved),
    ("Kragujevac", called_off),
    ("Beograd", measure_runs_out),
    ("Subotica", today_or_next_day),
)
