"""Sign-ins of people: made, found, disabled."""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tracker.domain.codes.people import Language, Role
from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError, Problem
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.passwords import require_good
from tracker.storage.queries import accounts as queries
from tracker.storage.tables.accounts import Account

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
SEEN_EVERY = timedelta(minutes=5)
"""A page view writes when somebody was last here at most this often."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in, as the web edge may know it."""

    id: int
    person_id: int
    person: str
    role: Role
    login: str
    active: bool
    session_key: str = field(repr=False)
    password_hash: str = field(repr=False)
    language: Language | None = None
    last_seen_at: datetime | None = None


def peppered(password: str, salt: str) -> str:
    """Return what is hashed of a password: an HMAC under the installation's salt, as Flask-Security computes it."""
    normal = unicodedata.normalize("NFKD", password)
    return base64.b64encode(hmac.digest(salt.encode(), normal.encode(), hashlib.sha512)).decode("ascii")


def require_acceptable(login: str, password: str) -> None:
    """Do nothing where both would do for a sign-in.

    Raises:
        InvalidInputError: the login name or the password will not do.
    """
    problems = []
    if not LOGIN.fullmatch(login):
        problems.append(Problem("login", "2 to 32 small letters, digits, dots, hyphens or underscores, beginning with a letter or digit"))
    try:
        require_good(password, [login])
    except InvalidInputError as refused:
        problems += refused.problems
    if problems:
        raise InvalidInputError(problems)


def create(ctx: Context, person: str, login: str, password: str) -> int:
    """Make a sign-in for the person with this external id and return its key.

    Raises:
        NotFoundError: there is no such person.
        InvalidInputError: the login name or the password will not do.
        ConflictError: the person has a sign-in already, or the login name is taken.
    """
    require_acceptable(login, password)
    hashed = hash_of(ctx, password)
    with ctx.database.writing() as db:
        person_id = queries.person_id(db, person)
        if person_id is None:
            raise NotFoundError("there is no such person")
        return add(db, ctx, person_id, login, hashed)


def hash_of(ctx: Context, password: str) -> str:
    """Return the slow hash that is kept of a password."""
    return PasswordHasher().hash(peppered(password, ctx.settings.web.password_salt.get_secret_value()))


def add(db: Session, ctx: Context, person_id: int, login: str, password_hash: str) -> int:
    """Make a sign-in within a transaction and return its key.

    Raises:
        ConflictError: the person has a sign-in already, or the login name is taken.
    """
    taken = ConflictError("this person has a sign-in already, or the login name is taken")
    if any(row.person_id == person_id or row.login == login for row in queries.listed(db)):
        raise taken
    values = {"person_id": person_id, "login": login, "password": password_hash, "fs_uniquifier": _session_key(), "created_at": ctx.now()}
    account = Account.model_validate(values)
    db.add(account)
    try:
        db.flush()
    except IntegrityError:
        raise taken from None
    if account.id is None:
        raise NotFoundError("the sign-in was not stored")
    audit.note(db, ctx, "sign-in.made", subject=("person", audit.person(db, person_id)))
    return account.id


def set_password(db: Session, ctx: Context, account_id: int, person: str, password_hash: str) -> None:
    """Put a password in the place of another within a transaction, and end all sessions."""
    queries.change(db, account_id, password=password_hash, fs_uniquifier=_session_key())
    audit.note(db, ctx, "sign-in.password", subject=("person", person))


def find(ctx: Context, by: Literal["login", "session_key", "id"], value: str | int) -> SignIn | None:
    """Return one sign-in, or ``None``; login names are compared in small letters.

    What can be no login name is not looked for: it may be a password in the wrong field, and a database may log its statements.
    """
    if by == "login" and not LOGIN.fullmatch(str(value).lower()):
        return None
    column: Literal["login", "fs_uniquifier", "id"] = "fs_uniquifier" if by == "session_key" else by
    with ctx.database.reading() as db:
        row = queries.find(db, column, value.lower() if isinstance(value, str) and by == "login" else value)
    return None if row is None else _sign_in(row)


