"""One invented proceeding, told event by event; what would lie ahead has not happened and is left out."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tracker.demo.days import Days
from tracker.demo.people import PSEUDONYMS
from tracker.domain.pack import PackCourt


class Case:
    """A proceeding in the making; ``entry`` is what the document will hold."""

    def __init__(self, days: Days, number: int, courts: Sequence[PackCourt], seat: str) -> None:
        """Open the case ``number`` at the higher court of ``seat``."""
        self.days, self.number = days, number
        court = next(court for court in courts if court.level == "HIGHER" and court.seat == seat)
        self.court, self.appellate = court.id, court.appellate
        self.entry: dict[str, Any] = {"id": f"P{number:02}", "court": self.court, "lead_offence": "THB_ADULT"}
        self.victims: list[str] = []
        self.panel = f"panel-{number:02}a"

    def says(self, **facts: object) -> None:
        """State facts of the proceeding itself."""
        self.entry |= _plain(facts)

    def filed(self, register: str, on: date) -> None:
        """Give the case its first number."""
        self._add("case_numbers", court=self.court, text=f"{register} {self.number * 3 + 8}/{on.year}", reason="FILED", **{"from": on})

    def numbered(self, register: str, on: date, reason: str, *, above: bool = False) -> None:
        """Give the case a further number, at the appellate court with ``above``."""
        if on <= self.days.today:
            court = self.appellate if above else self.court
            self._add("case_numbers", court=court, text=f"{register} {self.number * 5 + 11}/{on.year}", reason=reason, **{"from": on})

    def stage(self, kind: str, on: date, instance_round: int = 1, **facts: object) -> bool:
        """Reach a milestone; tell whether it has happened by today."""
        if on > self.days.today:
            return False
        self._add("stage_events", kind=kind, on=on, instance_round=instance_round, **{"precision": "DAY", "source": "FILE", **facts})
        return True

    def accused(self, count: int, **facts: object) -> None:
        """Accuse ``count`` more people; ``facts`` are of the first of them."""
        before = len(self.entry.get("accused", ()))
        for index in range(count):
            self._add("accused", label=f"A{before + index + 1}", **(facts if index == 0 else {}))

    def victim(self, **facts: object) -> str:
        """Name a further victim and return her or his id."""
        name = f"V{self.number:02}-{len(self.victims) + 1}"
        pseudonym = PSEUDONYMS[(self.number * 2 + len(self.victims)) % len(PSEUDONYMS)]
        usual = {
            "gender": "Feminine", "minor_at_offence": "NO", "minor_now": "NO", "exploitation": ["SexualExploitation"],
            "citizenship": "NATIONAL", "trafficking_status": "ActualVictimOfTrafficking", "legal_representation": "NGO",
            "consent_statistics": True,
            "consent_given_on": self.days.ago(300), "consent_expires_on": self.days.ahead(400),
        }  # fmt: skip
        self._add("victims", id=name, pseudonym=pseudonym, **{**usual, **facts})
        self.victims.append(name)
        return name

    def team(self, advocate: str, lawyer: str, supervisor: str | None, since: date) -> None:
        """Put people on the case."""
        for person, role in ((advocate, "ADVOCATE"), (lawyer, "LAWYER"), (supervisor, "SUPERVISOR")):
            if person is not None:
                self._add("assignments", person=person, **{"as": role, "from": since})

    def hearing(self, on: date, at: str = "09:30", summoned: Sequence[str] = (), **facts: object) -> str:
        """Set a hearing and return its id; without an outcome it is open."""
        name = f"H{self.number:02}-{len(self.entry.get('hearings', ())) + 1:02}"
        told = on - timedelta(days=21)
        usual: dict[str, object] = {
            "court": self.court, "type": "MAIN", "room": str(10 + self.number), "panel": self.panel, "closed_to_public": "NOT_OBSERVED",
            "notified_on": told if told <= self.days.today else self.days.ago(2),
        }  # fmt: skip
        if facts.get("outcome") is not None:
            usual["outcome_reported_on"] = min(on, self.days.today)
        self._add("hearings", id=name, starts_at=self.days.instant(on, at), summoned=list(summoned), **{**usual, **facts})
        return name

    def move(self, hearing: str, to: str, **facts: object) -> None:
        """Tell that a hearing was moved to another one."""
        entry = next(each for each in self.entry["hearings"] if each["id"] == hearing)
        entry |= _plain({"superseded_by": to, "outcome": "POSTPONED_IN_ADVANCE", **facts})

    def appearance(self, hearing: str, victim: str, attended: str, **facts: object) -> None:
        """Tell what a hearing did to a victim."""
        self._add("appearances", hearing=hearing, victim=victim, attended=attended, **{"observer": "ADVOCATE", **facts})

    def statement(self, victim: str, body: str, on: date, **facts: object) -> None:
        """Tell that a victim had to tell the facts."""
        if on <= self.days.today:
            self._add("statements", victim=victim, body=body, on=on, **facts)

    def measure(self, victim: str, kind: str, **facts: object) -> str:
        """Ask for a protective measure and return its id."""
        name = f"M{self.number:02}-{len(self.entry.get('measures', ())) + 1}"
        self._add("measures", id=name, victim=victim, kind=kind, **{"requested_by": "REPRESENTATIVE", "decision": "PENDING", **facts})
        return name

    def claim(self, victim: str, **facts: object) -> None:
        """Claim compensation."""
        name = f"C{self.number:02}-{len(self.entry.get('claims', ())) + 1}"
        self._add("claims", id=name, victim=victim, **{"forum": "CRIMINAL", "currency": "RSD", "decision": "PENDING", **facts})

    def assessment(self, victim: str, on: date) -> None:
        """Assess a victim's needs."""
        self._add("assessments", victim=victim, on=on, next_review_on=on + timedelta(days=180))

    def asset(self, **facts: object) -> None:
        """Freeze or confiscate an asset."""
        self._add("assets", id=f"I{self.number:02}-{len(self.entry.get('assets', ())) + 1}", **{"currency": "RSD", **facts})

    def remedy(self, kind: str, filed_on: date, **facts: object) -> None:
        """Complain of undue delay."""
        self._add("remedies", id=f"R{self.number:02}-{len(self.entry.get('remedies', ())) + 1}", kind=kind, filed_on=filed_on, **facts)

    def incident(self, kind: str, on: date, **facts: object) -> None:
        """Report an act against a victim or those around."""
        self._add("incidents", id=f"X{self.number:02}-{len(self.entry.get('incidents', ())) + 1}", kind=kind, on=on, **facts)

    def _add(self, entries: str, /, **facts: object) -> None:
        self.entry.setdefault(entries, []).append(_plain(facts))


def _plain(facts: dict[str, object]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items() if value is not None}
