"""Setting up an authenticator: a secret that waits in the form for its first code, and nowhere else.

Each form has a secret of its own, sealed for one sign-in and one session, and good for a quarter of an hour: who knows the
password alone never sees what somebody else is about to set up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tracker.domain.errors import ConflictError
from tracker.privacy import one_time_codes as codes
from tracker.privacy.places import ACCOUNT_TOTP, FORM_TOTP
from tracker.services import accounts, audit
from tracker.services.accounts import SignIn
from tracker.services.context import Context
from tracker.services.form_seals import from_form, sealed_for_form
from tracker.services.second_factor import sealed_recovery, step_of_code
from tracker.storage.queries import second_factors as queries

GOOD_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A secret that waits for its first code: the letters to type, what a picture of it holds, and both sealed for the form."""

    secret: str = field(repr=False)
    address: str = field(repr=False)
    waiting: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: new recovery codes, told this once, and the sign-in with the key of the one session that goes on."""

    codes: Sequence[str] = field(repr=False)
    account: SignIn


def begin(ctx: Context, account: SignIn, session: str) -> Beginning:
    """Return a new secret for one form in this session; nothing changes, and the present factor stays good until the first code."""
    secret = codes.fresh_secret()
    return _beginning(account, secret, sealed_for_form(ctx, FORM_TOTP, account, session, secret, GOOD_FOR))


def again(ctx: Context, account: SignIn, session: str, waiting: str) -> Beginning | None:
    """Return what a form holds, where it is of this sign-in and this session, unaltered, and not too old."""
    secret = from_form(ctx, FORM_TOTP, account, session, waiting)
    return None if secret is None else _beginning(account, secret, waiting)


def confirm(ctx: Context, account: SignIn, beginning: Beginning, code: str, *, may_replace: bool) -> Done | None:
    """Make the waiting secret the second factor where ``code`` is of it, and end all sessions: whoever was in as well is out.

    Only who has just given the present factor ``may_replace`` it. Returns ``None`` where the code is wrong; nothing was changed then.

    Raises:
        ConflictError: sessions were ended or a factor was set up since the sign-in was looked at; nothing was changed.
    """
    step = step_of_code(ctx, beginning.secret, None, code)
    if step is None:
        return None
    fresh = codes.fresh_recovery_codes()
    sealed = ctx.keys.seal(ACCOUNT_TOTP, account.login, beginning.secret)
    with ctx.database.writing() as db:
        values = {"totp_sealed": sealed, "totp_counter": step, "second_factor_at": ctx.now()}
        values["recovery_sealed"] = sealed_recovery(ctx, account.login, fresh)
        if not queries.set_factor(db, account.id, account.session_key, may_replace=may_replace, values=values):
            raise ConflictError("the sign-in was changed meanwhile")
        audit.note(db, ctx, "second-factor.set", subject=("person", account.person))
        key = accounts.end_within(db, ctx, account.id, account.person)
    return Done(fresh, replace(account, session_key=key))


def _beginning(account: SignIn, secret: str, waiting: str) -> Beginning:
    return Beginning(secret, codes.address(secret, account.login), waiting)
