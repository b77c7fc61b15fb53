"""Look at the outbox: the operator at all of it, people at what was written to them."""

from dataclasses import dataclass, field
from datetime import datetime

from tracker.domain.errors import ForbiddenError
from tracker.domain.messages import AlertKind, MessageState
from tracker.privacy.places import MESSAGE_BODY
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import message_list
from tracker.storage.queries.message_list import MessageRow


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message; ``body`` is only there for whom it was written to, and for the operator."""

    id: str
    kind: AlertKind
    recipient: str
    channel: str
    state: MessageState
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    subject_kind: str
    subject: str
    severity: int
    needs_ack: bool
    acknowledged_at: datetime | None
    error_code: str | None
    body: str | None = field(default=None, repr=False)


def everything(ctx: Context, state: MessageState | None = None) -> list[MessageLine]:
    """Return the whole outbox, or what is in one state, with bodies.

    Raises:
        ForbiddenError: a person asks; only the command line may.
    """
    if not ctx.actor.is_system:
        raise ForbiddenError("there is nothing to see here")
    conditions = () if state is None else (message_list.in_state(state),)
    with ctx.database.reading() as db:
        found = [_line(row, _body(ctx, row)) for row in message_list.listed(db, *conditions)]
    audit.record(ctx, "messages.read", details={"messages": len(found)})
    return found


def mine(ctx: Context, newest: int = 50) -> list[MessageLine]:
    """Return the newest messages to whoever asks, with bodies; nothing for the system."""
    if ctx.actor.person_id is None:
        return []
    with ctx.database.reading() as db:
        rows = message_list.listed(db, message_list.to_person(ctx.actor.person_id), newest=newest)
    return [_line(row, _body(ctx, row)) for row in rows]


def of_proceeding(ctx: Context, proceeding_id: int, newest: int = 50) -> list[MessageLine]:
    """Return the newest messages about one proceeding, without bodies; the caller has checked that the proceeding may be seen."""
    with ctx.database.reading() as db:
        return [_line(row, None) for row in message_list.listed(db, message_list.about(proceeding_id), newest=newest)]


def _body(ctx: Context, row: MessageRow) -> str:
    return ctx.keys.open(MESSAGE_BODY, row.ref, row.body_sealed)


def _line(row: MessageRow, body: str | None) -> MessageLine:
    return MessageLine(
        id=row.ref,
        kind=row.kind,
        recipient=row.recipient,
        channel=row.channel,
        state=row.state,
        due_at=row.due_at,
        sent_at=row.sent_at,
        attempts=row.attempts,
        subject_kind=row.subject_kind,
        subject=row.subject,
        severity=row.severity,
        needs_ack=row.needs_ack,
        acknowledged_at=row.acknowledged_at,
        error_code=row.error_code,
        body=body,
    )
