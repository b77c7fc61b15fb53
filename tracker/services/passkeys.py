"""Passkeys: a second factor that signs for our name only, so that nobody can hand it over on a false page.

A password comes first all the same. Only the public half is kept here.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from webauthn import generate_authentication_options, generate_registration_options, options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError, Problem
from tracker.privacy.places import FORM_PASSKEY, FORM_PASSKEY_NEW, PASSKEY_NAME
from tracker.services import audit
from tracker.services.accounts import SignIn
from tracker.services.context import Context
from tracker.services.form_seals import from_form, sealed_for_form
from tracker.services.passkey_answers import asserted, credential_named_in, host, registered
from tracker.storage.queries import passkeys as queries
from tracker.storage.queries import second_factors
from tracker.storage.tables.passkeys import Passkey

MOST = 10
LONGEST_NAME = 60
CHALLENGE_BYTES, REF_BYTES = 32, 9
GOOD_FOR = timedelta(minutes=10)
"""As long as a password waits for its second step."""
SHOWN_AS = "Docket"
"""What the device shows; it names neither the program nor the office."""


@dataclass(frozen=True, slots=True)
class Known:
    """One passkey, as its owner sees it."""

    ref: str
    name: str = field(repr=False)
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """What a device is asked (JSON of the browser's own interface), and the challenge in it, sealed for the form."""

    options: str = field(repr=False)
    challenge: str = field(repr=False)


def is_possible(ctx: Context) -> bool:
    """Tell whether browsers offer passkeys at the address of the pages: a name, not a number, and over HTTPS or on this machine."""
    web = ctx.settings.web
    try:
        ip_address(host(web))
    except ValueError:
        return web.is_secure or host(web) == "localhost"
    return False


def listed(ctx: Context, account: SignIn) -> list[Known]:
    """Return the passkeys of a sign-in, the oldest first."""
    with ctx.database.reading() as db:
        rows = queries.of_account(db, account.id)
    return [Known(row.ref, ctx.keys.open(PASSKEY_NAME, row.ref, row.name_sealed), row.created_at, row.last_used_at) for row in rows]


def offer(ctx: Context, account: SignIn, session: str) -> Question:
    """Return the question with which a device makes a new passkey for this sign-in; nothing changes."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    carried = sealed_for_form(ctx, FORM_PASSKEY_NEW, account, session, challenge.hex(), GOOD_FOR)
    options = generate_registration_options(
        rp_id=host(ctx.settings.web),
        rp_name=SHOWN_AS,
        user_id=ctx.keys.mac("passkey-owner", str(account.id).encode()),
        user_name=account.login,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_descriptors(ctx, account),
    )
    return Question(options_to_json(options), carried)


def add(ctx: Context, account: SignIn, session: str, carried: str, answer: str, name: str) -> None:
    """Keep the passkey that a device made as ``answer`` to a question of this session.

    Raises:
        InvalidInputError: the name is empty or too long ("name"), the answer is none to that question ("answer"), there are ten ("most").
        ConflictError: sessions were ended since the sign-in was looked at, or the passkey is known already.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise InvalidInputError([Problem("name", f"1 to {LONGEST_NAME} characters")])
    challenge = _challenge(ctx, FORM_PASSKEY_NEW, account, session, carried)
    made = None if challenge is None else registered(ctx.settings.web, challenge, answer)
    if challenge is None or made is None:
        raise InvalidInputError([Problem("answer", "this is no answer to what was asked")])
    ref = secrets.token_urlsafe(REF_BYTES)
    values = {
        "ref": ref, "account_id": account.id, "credential_id": made.credential_id, "public_key": made.credential_public_key,
        "name_sealed": ctx.keys.seal(PASSKEY_NAME, ref, name), "sign_count": made.sign_count, "created_at": ctx.now(),
    }  # fmt: skip
    try:
        with ctx.database.writing() as db:
            if not second_factors.hold(db, account.id, account.session_key) or not _spend(ctx, db, challenge):
                raise ConflictError("the sign-in was changed meanwhile")
            if len(queries.of_account(db, account.id)) >= MOST:
                raise InvalidInputError([Problem("most", f"there are {MOST} passkeys already: remove one first")])
            db.add(Passkey.model_validate(values))
            db.flush()
            audit.note(db, ctx, "passkey.added", subject=("person", account.person))
    except IntegrityError:
        raise ConflictError("this passkey is known already") from None


def ask(ctx: Context, account: SignIn, session: str) -> Question | None:
    """Return the question for a passkey of this sign-in; ``None`` where it has none."""
    known = _descriptors(ctx, account)
    if not known or not is_possible(ctx):
        return None
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    carried = sealed_for_form(ctx, FORM_PASSKEY, account, session, challenge.hex(), GOOD_FOR)
    options = generate_authentication_options(
        rp_id=host(ctx.settings.web), challenge=challenge, allow_credentials=known, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Question(options_to_json(options), carried)


def check(ctx: Context, account: SignIn, session: str, carried: str, answer: str) -> bool:
    """Take a passkey's answer to a question of this session, once; whatever is wrong with it looks the same."""
    challenge = _challenge(ctx, FORM_PASSKEY, account, session, carried)
    with ctx.database.reading() as db:
        rows = {row.credential_id: row for row in queries.of_account(db, account.id)}
    row = rows.get(credential_named_in(answer))
    if challenge is None or row is None:
        return False
    shown = asserted(ctx.settings.web, challenge, answer, row)
    if shown is None:
        return False
    with ctx.database.writing() as db:
        return _spend(ctx, db, challenge) and queries.note_use(db, row.ref, row.sign_count, shown.new_sign_count, ctx.now())


def remove(ctx: Context, account: SignIn, ref: str) -> None:
    """Remove one passkey of a sign-in.

    Raises:
        NotFoundError: it has no such passkey.
    """
    with ctx.database.writing() as db:
        if not queries.remove(db, account.id, ref):
            raise NotFoundError("there is no such passkey")
        audit.note(db, ctx, "passkey.removed", subject=("person", account.person))


def _descriptors(ctx: Context, account: SignIn) -> list[PublicKeyCredentialDescriptor]:
    with ctx.database.reading() as db:
        return [PublicKeyCredentialDescriptor(id=row.credential_id) for row in queries.of_account(db, account.id)]


def _challenge(ctx: Context, what: str, account: SignIn, session: str, carried: str) -> bytes | None:
    found = from_form(ctx, what, account, session, carried)
    return None if found is None else bytes.fromhex(found)


def _spend(ctx: Context, db: Session, challenge: bytes) -> bool:
    return queries.spend(db, hashlib.sha256(challenge).digest(), ctx.now() + GOOD_FOR, ctx.now())
