"""Acknowledge a message by its link: a look changes nothing, the answer counts once, for 72 hours."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from tracker.domain.alerting import ACKNOWLEDGE_WITHIN
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.outbox import token_hash
from tracker.storage.queries import acknowledgements
from tracker.storage.queries.acknowledgements import Asked


class LinkState(StrEnum):
    """All that the page behind a link may know."""

    OPEN = "open"
    SEEN = "seen"
    GONE = "gone"


def peek(ctx: Context, token: str) -> LinkState:
    """Return the state of a link; one that never was looks like one that is over."""
    with ctx.database.reading() as db:
        return _state(_asked(db, token), ctx.now())


def acknowledge(ctx: Context, token: str) -> LinkState:
    """Note that the message was seen, where its link is open, and return the link's state after that."""
    with ctx.database.writing() as db:
        asked = _asked(db, token)
        state = _state(asked, ctx.now())
        if asked is not None and state is LinkState.OPEN:
            acknowledgements.note(db, asked.id, ctx.now())
            audit.note(db, ctx, "message.acknowledged", subject=("message", asked.ref))
            return LinkState.SEEN
    return state


def _asked(db: Session, token: str) -> Asked | None:
    return acknowledgements.by_token(db, token_hash(token))


def _state(asked: Asked | None, now: datetime) -> LinkState:
    if asked is None:
        return LinkState.GONE
    if asked.acknowledged_at is not None:
        return LinkState.SEEN
    since = asked.sent_at or asked.created_at
    return LinkState.OPEN if now - since <= ACKNOWLEDGE_WITHIN else LinkState.GONE
