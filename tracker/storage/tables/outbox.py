"""The outbox: what people are told, in one row a message."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain.messages import AlertKind, MessageState
from tracker.schemas.columns import CODE_LENGTH, SHORT, code

KEY = 255


class Message(SQLModel, table=True):
    """One message to one person; the unique ``dedupe_key`` decides that it is written once.

    The body is sealed under ``ref``; of the link's token only a hash is kept.
    """

    __table_args__ = (
        sa.Index(
            "ix_message_waiting", "due_at", "id",
            sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'"),
        ),
        sa.Index(
            "ix_message_unsettled", "state", "claimed_at",
            sqlite_where=sa.text("state IN ('sending', 'unknown', 'sent')"),
            postgresql_where=sa.text("state IN ('sending', 'unknown', 'sent')"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=SHORT, unique=True)
    dedupe_key: str = Field(max_length=KEY, unique=True)
    kind: AlertKind = code(AlertKind, "kind")
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str = Field(max_length=CODE_LENGTH)
    state: MessageState = code(MessageState, "state", default=MessageState.QUEUED)
    created_at: datetime
    due_at: datetime
    expires_at: datetime | None = None
    claimed_by: str | None = Field(default=None, max_length=SHORT)
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    attempts: int = 0
    requeued: bool = False
    provider_sid: str | None = Field(default=None, max_length=SHORT, index=True)
    error_code: str | None = Field(default=None, max_length=CODE_LENGTH)
    subject_kind: str = Field(max_length=CODE_LENGTH)
    subject: str = Field(max_length=KEY)
    subject_version: int = 1
    lead: str = Field(default="", max_length=CODE_LENGTH)
    severity: int = 1
    needs_ack: bool = False
    code: str = Field(max_length=16, repr=False)
    token_hash: bytes = Field(sa_type=sa.LargeBinary, unique=True, repr=False)
    body_sealed: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    hearing_id: int | None = Field(default=None, foreign_key="hearing.id", index=True, ondelete="SET NULL")
    flag_id: int | None = Field(default=None, foreign_key="flag.id", index=True, ondelete="SET NULL")
    proceeding_id: int | None = Field(default=None, foreign_key="proceeding.id", index=True, ondelete="SET NULL")
    acknowledged_at: datetime | None = None
