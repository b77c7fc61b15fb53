"""How trials usually go: milestones, hearings of which some fail, testimonies."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.demo.case import Case

FAILURES = (
    "ACCUSED_ABSENT_NO_EXCUSE", "COUNSEL_ABSENT", "PANEL_INCOMPLETE", "WITNESS_ABSENT", "SUMMONS_NOT_SERVED", "JUDGE_UNAVAILABLE",
    "ACCUSED_NOT_BROUGHT_FROM_DETENTION", "COUNSEL_CHANGED", "EXPERT_ABSENT", "DEFENCE_WITNESS_ABSENT", "EQUIPMENT_OR_ROOM",
)  # fmt: skip
CALLED_OFF, FAILED, CUT_SHORT = 0.08, 0.30, 0.38
"""Of a hundred hearings 8 are called off in advance, 22 fail on the day, 8 are held in part."""
TIMES = ("09:00", "09:30", "10:00", "11:30", "13:00")
BEFORE = {
    "REPORTED": 210,
    "FIRST_STATEMENT": 208,
    "ACCUSED_CHARGED_OR_ARRESTED": 180,
    "INVESTIGATION_OPENED": 178,
    "INVESTIGATION_CLOSED": 12,
}
"""Milestones before the indictment, days from it."""


@dataclass(frozen=True, slots=True)
class Course:
    """A stretch of trial: its first and last possible day, and the days from one hearing to the next."""

    first: date
    last: date
    every: int
    testimony_body: str = "COURT_MAIN"


def indict(case: Case, filed_on: date, register: str = "K", accused: int = 2) -> None:
    """Lead a case from the first report to a confirmed indictment."""
    for kind, days in BEFORE.items():
        case.stage(kind, filed_on - timedelta(days=days))
    case.stage("INDICTMENT_FILED", filed_on)
    case.stage("INDICTMENT_CONFIRMED", filed_on + timedelta(days=38))
    case.filed(register, filed_on)
    case.accused(accused, detained_from=filed_on - timedelta(days=180))
    case.says(offence_on=filed_on - timedelta(days=260), limitation_years=15, organised_crime_department="NO")


def tell_first(case: Case, filed_on: date) -> None:
    """Let every victim tell the facts to the police and to the prosecutor."""
    for victim in case.victims:
        case.statement(victim, "POLICE", filed_on - timedelta(days=208), recorded="NO", repeated_reason="FIRST")
        case.statement(victim, "PROSECUTOR", filed_on - timedelta(days=150), recorded="NO", repeated_reason="CLARIFICATION")


def hear(case: Case, course: Course) -> date:
    """Hold the hearings of a stretch of trial, let each victim testify once, and return the day of the last hearing."""
    chance = random.Random(f"{case.number} {course.testimony_body}")  # nosec B311 # noqa: S311 - texture, not secrets
    silent, day, last = list(case.victims), case.days.sitting(course.first), course.first
    while day <= course.last:
        last = day
        _sit(case, day, silent, chance, course.testimony_body)
        day = case.days.sitting(day + timedelta(days=round(course.every * chance.uniform(0.7, 1.3))))
    return last


def _sit(case: Case, day: date, silent: list[str], chance: random.Random, body: str) -> None:
    fate, at, summoned = chance.random(), chance.choice(TIMES), silent[:1]
    if fate < CALLED_OFF:
        facts = {"outcome": "POSTPONED_IN_ADVANCE", "outcome_reported_on": day - timedelta(days=5)}
        case.hearing(day, at, summoned, outcome_reason="JUDGE_UNAVAILABLE", **facts)
    elif fate < FAILED:
        hearing = case.hearing(day, at, summoned, outcome="POSTPONED_ON_DAY", outcome_reason=chance.choice(FAILURES))
        for victim in summoned:
            _wait(case, hearing, victim, chance)
    else:
        hearing = case.hearing(day, at, summoned, outcome="HELD_PARTLY" if fate < CUT_SHORT else "HELD", closed_to_public="PART")
        for victim in summoned:
            _testify(case, hearing, victim, chance)
            case.statement(
                victim, body, day, hearing=hearing, recorded="NO", repeated_reason="RETRIAL" if body == "COURT_RETRIAL" else None
            )
            silent.remove(victim)


def _wait(case: Case, hearing: str, victim: str, chance: random.Random) -> None:
    if chance.random() < 0.5:  # noqa: PLR2004 - half of them had been told in time
        case.appearance(hearing, victim, "SUMMONED_NOT_ATTENDED")
        return
    facts = {"minutes_waiting": chance.randrange(30, 150, 5), "travel_km": chance.randrange(15, 220, 5), "informed_before": "NO"}
    case.appearance(hearing, victim, "PRESENT_NOT_HEARD", support_person="YES", separate_waiting_room="NO_ROOM", **facts)


def _testify(case: Case, hearing: str, victim: str, chance: random.Random) -> None:
    seen, where = chance.choice(
        (("NONE", "VIA_LINK"), ("SCREENED", "IN_ROOM"), ("NONE", "REMOVED_DURING_TESTIMONY"), ("DIRECT", "IN_ROOM"))
    )
    case.appearance(
        hearing, victim, "TESTIFIED", testified_by="IN_ROOM" if where != "VIA_LINK" else "VIDEO_LINK_SAME_BUILDING",
        accused_present=where, visual_contact=seen, contact_outside=chance.choice(("NONE", "NONE", "CORRIDOR", "NOT_OBSERVED")),
        separate_waiting_room=chance.choice(("YES", "NO_ROOM", "NOT_OBSERVED")), confrontation="NONE",
        questioned_by=["JUDGE", "PROSECUTOR", "DEFENCE_COUNSEL"], questions_through_court=chance.choice(("YES", "NO", "NOT_OBSERVED")),
        minutes_testifying=chance.randrange(35, 200, 5), minutes_waiting=chance.randrange(10, 90, 5), support_person="YES",
        degrading_conduct=chance.choice(("NONE", "NONE", "SOME", "NOT_OBSERVED")), representative_present="YES", breaks_given="YES",
        travel_km=chance.randrange(5, 180, 5), cost_reimbursed=chance.choice(("YES", "NO")),
    )  # fmt: skip
