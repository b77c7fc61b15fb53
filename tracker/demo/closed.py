"""Proceedings that were judged in the last eight years; their lengths are as uneven as real ones."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.demo.case import Case
from tracker.demo.trial import Course, hear, indict, tell_first


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgment ``ago`` days ago, ``length`` days after the indictment, and what became of it."""

    seat: str
    ago: int
    length: int
    outcome: str = "CONVICTED"
    then: Literal["upheld", "modified", "remitted", "appealed", "plea"] = "upheld"
    offence: str = "THB_ADULT"
    victims: int = 1
    claim: str = "REFERRED_TO_CIVIL"


JUDGED = (
    Judged("Beograd", 64, 846, then="appealed", victims=2),
    Judged("Novi Sad", 118, 512, then="appealed", outcome="CONVICTED_LESSER"),
    Judged("Niš", 205, 34, then="plea", claim="NOT_DECIDED"),
    Judged("Subotica", 262, 1240, offence="THB_MINOR", victims=2),
    Judged("Kragujevac", 340, 331, claim="AWARDED_PART"),
    Judged("Šabac", 455, 1913, then="remitted", outcome="MIXED", victims=3, offence="THB_GROUP"),
    Judged("Beograd", 540, 701, then="modified"),
    Judged("Leskovac", 610, 203, outcome="ACQUITTED", claim="NOT_DECIDED"),
    Judged("Zrenjanin", 735, 61, then="plea", offence="PROSTITUTION_MEDIATION"),
    Judged("Valjevo", 842, 930, offence="THB_MINOR", victims=2),
    Judged("Novi Pazar", 960, 588, victims=2),
    Judged("Beograd", 1120, 2604, then="remitted", victims=3, offence="THB_OCG"),
    Judged("Čačak", 1215, 402, outcome="CONVICTED_LESSER", victims=2),
    Judged("Sombor", 1330, 148, offence="PROSTITUTION_MEDIATION"),
    Judged("Vranje", 1480, 765, victims=2),
    Judged("Pančevo", 1610, 1, then="plea", claim="NOT_DECIDED"),
    Judged("Niš", 1790, 1497, then="remitted", outcome="ACQUITTED", claim="NOT_DECIDED"),
    Judged("Kraljevo", 1985, 287, claim="AWARDED_FULL"),
    Judged("Novi Sad", 2160, 1088, then="modified", victims=2),
    Judged("Smederevo", 2340, 455, victims=2),
    Judged("Užice", 2590, 640, outcome="REJECTED", claim="NOT_DECIDED"),
    Judged("Beograd", 2880, 364, offence="THB_MINOR"),
)
TEAMS = (("N2", "L2"), ("N3", "L1"), ("N1", "L1"))


def tell(case: Case, judged: Judged) -> None:
    """Tell the whole of a judged case."""
    filed, verdict = case.days.ago(judged.ago + judged.length), case.days.ago(judged.ago)
    for index in range(judged.victims):
        is_minor = "YES" if judged.offence == "THB_MINOR" else "NO"
        case.victim(minor_at_offence=is_minor, consent_expires_on=None, same_person="k-7f3a" if case.number % 11 == index else None)
    plea = judged.then == "plea"
    case.says(lead_offence=judged.offence, disposition_mode="PLEA_AGREEMENT" if plea else "TRIAL", outcome=judged.outcome)
    indict(case, filed, "SPK" if plea else "K-Po1" if judged.offence == "THB_OCG" else "K", accused=1 + judged.victims)
    tell_first(case, filed)
    case.team(*TEAMS[case.number % len(TEAMS)], None, filed)
    if plea:
        case.hearing(verdict, "10:00", type="PLEA", outcome="HELD")
    else:
        _try(case, judged, filed, verdict)
    case.stage("FIRST_INSTANCE_JUDGMENT", verdict)
    _claim(case, judged, filed, verdict)
    if plea:
        _end(case, verdict + timedelta(days=9), 1)
    else:
        _appeal(case, judged, verdict)


def _try(case: Case, judged: Judged, filed: date, verdict: date) -> None:
    opened = case.days.sitting(filed + timedelta(days=min(110, judged.length // 3)))
    for victim in case.victims[: 1 + case.number % 2]:
        asked = opened - timedelta(days=20)
        case.measure(victim, "SPECIAL_STATUS", requested_on=asked, decision="GRANTED", decided_on=opened - timedelta(days=4))
    case.stage("MAIN_HEARING_SCHEDULED", opened - timedelta(days=30))
    case.stage("MAIN_HEARING_OPENED", opened)
    closed = hear(case, Course(opened, verdict - timedelta(days=6), max(20, judged.length // 13)))
    case.stage("EVIDENCE_CLOSED", closed)
    case.hearing(verdict, "12:00", type="SENTENCING", outcome="HELD", closed_to_public="NO")


def _claim(case: Case, judged: Judged, filed: date, verdict: date) -> None:
    for victim in case.victims[: 2 if judged.claim != "NOT_DECIDED" else 1]:
        awarded = 450_000 if judged.claim.startswith("AWARDED") else None
        final = verdict + timedelta(days=300) if awarded and judged.ago > 300 else None  # noqa: PLR2004 - days until it is final
        paid = {"paid": awarded, "paid_on": verdict + timedelta(days=700)} if judged.claim == "AWARDED_FULL" else {}
        case.claim(
            victim, filed_on=filed + timedelta(days=30), amount=900_000, decision=judged.claim, decided_on=verdict, awarded=awarded,
            final_on=final, **paid,
        )  # fmt: skip


def _appeal(case: Case, judged: Judged, verdict: date) -> None:
    case.stage("JUDGMENT_SERVED", verdict + timedelta(days=48))
    appealed = verdict + timedelta(days=62)
    if not case.stage("APPEAL_FILED", appealed) or judged.then == "appealed":
        return
    case.stage("FILE_SENT_TO_APPEAL", appealed + timedelta(days=35))
    case.numbered("Kž1", appealed + timedelta(days=40), "APPEAL", above=True)
    decided = case.days.sitting(appealed + timedelta(days=190))
    if judged.then == "remitted":
        _try_again(case, decided)
        return
    kind = "APPEAL_MODIFIED" if judged.then == "modified" else "APPEAL_UPHELD"
    if case.stage(kind, decided):
        case.hearing(decided, "11:00", type="APPEAL_SESSION", court=case.appellate, outcome="HELD", panel=None)
        _end(case, decided, 1)


def _try_again(case: Case, quashed: date) -> None:
    """Tell a second round after the first judgment was quashed."""
    if not case.stage("APPEAL_QUASHED_REMITTED", quashed):
        return
    case.panel = f"panel-{case.number:02}b"
    opened = case.days.sitting(quashed + timedelta(days=75))
    case.stage("RETRIAL_OPENED", opened, 2)
    case.numbered("K", quashed + timedelta(days=30), "RETRIAL")
    verdict = case.days.sitting(opened + timedelta(days=330))
    hear(case, Course(opened, min(verdict - timedelta(days=6), case.days.ago(30)), 55, "COURT_RETRIAL"))
    if case.stage("FIRST_INSTANCE_JUDGMENT", verdict, 2) and case.stage("APPEAL_UPHELD", verdict + timedelta(days=260), 2):
        _end(case, verdict + timedelta(days=260), 2)


def _end(case: Case, on: date, instance_round: int) -> None:
    if case.stage("FINAL", on, instance_round):
        case.says(end_cause="FINAL_JUDGMENT")
