"""People of the office for administrators: who there is, in which role, and who answers for whose cases. No case content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.access import Permission, may
from tracker.domain.codes.people import Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.errors import ForbiddenError, NotFoundError
from tracker.privacy.keys import KeyRing
from tracker.privacy.places import PERSON_NAME
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.identities import is_unreadable
from tracker.services.unsealing import Legible
from tracker.storage.queries import colleagues as queries
from tracker.storage.queries.colleagues import ColleagueRow

DOTS = "•••"
"""As many for every word: the length of a name tells something, too."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person; ``masked`` is all of the name that is shown unasked, ``link`` the purpose of a link that is still open."""

    ref: str
    person: str
    role: Role
    masked: str
    supervisor: str | None
    login: str | None
    active: bool
    has_second_factor: bool
    last_seen_at: datetime | None
    link: LinkPurpose | None
    link_until: datetime | None


def require_manager(ctx: Context) -> None:
    """Do nothing where the actor manages people: an administrator, or the program itself on the command line.

    Raises:
        ForbiddenError: it is somebody else.
    """
    if not (ctx.actor.is_system or may(ctx.actor.role, Permission.MANAGE_PEOPLE)):
        raise ForbiddenError("there is nothing here for you")


def ref_of(keys: KeyRing, external_id: str) -> str:
    """Return the opaque name of a person in addresses; external ids come from documents and may hold any sign."""
    return keys.token("person", external_id)


def everybody(ctx: Context) -> list[Colleague]:
    """Return everybody of the office, by role and login name.

    Raises:
        ForbiddenError: the actor does not manage people.
    """
    require_manager(ctx)
    with ctx.database.reading() as db:
        rows = queries.listed(db, ctx.now())
    return _told(ctx, rows, rows)


def one(ctx: Context, ref: str) -> Colleague:
    """Return one person.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person.
    """
    require_manager(ctx)
    with ctx.database.reading() as db:
        rows = queries.listed(db, ctx.now())
    return _told(ctx, [row for row in rows if ref_of(ctx.keys, row.person) == ref], rows)[0]


def name_of(ctx: Context, ref: str) -> str:
    """Return a person's name for one look, which is written down.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person.
    """
    found = one(ctx, ref)
    with Legible(ctx) as seals, ctx.database.writing() as db:
        row = row_of(db, ctx, found.person)
        audit.note(db, ctx, "person.revealed", subject=("person", row.person))
        return "" if row.name is None else seals.open(PERSON_NAME, row.person, row.name)


def row_of(db: Session, ctx: Context, person: str) -> ColleagueRow:
    """Return the row of a person (an external id) within a transaction.

    Raises:
        NotFoundError: there is no such person.
    """
    found = [row for row in queries.listed(db, ctx.now()) if row.person == person]
    if not found:
        raise NotFoundError("there is no such person")
    return found[0]


def _told(ctx: Context, rows: Sequence[ColleagueRow], everyone: Sequence[ColleagueRow]) -> list[Colleague]:
    if not rows:
        raise NotFoundError("there is no such person")
    refs = {row.id: ref_of(ctx.keys, row.person) for row in everyone}
    with Legible(ctx) as seals:
        return [_colleague(row, refs, seals) for row in rows]


def _colleague(row: ColleagueRow, refs: dict[int, str], seals: Legible) -> Colleague:
    name = "" if row.name is None else seals.open(PERSON_NAME, row.person, row.name)
    return Colleague(
        ref=refs[row.id],
        person=row.person,
        role=Role(row.role),
        masked=name if is_unreadable(name) else " ".join(f"{word[0]}{DOTS}" for word in name.split()),
        supervisor=None if row.supervisor_id is None else refs.get(row.supervisor_id),
        login=row.login,
        active=bool(row.active),
        has_second_factor=row.second_factor_at is not None,
        last_seen_at=row.last_seen_at,
        link=row.link,
        link_until=row.link_until,
    )
