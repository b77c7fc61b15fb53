"""What a message may be, how its state may change, and what a way to send must offer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class AlertKind(StrEnum):
    """Why somebody is told something."""

    HEARING_AHEAD = "hearing-ahead"
    HEARING_MOVED = "hearing-moved"
    HEARING_CANCELLED = "hearing-cancelled"
    FLAG_RAISED = "flag-raised"
    DIGEST = "digest"
    ASSIGNED = "assigned"
    ESCALATION = "escalation"
    SOURCE_STALE = "source-stale"
    ACCESS_OPENED = "access-opened"


ABOUT_HEARINGS = (AlertKind.HEARING_AHEAD, AlertKind.HEARING_MOVED, AlertKind.HEARING_CANCELLED)


class MessageState(StrEnum):
    """Where a message is on its way; it never goes backwards but to ``queued``, while it is not known to have left."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


TRANSITIONS: Mapping[MessageState, frozenset[MessageState]] = {
    MessageState.QUEUED: frozenset({MessageState.SENDING, MessageState.CANCELLED, MessageState.EXPIRED}),
    MessageState.SENDING: frozenset({
        MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED, MessageState.FAILED, MessageState.UNKNOWN, MessageState.QUEUED,
    }),
    MessageState.UNKNOWN: frozenset({
        MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED, MessageState.FAILED, MessageState.QUEUED,
    }),
    MessageState.SENT: frozenset({MessageState.DELIVERED, MessageState.UNDELIVERED, MessageState.FAILED}),
    MessageState.UNDELIVERED: frozenset({MessageState.DELIVERED}),
    MessageState.DELIVERED: frozenset(),
    MessageState.FAILED: frozenset(),
    MessageState.CANCELLED: frozenset(),
    MessageState.EXPIRED: frozenset(),
}  # fmt: skip
"""Which state may follow which; late news may still turn ``undelivered`` into ``delivered``."""

MAY_HAVE_TOLD = frozenset(
    {MessageState.SENDING, MessageState.UNKNOWN, MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED},
)
"""States in which the recipient has, or may have, read the message."""


def states_before(state: MessageState) -> tuple[MessageState, ...]:
    """Return the states from which a message may come to ``state``, in the order of their definition."""
    return tuple(old for old, following in TRANSITIONS.items() if state in following)


@dataclass(frozen=True, slots=True)
class Notice:
    """The little that a channel may know of a message; number and text do not print.

    ``to`` is an E.164 number (``None``: the person has none); ``valid_seconds`` says how long sending still makes sense.
    """

    ref: str
    code: str
    to: str | None = field(repr=False)
    body: str = field(repr=False)
    valid_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message and calls it ``sid``; ``state`` is what it says of it already."""

    sid: str
    state: MessageState = MessageState.SENT
    error_code: str | None = None
    blames_number: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider said no, and would say no again; ``blames_number``: because of the recipient's number."""

    code: str
    blames_number: bool = False


@dataclass(frozen=True, slots=True)
class Deferred:
    """The message certainly did not leave, and may be tried again; ``retry_after`` is the provider's wish in seconds."""

    code: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The message may or may not have left: nobody answered."""

    code: str


SendOutcome = Accepted | Refused | Deferred | Unanswered


@dataclass(frozen=True, slots=True)
class Search:
    """How to find a message at the provider that never told its name: recipient, time, code in the body.

    ``taken`` are names that other messages already have.
    """

    to: str | None = field(repr=False)
    code: str
    since: datetime
    until: datetime
    taken: frozenset[str] = frozenset()


class ProviderSilentError(Exception):
    """The provider could not be asked; nothing is known, try later."""


class Channel(Protocol):
    """One way to send; made anew for each run of a job."""

    @property
    def needs_number(self) -> bool:
        """Tell whether a person without a number cannot be reached this way."""

    def send(self, notice: Notice) -> SendOutcome:
        """Hand one message over; never raises for what the provider or the network does."""

    def find(self, search: Search) -> Accepted | None:
        """Return the message that was looked for; ``None`` where the provider has none.

        Raises:
            ProviderSilentError: the provider could not be asked.
        """

    def fetch(self, sid: str) -> Accepted | None:
        """Return what the provider says of its message ``sid`` now; ``None`` where it knows none.

        Raises:
            ProviderSilentError: the provider could not be asked.
        """


@dataclass(frozen=True, slots=True)
class ChannelMaker:
    """A channel's name in the settings, and how to make it from them."""

    name: str
    open: Callable[[Any], Channel]
