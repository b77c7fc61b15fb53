"""Private calendars: one secret address a person, which shows when to be where and nothing else."""

import hashlib
import secrets
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.access import Permission, may
from tracker.domain.codes.people import Language, Role, SmsDetail
from tracker.domain.errors import ForbiddenError, NotFoundError
from tracker.formats.ical import CalendarEntry, calendar
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import feeds as queries
from tracker.storage.queries.feeds import FeedHearing, FeedOwner

PATH = "/feeds/{token}.ics"
TOKEN_BYTES = 32
KEEP_CALLED_OFF = timedelta(days=30)
NOTE_FETCHES_EVERY = timedelta(days=1)
USUAL_MINUTES = 60
LONGEST_DAY = timedelta(hours=25)
KEEPER_ROLES = frozenset({Role.STEWARD, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Words:
    """The only words that a calendar says."""

    calendar: str
    hearing: str
    item: str


WORDS = {
    Language.EN: Words("Hearings", "Hearing", "Item"),
    Language.SR_LATN: Words("Ročišta", "Ročište", "Stavka"),
    Language.SR_CYRL: Words("Рочишта", "Рочиште", "Ставка"),
}


@dataclass(frozen=True, slots=True)
class Feed:
    """One person's calendar; ``etag`` (quoted, for the header) changes exactly when ``body`` does."""

    body: bytes
    etag: str


def new_token(ctx: Context, person_id: int) -> str:
    """Give a person a new calendar address and revoke the old one; the token is told this once and never stored.

    Raises:
        ForbiddenError: it is not the person who asks.
        NotFoundError: there is no such person.
    """
    if not (ctx.actor.is_system or ctx.actor.person_id == person_id):
        raise ForbiddenError("a calendar address is made by its owner")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with ctx.database.writing() as db:
        if not queries.has_person(db, person_id):
            raise NotFoundError("there is no such person")
        queries.revoke_tokens(db, person_id, ctx.now())
        queries.add_token(db, person_id, _hash(token), ctx.now())
        audit.note(db, ctx, "feed.made", subject=("person", audit.person(db, person_id)))
    return token


def address(ctx: Context, token: str) -> str:
    """Return the address under which a calendar program finds the calendar of ``token``."""
    return ctx.settings.web.public_url.rstrip("/") + PATH.format(token=token)


def revoke_token(ctx: Context, person_id: int) -> int:
    """Close a person's calendar address; returns how many there were.

    Raises:
        ForbiddenError: it is neither the person nor a keeper of the office who asks.
    """
    if not (ctx.actor.is_system or ctx.actor.person_id == person_id or ctx.actor.role in KEEPER_ROLES):
        raise ForbiddenError("a calendar address is closed by its owner or a steward")
    with ctx.database.writing() as db:
        closed = queries.revoke_tokens(db, person_id, ctx.now())
        if closed:
            audit.note(db, ctx, "feed.closed", subject=("person", audit.person(db, person_id)))
        return closed


def person_by_external_id(ctx: Context, external_id: str) -> int:
    """Return the id of a person.

    Raises:
        NotFoundError: there is no such person.
    """
    with ctx.database.reading() as db:
        found = queries.person_id_of(db, external_id)
    if found is None:
        raise NotFoundError("there is no person with that id")
    return found


def made_at(ctx: Context, person_id: int) -> datetime | None:
    """Return when the person's present address was made, if there is one."""
    with ctx.database.reading() as db:
        return queries.created_at(db, person_id)


def feed(ctx: Context, token: str, known: Container[str] = ()) -> Feed:
    """Return the calendar that ``token`` opens: the same bytes as long as nothing changed.

    A fetch is entered in the audit log; one whose program has the newest calendar already (its etag is in ``known``)
    learns nothing and is entered once a day.

    Raises:
        NotFoundError: there is no such token, it was revoked, or its owner may not sign in any more: all look the same.
    """
    now = ctx.now().astimezone(UTC)
    with ctx.database.reading() as db:
        owner = queries.owner_of(db, _hash(token))
        if owner is None:
            raise NotFoundError("there is no such calendar")
        found = _hearings(db, ctx, owner, now) if may(owner.role, Permission.SEE_CASES) else []
    words = WORDS[owner.language or Language.EN]
    body = calendar(words.calendar, [_entry(hearing, owner, words) for hearing in _one_a_chain(found)])
    fetched = Feed(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
    is_due = owner.last_fetched_at is None or now - owner.last_fetched_at >= NOTE_FETCHES_EVERY
    if is_due or fetched.etag.strip('"') not in known:
        with ctx.database.writing() as db:
            if is_due:
                queries.mark_fetched(db, owner.token_id, now)
            audit.note(db, ctx, "feed.fetched", subject=("person", audit.person(db, owner.person_id)), details={"hearings": len(found)})
    return fetched


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _hearings(db: Session, ctx: Context, owner: FeedOwner, now: datetime) -> list[FeedHearing]:
    """Return what is ahead, until the end of its day at its court: nobody's calendar loses the hearing they sit in."""
    found = queries.hearings_of(db, owner.person_id, ctx.office_today(), since=now - LONGEST_DAY, changed_since=now - KEEP_CALLED_OFF)
    return [hearing for hearing in found if hearing.outcome is not None or _day(hearing, hearing.starts_at) >= _day(hearing, now)]


def _day(hearing: FeedHearing, at: datetime) -> int:
    return at.astimezone(ZoneInfo(hearing.timezone)).toordinal()


def _one_a_chain(hearings: Iterable[FeedHearing]) -> Iterable[FeedHearing]:
    """Keep the newest date of each chain of moves."""
    newest: dict[str, FeedHearing] = {}
    for hearing in sorted(hearings, key=lambda found: found.calendar_sequence):
        newest[hearing.calendar_uid] = hearing
    return sorted(newest.values(), key=lambda found: (found.starts_at, found.calendar_uid))


def _entry(hearing: FeedHearing, owner: FeedOwner, words: Words) -> CalendarEntry:
    place = ", ".join(part for part in (hearing.court, hearing.room) if part)
    return CalendarEntry(
        uid=hearing.calendar_uid,
        sequence=hearing.calendar_sequence,
        changed_at=hearing.changed_at,
        starts_at=hearing.starts_at,
        zone=hearing.timezone,
        title=words.item if owner.sms_detail == SmsDetail.CODE else words.hearing,
        time_known=hearing.time_known,
        minutes=hearing.minutes_expected or USUAL_MINUTES,
        location=place if owner.sms_detail == SmsDetail.PLACE else None,
        is_cancelled=hearing.outcome is not None,
    )
