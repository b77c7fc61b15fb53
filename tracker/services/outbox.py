"""The outbox: alerts put in once with their words, and shown."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.alerting import QUIET_FROM, QUIET_TO, HearingTime, Occasion, QuietHours, dedupe_key, is_sent_at_night
from tracker.domain.messages import MessageState
from tracker.privacy.places import MESSAGE_BODY
from tracker.privacy.wording import Words, compose
from tracker.services.context import Context
from tracker.storage.queries import outbox as rows
from tracker.storage.queries.recipients import Recipient

CODE_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Neither vowels, so that no code is a word, nor signs that look alike."""
CODE_LENGTH = 4
REF_BYTES = 12
ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True)
class HearingWords:
    """What a message may say of a hearing to those who chose to be told."""

    time: HearingTime
    court: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One alert to one person, before it has words; ``rule`` is the flag's, where there is one."""

    to: Recipient
    about: Occasion
    severity: int
    needs_ack: bool
    expires_at: datetime | None = None
    hearing: HearingWords | None = None
    rule: str | None = None
    hearing_id: int | None = None
    flag_id: int | None = None
    proceeding_id: int | None = None

    @property
    def key(self) -> str:
        """Return the key under which it is put in once."""
        return dedupe_key(self.to.external_id, self.about)


def enqueue(db: Session, ctx: Context, drafts: Sequence[Draft]) -> int:
    """Put in the alerts that are not in the outbox yet, inside the caller's transaction, and return how many those were."""
    if not drafts:
        return 0
    keyed = {draft.key: draft for draft in drafts}
    known = rows.existing_keys(db, list(keyed))
    return rows.insert(db, [_row(ctx, key, draft) for key, draft in keyed.items() if key not in known])


def quiet_hours(ctx: Context, quiet_from: str | None, quiet_to: str | None) -> QuietHours:
    """Return a person's quiet hours, in the office's zone; the usual ones where the person chose none."""
    starts = time.fromisoformat(quiet_from) if quiet_from else QUIET_FROM
    ends = time.fromisoformat(quiet_to) if quiet_to else QUIET_TO
    return QuietHours(ZoneInfo(ctx.pack.timezone), starts, ends)


def token_hash(token: str) -> bytes:
    """Return what is stored of a link's token."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _row(ctx: Context, key: str, draft: Draft) -> dict[str, Any]:
    now, to, about = ctx.now(), draft.to, draft.about
    ref = secrets.token_hex(REF_BYTES)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    token = ctx.keys.token(ACKNOWLEDGE, ref)
    body = compose(about.kind, to.language, to.sms_detail, _words(ctx, draft, code=code, token=token))
    is_held = not is_sent_at_night(draft.rule, draft.severity)
    return {
        "ref": ref,
        "dedupe_key": key,
        "kind": about.kind,
        "person_id": to.id,
        "channel": ctx.settings.alerts.channel,
        "state": MessageState.QUEUED,
        "created_at": now,
        "due_at": quiet_hours(ctx, to.quiet_from, to.quiet_to).open_at(now) if is_held else now,
        "expires_at": draft.expires_at,
        "attempts": 0,
        "requeued": False,
        "subject_kind": about.subject_kind,
        "subject": about.subject,
        "subject_version": about.version,
        "lead": about.lead,
        "severity": draft.severity,
        "needs_ack": draft.needs_ack,
        "code": code,
        "token_hash": token_hash(token),
        "body_sealed": ctx.keys.seal(MESSAGE_BODY, ref, body),
        "hearing_id": draft.hearing_id,
        "flag_id": draft.flag_id,
        "proceeding_id": draft.proceeding_id,
    }


def _words(ctx: Context, draft: Draft, *, code: str, token: str) -> Words:
    link = f"{ctx.settings.web.public_url.rstrip('/')}/a/{token}"
    hearing = draft.hearing
    if hearing is None:
        return Words(code=code, link=link, today=ctx.office_today())
    local = hearing.time.local
    return Words(
        code=code,
        link=link,
        today=ctx.office_today(),
        on=local.date(),
        at=local.time() if hearing.time.time_known else None,
        court=hearing.court,
        room=hearing.room,
    )
