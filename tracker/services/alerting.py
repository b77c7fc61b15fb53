"""What a change of the record tells people: called inside the transaction that makes the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from tracker.domain.codes.people import AssignedAs
from tracker.services.context import Context


@dataclass(frozen=True, slots=True)
class HearingChange:
    """What happened to a hearing.

    ``moved`` with ``replacement_id``: superseded by that hearing; without: its own date, time, court or room changed, from
    ``old_version`` and (where the writer knows it) from the old start ``old_starts_at``.
    """

    hearing_id: int
    kind: Literal["added", "moved", "cancelled", "outcome"]
    replacement_id: int | None = None
    old_version: int | None = None
    old_starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag just opened, or raised to ``severity``; ``tells`` maps a role to the lowest severity at which it is told."""

    flag_id: int
    rule: str
    subject: str
    severity: int
    tells: Mapping[AssignedAs, int]


def hearing_changed(db: Session, ctx: Context, change: HearingChange) -> None:
    """Withdraw the unsent alerts of the old version and, for an upcoming hearing, tell of the move or cancellation."""


def flags_raised(db: Session, ctx: Context, proceeding_id: int, raised: Sequence[RaisedFlag]) -> None:
    """Tell the assigned people whose role each rule names; severity 1 and 2 wait for the digest."""


def flags_closed(db: Session, ctx: Context, flag_ids: Sequence[int]) -> None:
    """Let the unsent alerts of closed flags expire."""
