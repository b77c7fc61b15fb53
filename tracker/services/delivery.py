"""Send what is due, in three short transactions: claim, send with none open, settle."""

import os
import random
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import assert_never

import structlog

from tracker.discovery import discover
from tracker.domain.alerting import is_sent_at_night, retry_delay
from tracker.domain.errors import TrackerError
from tracker.domain.messages import (
    Accepted,
    Channel,
    ChannelMaker,
    Deferred,
    MessageState,
    Notice,
    Refused,
    SendOutcome,
    Unanswered,
)
from tracker.privacy.places import MESSAGE_BODY, PERSON_PHONE
from tracker.privacy.redaction import told
from tracker.services.context import Context
from tracker.services.outbox import quiet_hours
from tracker.settings import Settings
from tracker.storage.queries import sending
from tracker.storage.queries.sending import Claimed

BATCH = 4
"""Few, so that a crash leaves few messages of which nobody knows whether they left."""

COUNTED = ("sent", "retry", "failed", "unknown", "held", "expired")

_log = structlog.get_logger(__name__)
_dice = random.SystemRandom()


@dataclass(slots=True)
class Ways:
    """The channels by name, each opened when it is first needed."""

    settings: Settings
    opened: dict[str, Channel] = field(default_factory=dict)

    def of(self, name: str) -> Channel:
        """Return a channel.

        Raises:
            NotConfiguredError: its settings are missing.
            KeyError: there is none of that name.
        """
        if name not in self.opened:
            makers: Mapping[str, ChannelMaker] = {maker.name: maker for maker in discover("tracker.channels", "CHANNEL", ChannelMaker)}
            self.opened[name] = makers[name].open(self.settings)
        return self.opened[name]


def deliver(ctx: Context, ways: Ways | None = None, jitter: Callable[[], float] = _dice.random) -> dict[str, int]:
    """Send what is due, for at most the time between two runs, and return how many messages came to which state.

    Where alerts are switched off, nothing is sent: messages wait, and expire when their subject has passed.

    Raises:
        NotConfiguredError: the channel of the settings cannot be opened; nothing was claimed.
    """
    counts = Counter(dict.fromkeys(COUNTED, 0))
    with ctx.database.writing() as db:
        counts["expired"] = sending.expire(db, ctx.now())
    if not ctx.settings.alerts.enabled:
        return dict(counts)
    ways = ways or Ways(ctx.settings)
    ways.of(ctx.settings.alerts.channel)
    worker = f"{os.getpid()}-{secrets.token_hex(6)}"
    enough_at = ctx.now() + timedelta(seconds=ctx.settings.worker.deliver_seconds)
    while True:
        claimed, held = _claim(ctx, worker)
        counts["held"] += held
        for message in claimed:
            counts[_settle(ctx, worker, message, _send(ctx, ways, message), jitter())] += 1
        if not (claimed or held) or ctx.now() > enough_at:
            return dict(counts)


def _claim(ctx: Context, worker: str) -> tuple[list[Claimed], int]:
    now = ctx.now()
    mine, held = [], 0
    with ctx.database.writing() as db:
        for message in sending.claim(db, now=now, worker=worker, limit=BATCH):
            quiet = quiet_hours(ctx, message.quiet_from, message.quiet_to)
            if quiet.hold(now) and not is_sent_at_night(message.rule, message.severity):
                sending.hold_back(db, message.id, quiet.open_at(now))
                held += 1
            else:
                mine.append(message)
    return mine, held


def _send(ctx: Context, ways: Ways, message: Claimed) -> SendOutcome:
    try:
        channel = ways.of(message.channel)
        if channel.needs_number and message.phone_sealed is None:
            return Refused("no-number")
        if channel.needs_number and message.number_refused_at is not None:
            return Refused("number-refused", blames_number=True)
        notice = opened(ctx, message)
    except (TrackerError, KeyError) as broken:
        _log.warning("message.not_sendable", message=message.ref, error=type(broken).__name__)
        return Deferred("not-configured")
    try:
        return channel.send(notice)
    except Exception as broken:  # noqa: BLE001 - one message that breaks a channel must not keep back the others
        _log.error("message.channel_broke", message=message.ref, error=told(broken))
        return Unanswered("channel-broke")


def opened(ctx: Context, message: Claimed) -> Notice:
    """Return what the channel may know of a message, unsealed."""
    phone = message.phone_sealed
    left = None if message.expires_at is None else int((message.expires_at - ctx.now()).total_seconds())
    return Notice(
        ref=message.ref,
        code=message.code,
        to=None if phone is None else ctx.keys.open(PERSON_PHONE, message.person, phone),
        body=ctx.keys.open(MESSAGE_BODY, message.ref, message.body_sealed),
        valid_seconds=left,
    )


def _settle(ctx: Context, worker: str, message: Claimed, outcome: SendOutcome, jitter: float) -> str:
    state, values, blames_number = _consequence(ctx, message, outcome, jitter)
    now = ctx.now()
    with ctx.database.writing() as db:
        is_settled = sending.settle(db, message.id, state, values, worker=worker)
        if blames_number:
            sending.mark_number_refused(db, message.person_id, now)
    _log.info("message.settled", message=message.ref, state=str(state), code=values.get("error_code"), is_settled=is_settled)
    return "retry" if state is MessageState.QUEUED else str(state)


def _consequence(ctx: Context, message: Claimed, outcome: SendOutcome, jitter: float) -> tuple[MessageState, dict[str, object], bool]:
    now = ctx.now()
    match outcome:
        case Accepted(sid, state, error_code, blames_number):
            values = {"provider_sid": sid, "sent_at": now, "settled_at": now, "error_code": error_code}
            return state, values, blames_number
        case Refused(code, blames_number):
            return MessageState.FAILED, {"error_code": code, "settled_at": now}, blames_number
        case Deferred(code, retry_after):
            delay = retry_delay(message.attempts, jitter, retry_after)
            if delay is None:
                return MessageState.FAILED, {"error_code": code, "settled_at": now}, False
            waiting = {"error_code": code, "due_at": now + delay, "claimed_by": None, "claimed_at": None}
            return MessageState.QUEUED, waiting, False
        case Unanswered(code):
            return MessageState.UNKNOWN, {"error_code": code}, False
        case _:
            assert_never(outcome)