def everyone(ctx: Context) -> list[SignIn]:
    """Return every sign-in, by login name."""
    with ctx.database.reading() as db:
        return [_sign_in(row) for row in queries.listed(db)]


def disable(ctx: Context, login: str) -> None:
    """Shut a sign-in and end all its sessions.

    Raises:
        NotFoundError: there is no such sign-in.
    """
    with ctx.database.writing() as db:
        row = _required(db, login)
        shut_within(db, ctx, row.id, row.person)


def enable(ctx: Context, login: str) -> None:
    """Open a sign-in that was shut; sessions from before stay ended.

    Raises:
        NotFoundError: there is no such sign-in.
    """
    with ctx.database.writing() as db:
        row = _required(db, login)
        open_within(db, ctx, row.id, row.person)


def end_sessions(ctx: Context, login: str) -> None:
    """End all sessions of a sign-in, on every host at once.

    Raises:
        NotFoundError: there is no such sign-in.
    """
    with ctx.database.writing() as db:
        row = _required(db, login)
        end_within(db, ctx, row.id, row.person)


def shut_within(db: Session, ctx: Context, account_id: int, person: str) -> None:
    """Shut a sign-in within a transaction, and end all its sessions."""
    queries.change(db, account_id, active=False, fs_uniquifier=_session_key())
    audit.note(db, ctx, "sign-in.disabled", subject=("person", person))


def open_within(db: Session, ctx: Context, account_id: int, person: str) -> None:
    """Open a sign-in within a transaction."""
    queries.change(db, account_id, active=True)
    audit.note(db, ctx, "sign-in.enabled", subject=("person", person))


def end_within(db: Session, ctx: Context, account_id: int, person: str) -> str:
    """End all sessions of a sign-in within a transaction, and return the key of those to come."""
    key = _session_key()
    queries.change(db, account_id, fs_uniquifier=key)
    audit.note(db, ctx, "sign-in.ended", subject=("person", person))
    return key


def change_password(ctx: Context, sign_in: SignIn, old: str, new: str) -> None:
    """Put a new password in the place of the old one, and end all sessions.

    Raises:
        InvalidInputError: the old one is not right, or the new one will not do.
    """
    salt = ctx.settings.web.password_salt.get_secret_value()
    try:
        PasswordHasher().verify(sign_in.password_hash, peppered(old, salt))
    except Argon2Error:
        raise InvalidInputError([Problem("old", "this is not your password")]) from None
    require_good(new, [sign_in.login, old])
    hashed = hash_of(ctx, new)
    with ctx.database.writing() as db:
        set_password(db, ctx, sign_in.id, sign_in.person, hashed)


def keep_password_hash(ctx: Context, account_id: int, password_hash: str) -> None:
    """Store a newer hash of the same password."""
    with ctx.database.writing() as db:
        queries.change(db, account_id, password=password_hash)


def choose_language(ctx: Context, account_id: int, language: Language) -> None:
    """Remember the language of somebody's pages."""
    with ctx.database.writing() as db:
        queries.change(db, account_id, language=language)


def note_seen(ctx: Context, sign_in: SignIn) -> None:
    """Note that somebody is here, at most every five minutes."""
    now = ctx.now()
    if sign_in.last_seen_at is None or now - sign_in.last_seen_at > SEEN_EVERY:
        with ctx.database.writing() as db:
            queries.change(db, sign_in.id, last_seen_at=now)


def _required(db: Session, login: str) -> queries.AccountRow:
    row = queries.find(db, "login", login.lower())
    if row is None:
        raise NotFoundError("there is no such sign-in")
    return row


def _session_key() -> str:
    return secrets.token_hex(16)


def _sign_in(row: queries.AccountRow) -> SignIn:
    return SignIn(
        id=row.id,
        person_id=row.person_id,
        person=row.person,
        role=Role(row.role),
        login=row.login,
        active=row.active,
        session_key=row.fs_uniquifier,
        password_hash=row.password,
        language=None if row.language is None else Language(row.language),
        last_seen_at=row.last_seen_at,
    )
