"""Setting up an authenticator: a secret that waits in the form for its first code, and nowhere else.

Each form has a secret of its own, sealed for one sign-in and one session, and good for a quarter of an hour: who knows the
password alone never sees what somebody else is about to set up.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tracker.privacy import one_time_codes as codes
from tracker.privacy.keys import MissingKeyError, SealBrokenError
from tracker.privacy.places import ACCOUNT_TOTP, FORM_TOTP
from tracker.services import audit
from tracker.services.accounts import SignIn
from tracker.services.context import Context
from tracker.services.second_factor import sealed_recovery, step_of_code
from tracker.storage.queries import second_factors as queries

GOOD_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A secret that waits for its first code: the letters to type, what a picture of it holds, and both sealed for the form."""

    secret: str = field(repr=False)
    address: str = field(repr=False)
    waiting: str = field(repr=False)


def begin(ctx: Context, account: SignIn, session: str) -> Beginning:
    """Return a new secret for one form in this session; nothing changes, and the present factor stays good until the first code."""
    secret = codes.fresh_secret()
    text = json.dumps([secret, int((ctx.now() + GOOD_FOR).timestamp())])
    sealed = ctx.keys.seal(FORM_TOTP, _bound_to(account, session), text)
    return _beginning(account, secret, base64.urlsafe_b64encode(sealed).decode())


def again(ctx: Context, account: SignIn, session: str, waiting: str) -> Beginning | None:
    """Return what a form holds, where it is of this sign-in and this session, unaltered, and not too old."""
    try:
        sealed = base64.urlsafe_b64decode(waiting.encode("ascii"))
        secret, good_until = json.loads(ctx.keys.open(FORM_TOTP, _bound_to(account, session), sealed))
    except (ValueError, SealBrokenError, MissingKeyError):
        return None
    return _beginning(account, secret, waiting) if ctx.now().timestamp() < good_until else None


def confirm(ctx: Context, account: SignIn, beginning: Beginning, code: str) -> Sequence[str] | None:
    """Make the waiting secret the second factor where ``code`` is of it, and return new recovery codes, told this once.

    Returns ``None`` where the code is wrong; nothing was changed then.
    """
    step = step_of_code(ctx, beginning.secret, None, code)
    if step is None:
        return None
    fresh = codes.fresh_recovery_codes()
    sealed = ctx.keys.seal(ACCOUNT_TOTP, account.login, beginning.secret)
    with ctx.database.writing() as db:
        queries.change(
            db, account.id, totp_sealed=sealed, totp_counter=step, second_factor_at=ctx.now(),
            recovery_sealed=sealed_recovery(ctx, account.login, fresh),
        )  # fmt: skip
        audit.note(db, ctx, "second-factor.set", subject=("person", account.person))
    return fresh


def _beginning(account: SignIn, secret: str, waiting: str) -> Beginning:
    return Beginning(secret, codes.address(secret, account.login), waiting)


def _bound_to(account: SignIn, session: str) -> str:
    return "\x1f".join((str(account.id), account.session_key, session))
