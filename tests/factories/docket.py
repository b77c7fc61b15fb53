"""A person with cases for tests of the case pages: stored facts, sealed numbers and names."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from tests import rows
from tests.conftest import acting
from tests.factories.records import store
from tracker.domain.case_numbers import normalise
from tracker.domain.codes.people import Role
from tracker.domain.facts import ProceedingFacts
from tracker.privacy.places import CASE_NUMBER_INDEX, CASE_NUMBER_TEXT, VICTIM_PSEUDONYM, VICTIM_PSEUDONYM_INDEX
from tracker.services.blind_indexes import name_index
from tracker.services.context import Context
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.proceedings import CaseNumber
from tracker.storage.tables.victims import VictimIdentity

_numbers = count(1)


@dataclass(slots=True)
class Docket:
    """One person's cases at one court; ``ctx`` acts as the person."""

    ctx: Context
    person: int
    court: int

    @classmethod
    def of(cls, ctx: Context, role: Role = Role.ADVOCATE) -> "Docket":
        """Open an empty docket."""
        with ctx.database.writing() as db:
            person, court = rows.person(db, role=role.value), rows.court(db, name="Court A", external_id="CA")
        return cls(acting(ctx, person, role), person, court)

    def case(self, facts: ProceedingFacts, number: str | None = None, *, assigned_as: str | None = "ADVOCATE", **assignment: Any) -> str:  # noqa: ANN401
        """Store a case, put the person on it, and return its ref."""
        ref = f"ref-{facts.id}"
        with self.ctx.database.writing() as db:
            key = store(db, facts, self.court, ref=ref)
            if assigned_as:
                rows.assignment(db, key, self.person, assigned_as=assigned_as, **assignment)
            if number:
                self._number(db, key, number)
            for victim in facts.victims:
                name, pseudonym = f"{facts.id}-{victim.id}", f"Name of {victim.id}"
                found = sa.text("SELECT id FROM victim WHERE external_id = :name")
                her = db.connection().execute(found, {"name": name}).scalar_one()
                index = name_index(self.ctx.keys, VICTIM_PSEUDONYM_INDEX, pseudonym)
                sealed = self.ctx.keys.seal(VICTIM_PSEUDONYM, name, pseudonym)
                rows.add(db, VictimIdentity, victim_id=her, pseudonym_sealed=sealed, pseudonym_index=index)
        return ref

    def _number(self, db: Session, key: int, number: str) -> None:
        index = self.ctx.keys.index(CASE_NUMBER_INDEX, normalise(number).normal)
        sealed = self.ctx.keys.seal(CASE_NUMBER_TEXT, f"n{key}", number)
        rows.add(
            db, CaseNumber, ref=f"n{key}", proceeding_id=key, court_id=self.court, text_sealed=sealed, number_index=index, is_parsed=True
        )

    def flag(self, facts: ProceedingFacts, rule: str, severity: int, **values: Any) -> str:  # noqa: ANN401
        """Store a flag on a stored case and return its ref."""
        ref = values.setdefault("ref", f"f{next(_numbers)}")
        with self.ctx.database.writing() as db:
            key = db.connection().execute(sa.text("SELECT id FROM proceeding WHERE external_id = :name"), {"name": facts.id}).scalar_one()
            on = self.ctx.office_today()
            state = {"rule_version": 1, "kind": "event", "subject_kind": "proceeding", "fact": "", "facts": {}}
            days = {"opened_on": on, "since": on, "last_changed_on": on}
            subject = {"proceeding_id": key, "rule": rule, "severity": severity, "subject": facts.id}
            rows.add(db, Flag, **{**state, **days, **subject, **values})
        return str(ref)
