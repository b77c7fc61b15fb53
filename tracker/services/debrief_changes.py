"""What an account of a hearing changes in the record: its outcome, the next date, what it did to each victim."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.codes.hearing import HearingOutcome, OutcomeReason
from tracker.domain.codes.people import Role
from tracker.domain.codes.protection import MeasureDecision
from tracker.domain.court_dates import local_date
from tracker.domain.debrief import CAME, OBSERVER, Account
from tracker.domain.errors import InvalidInputError, Problem
from tracker.services.case_record import Change

Entry = Mapping[str, Any]
POSTPONED = frozenset({HearingOutcome.POSTPONED_IN_ADVANCE, HearingOutcome.POSTPONED_ON_DAY})
IN_FORCE = frozenset({MeasureDecision.GRANTED, MeasureDecision.PARTLY, MeasureDecision.EX_OFFICIO})
CARRIED_ON = ("court", "type", "minutes_expected", "room", "closed_to_public", "summoned")
"""What a hearing that another one was postponed to has of that one."""


@dataclass(frozen=True, slots=True)
class Debriefed:
    """One hearing of a case, both as the exchange format has them."""

    proceeding: Entry
    hearing: Entry
    zone: ZoneInfo

    @property
    def on(self) -> date:
        """Return the day of the hearing, by the clocks of its court."""
        return self.day_of(self.hearing)

    @property
    def appearances(self) -> Mapping[str, Entry]:
        """Return what is there already of each victim at this hearing."""
        return {each["victim"]: each for each in self.proceeding["appearances"] if each["hearing"] == self.hearing["id"]}

    def day_of(self, hearing: Entry) -> date:
        """Return the day of a hearing of the case."""
        return local_date(datetime.fromisoformat(hearing["starts_at"]), self.zone)


def in_force(told: Debriefed, victim: str) -> Iterator[Entry]:
    """Yield the measures for a victim that were in force on the day of the hearing."""
    for measure in told.proceeding["measures"]:
        since = measure.get("valid_from") or measure.get("decided_on") or ""
        is_decided = measure.get("decision") in IN_FORCE and since <= told.on.isoformat() <= measure.get("valid_until", "9999-12-31")
        if is_decided and measure.get("victim", victim) == victim:
            yield measure


def changes(told: Debriefed, account: Account, seen: Mapping[str, str] | None, today: date, role: Role | None) -> list[Change]:
    """Return what to write; without ``seen`` (a further observer) only what nobody wrote before.

    Raises:
        InvalidInputError: the outcome is missing, or the next date makes no sense.
    """
    outcome = account.hearing.get("outcome") or told.hearing.get("outcome")
    if outcome not in set(HearingOutcome):
        raise InvalidInputError([Problem("outcome", "expected what became of the hearing")])
    found = list(_hearing_changes(told, account, seen, HearingOutcome(outcome), today))
    for victim in told.proceeding["victims"]:
        answers, there = account.victims.get(victim["id"]), told.appearances.get(victim["id"])
        if answers and "attended" in answers and (there is None or seen is not None):
            entry = {"hearing": told.hearing["id"], "victim": victim["id"], **answers}
            if answers["attended"] in CAME and role is not None and role in OBSERVER:
                entry["observer"] = OBSERVER[role].value
            found.append(Change("appearances", entry, (seen or {}).get(victim["id"]) or None))
    return found


def _hearing_changes(
    told: Debriefed, account: Account, seen: Mapping[str, str] | None, outcome: HearingOutcome, today: date
) -> Iterator[Change]:
    if seen is None and "outcome" in told.hearing:
        return
    entry = {name: value for name, value in told.hearing.items() if name != "outcome_reason"}
    if told.hearing.get("outcome") != outcome:
        entry |= {"outcome": outcome.value, "outcome_reported_on": today.isoformat()}
    reason = account.hearing.get("outcome_reason")
    if reason in set(OutcomeReason):
        entry["outcome_reason"] = reason
    following = _next(told, account)
    if following is not None:
        twin = next((each for each in told.proceeding["hearings"] if _is_open(each) and told.day_of(each) == told.day_of(following)), None)
        if twin is None:
            if outcome not in POSTPONED:
                following.pop("room", None)
            yield Change("hearings", following, None)
        if outcome in POSTPONED and "superseded_by" not in entry:
            entry["superseded_by"] = (twin or following)["id"]
    yield Change("hearings", entry, (seen or {}).get("hearing"))


def _is_open(hearing: Entry) -> bool:
    return "outcome" not in hearing and "superseded_by" not in hearing


def _next(told: Debriefed, account: Account) -> dict[str, Any] | None:
    """Return the hearing on the next date, where one was given."""
    day, at = account.hearing.get("next_on", ""), account.hearing.get("next_at", "")
    if not day:
        return None
    try:
        on, clock = date.fromisoformat(day), time.fromisoformat(at) if at else time()
    except ValueError:
        raise InvalidInputError([Problem("next_on", "expected a day such as 2026-12-01 and a time such as 09:30")]) from None
    if on <= told.on:
        raise InvalidInputError([Problem("next_on", "expected a day after this hearing")])
    starts = datetime.combine(on, clock.replace(tzinfo=None), told.zone).isoformat()
    carried = {name: told.hearing[name] for name in CARRIED_ON if name in told.hearing}
    return carried | {"id": uuid.uuid4().hex, "starts_at": starts, "time_known": bool(at)}
