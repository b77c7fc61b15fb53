"""Find out what became of messages: those that may not have left, and those of which no news came."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from tracker.domain.alerting import CLAIM_LOST_AFTER, LOST_AFTER, NO_NEWS_AFTER
from tracker.domain.errors import TrackerError
from tracker.domain.messages import Accepted, MessageState, ProviderSilentError, Search
from tracker.services.context import Context
from tracker.services.delivery import Ways, opened
from tracker.storage.queries import sending
from tracker.storage.queries.sending import Claimed, InFlight

AT_ONCE = 200
CLOCKS_DIFFER = timedelta(minutes=1)
SENDING_TAKES = timedelta(minutes=10)

COUNTED = ("lost", "sent", "delivered", "undelivered", "failed", "requeued")

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Round:
    ctx: Context
    ways: Ways
    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COUNTED, 0)))
    silent: set[str] = field(default_factory=set)


def reconcile(ctx: Context, ways: Ways | None = None) -> dict[str, int]:
    """Look at the provider for what we do not know, and return how many messages came to which state.

    A claim that nobody settled becomes ``unknown``. An unknown message is looked up: found, it takes the provider's state; not found
    for 15 minutes, it is queued once more, then fails. A sent one takes the provider's state, or is undelivered after 72 hours.
    """
    this = _Round(ctx, ways or Ways(ctx.settings))
    with ctx.database.writing() as db:
        this.counts["lost"] = sending.lose_claims(db, ctx.now() - CLAIM_LOST_AFTER)
    with ctx.database.reading() as db:
        unknown, in_flight = sending.unknown(db, AT_ONCE), sending.in_flight(db, AT_ONCE)
    for message in unknown:
        _look_up(this, message)
    for sent in in_flight:
        _ask_after(this, sent)
    return dict(this.counts)


def _look_up(this: _Round, message: Claimed) -> None:
    ctx = this.ctx
    if message.channel in this.silent:
        return
    with ctx.database.reading() as db:
        taken = sending.taken_sids(db, message.person_id)
    try:
        notice = opened(ctx, message)
        since = message.claimed_at - CLOCKS_DIFFER
        found = this.ways.of(message.channel).find(Search(notice.to, notice.code, since, message.claimed_at + SENDING_TAKES, taken))
    except ProviderSilentError:
        this.silent.add(message.channel)
        return
    except TrackerError as broken:
        _log.warning("message.not_readable", message=message.ref, error=type(broken).__name__)
        return
    now = ctx.now()
    if found is not None:
        _settle(this, message, found.state, found, sent_at=message.claimed_at)
    elif now - message.claimed_at >= LOST_AFTER:
        if message.requeued:
            _settle(this, message, MessageState.FAILED, None)
        else:
            _settle(this, message, MessageState.QUEUED, None, requeued=True, due_at=now, claimed_by=None, claimed_at=None)


def _ask_after(this: _Round, message: InFlight) -> None:
    found = None
    if message.provider_sid is not None and message.channel not in this.silent:
        try:
            found = this.ways.of(message.channel).fetch(message.provider_sid)
        except (ProviderSilentError, TrackerError):
            this.silent.add(message.channel)
    if found is not None and found.state is not MessageState.SENT:
        _settle(this, message, found.state, found)
    elif this.ctx.now() - message.sent_at >= NO_NEWS_AFTER:
        _settle(this, message, MessageState.UNDELIVERED, None, error_code="no-news")


def _settle(this: _Round, message: Claimed | InFlight, state: MessageState, found: Accepted | None, **values: object) -> None:
    was = MessageState.SENT if isinstance(message, InFlight) else MessageState.UNKNOWN
    now = this.ctx.now()
    if state is not MessageState.QUEUED:
        values["settled_at"] = now
    if found is not None:
        values |= {"provider_sid": found.sid, "error_code": found.error_code}
    with this.ctx.database.writing() as db:
        is_settled = sending.settle(db, message.id, state, values, was=was)
        if found is not None and found.blames_number:
            sending.mark_number_refused(db, message.person_id, now)
    if is_settled:
        this.counts["requeued" if state is MessageState.QUEUED else str(state)] += 1
    _log.info("message.reconciled", message=message.ref, state=str(state), is_settled=is_settled)
