"""Flags: what the rules found, with their whole life."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain.flags import FlagKind, SubjectKind
from tracker.schemas.columns import CODE_LENGTH, JSON, SHORT, TEXT, code

SUBJECT = 2 * SHORT + 1
"""An appearance is named by two external ids and a stroke."""


class Flag(SQLModel, table=True):
    """One episode of one rule on one subject.

    ``subject`` and the ids in ``facts`` are external ids; ``close_reason`` is RESOLVED, CORRECTED,
    BEFORE_TRACKING or a person's words in ``close_note_sealed``.
    """

    __table_args__ = (
        sa.CheckConstraint("severity BETWEEN 1 AND 4", name="severity_in_range"),
        sa.Index(
            "uq_flag_open", "rule", "subject_kind", "subject", "fact", unique=True,
            sqlite_where=sa.text("closed_on IS NULL"), postgresql_where=sa.text("closed_on IS NULL"),
        ),
        sa.Index("ix_flag_of_proceeding", "proceeding_id", "closed_on", "severity"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=16, unique=True)
    proceeding_id: int = Field(foreign_key="proceeding.id", ondelete="CASCADE")
    rule: str = Field(max_length=CODE_LENGTH)
    rule_version: int
    kind: FlagKind = code(FlagKind, "kind")
    subject_kind: SubjectKind = code(SubjectKind, "subject_kind")
    subject: str = Field(max_length=SUBJECT)
    fact: str = Field(default="", max_length=SUBJECT)
    victim: str | None = Field(default=None, max_length=SHORT)
    severity: int
    facts: dict[str, Any] = Field(sa_type=JSON)
    opened_on: date
    since: date
    last_changed_on: date
    closed_on: date | None = None
    close_reason: str | None = Field(default=None, max_length=CODE_LENGTH)
    close_note_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")
    dismissed_severity: int | None = None
    acknowledged_by_id: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = None


class EngineState(SQLModel, table=True):
    """What the engine remembers between runs, such as the fingerprint of the rules it last used."""

    __tablename__ = "engine_state"

    name: str = Field(primary_key=True, max_length=SHORT)
    value: str = Field(max_length=TEXT)
