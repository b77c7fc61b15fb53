"""One-use links of administrators: with one, somebody begins to sign in or chooses a new password.

A link is told once and lasts three days. Looking at it changes nothing; used, expired, withdrawn and guessed ones look the same.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.services import accounts, audit, second_factor
from tracker.services.colleagues import require_manager, row_of
from tracker.services.context import Context
from tracker.services.passwords import require_good
from tracker.storage.queries import colleagues, sign_in_links
from tracker.storage.tables.sign_in_links import SignInLink

PATH = "/join/{token}"
TOKEN_BYTES = 32
GOOD_FOR = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Offer:
    """What an open link is for; ``login`` is the name that somebody has already."""

    purpose: LinkPurpose
    login: str | None


def make(ctx: Context, person: str, purpose: LinkPurpose) -> str:
    """Make a link for a person (an external id), withdraw an earlier one, and return its whole address, told this once.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person.
        ConflictError: an invitation for somebody who has a sign-in, or a new password for somebody whose sign-in is shut or missing.
    """
    require_manager(ctx)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with ctx.database.writing() as db:
        colleagues.lock(db, (), row_of(db, ctx, person).id)
        found = row_of(db, ctx, person)
        fits = found.login is None if purpose is LinkPurpose.INVITATION else found.active
        if not fits:
            raise ConflictError("an invitation is for people without a sign-in, a new password for those with an open one")
        sign_in_links.withdraw(db, found.id, ctx.now())
        values = {"person_id": found.id, "purpose": purpose, "token_hash": _hash(token), "created_at": ctx.now()}
        db.add(SignInLink.model_validate(values | {"expires_at": ctx.now() + GOOD_FOR}))
        audit.note(db, ctx, "link.made", subject=("person", person), details={"purpose": purpose.value})
    return ctx.settings.web.public_url.rstrip("/") + PATH.format(token=token)


def withdraw(ctx: Context, person: str) -> bool:
    """Withdraw the open link of a person; tells whether there was one.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person.
    """
    require_manager(ctx)
    with ctx.database.writing() as db:
        closed = sign_in_links.withdraw(db, row_of(db, ctx, person).id, ctx.now())
        if closed:
            audit.note(db, ctx, "link.withdrawn", subject=("person", person))
        return bool(closed)


def look(ctx: Context, token: str) -> Offer | None:
    """Return what a link is for, where it is open; nothing changes, since phones fetch links ahead of their owners."""
    with ctx.database.reading() as db:
        row = sign_in_links.find(db, _hash(token), ctx.now())
    return None if row is None or (row.account_id is None) != (row.purpose is LinkPurpose.INVITATION) else Offer(row.purpose, row.login)


def use(ctx: Context, token: str, login: str, password: str) -> None:
    """Use a link up: make the sign-in with this name and password, or put the password in the place of the old one.

    A new password ends all sessions; where the link says so, the second factor goes, too. Anything wrong leaves the link open.

    Raises:
        NotFoundError: the link is not open (any more), or never was.
        InvalidInputError: the login name or the password will not do.
        ConflictError: the login name is taken.
    """
    offer = look(ctx, token)
    if offer is None:
        audit.record(ctx, "link.refused")
        raise NotFoundError("there is no such link")
    if offer.login is None:
        accounts.require_acceptable(login, password)
    else:
        require_good(password, [offer.login])
    hashed = accounts.hash_of(ctx, password)
    with ctx.database.writing() as db:
        row = sign_in_links.find(db, _hash(token), ctx.now())
        if row is None or not sign_in_links.spend(db, row.id, ctx.now()):
            raise NotFoundError("there is no such link")
        audit.note(db, ctx, "link.used", subject=("person", row.person), details={"purpose": row.purpose.value})
        if row.purpose is LinkPurpose.INVITATION:
            accounts.add(db, ctx, row.person_id, login, hashed)
            return
        if row.account_id is None:
            raise NotFoundError("there is no such link")
        accounts.set_password(db, ctx, row.account_id, row.person, hashed)
        if row.purpose is LinkPurpose.PASSWORD_AND_FACTOR:
            second_factor.take_away(db, ctx, row.account_id, row.person)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
