"""Proceedings and what hangs on them alone."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from tracker.schemas.columns import SHORT
from tracker.schemas.proceeding import (
    AccusedFields,
    AssignmentFields,
    CaseNumberFields,
    ProceedingFields,
    StageEventFields,
)

DUE_NOW = date(1970, 1, 1)
"""``review_on`` of a proceeding that was written to since it was last swept."""


class Proceeding(ProceedingFields, table=True):
    """One indictment against one set of accused.

    ``ref`` is the opaque name in addresses; ``review_on`` the first day on which a rule may say something new;
    ``evaluated_on`` the as-of day of the last sweep. ``requalified_to_sealed`` is free text, sealed under the external id.
    """

    __table_args__ = (sa.CheckConstraint("limitation_years > 0", name="limitation_years_positive"),)

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = Field(max_length=SHORT, unique=True)
    ref: str = Field(max_length=16, unique=True)
    court_id: int = Field(foreign_key="court.id", index=True)
    requalified_to_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    review_on: date = Field(default=DUE_NOW, index=True)
    evaluated_on: date = Field(default=DUE_NOW, index=True)
    created_at: datetime
    changed_at: datetime


class CaseNumber(CaseNumberFields, table=True):
    """One number under which a court keeps a case; without a proceeding it is a *watched* case of that court.

    ``text_sealed`` is the number as it was written, sealed under ``ref``; ``number_index`` is the blind index of
    its normal form.
    """

    __tablename__ = "case_number"
    __table_args__ = (sa.Index("ix_case_number_look_up", "number_index", "court_id"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=SHORT, unique=True)
    proceeding_id: int | None = Field(default=None, foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    court_id: int = Field(foreign_key="court.id", index=True)
    text_sealed: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    number_index: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    is_parsed: bool = Field(default=True)


class StageEvent(StageEventFields, table=True):
    """One milestone of a proceeding."""

    __tablename__ = "stage_event"
    __table_args__ = (sa.CheckConstraint("instance_round >= 1", name="instance_round_positive"),)

    id: int | None = Field(default=None, primary_key=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")


class Accused(AccusedFields, table=True):
    """One accused person of a proceeding, by label; the database itself keeps out anything that could be a name."""

    __table_args__ = (
        sa.UniqueConstraint("proceeding_id", "label"),
        sa.CheckConstraint(
            "substr(label, 1, 1) = 'A' AND length(label) > 1 AND ltrim(substr(label, 2), '0123456789') = ''", name="label_is_no_name"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", ondelete="CASCADE")


class Assignment(AssignmentFields, table=True):
    """A person put on a proceeding; the index gives a person's cases in the order in which lists show them."""

    __table_args__ = (sa.Index("ix_assignment_of_person", "person_id", "proceeding_id"),)

    id: int | None = Field(default=None, primary_key=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id")
