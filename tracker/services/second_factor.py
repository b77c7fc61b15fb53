"""The second factor: an authenticator's codes, each taken once, and recovery codes for the day when the phone is lost."""

import json
from collections.abc import Sequence

from sqlmodel import Session

from tracker.domain.time_codes import step_of, steps_allowed
from tracker.privacy import one_time_codes as codes
from tracker.privacy.places import ACCOUNT_RECOVERY, ACCOUNT_TOTP
from tracker.services import audit
from tracker.services.accounts import SignIn
from tracker.services.context import Context
from tracker.storage.queries import passkeys
from tracker.storage.queries import second_factors as queries

LONGEST_CODE = 64
RECOVERY = "recovery"


def is_set(ctx: Context, account: SignIn) -> bool:
    """Tell whether the sign-in has a second factor."""
    with ctx.database.reading() as db:
        return queries.of_account(db, account.id).second_factor_at is not None


def check(ctx: Context, account: SignIn, code: str) -> bool:
    """Take an authenticator's code or a recovery code, once; whichever it is, a wrong one looks the same."""
    given = codes.plain(code[:LONGEST_CODE])
    with ctx.database.writing() as db:
        row = queries.of_account(db, account.id)
        if row.totp is None or row.second_factor_at is None:
            return False
        step = step_of_code(ctx, ctx.keys.open(ACCOUNT_TOTP, row.login, row.totp), row.counter, given)
        if step is not None:
            return queries.take_step(db, account.id, step)
        kept = _kept(ctx, row)
        mark = _mark(ctx, row.login, given)
        if row.recovery is None or mark not in kept:
            return False
        left = [each for each in kept if each != mark]
        if not queries.replace_recovery(db, account.id, row.recovery, _sealed_marks(ctx, row.login, left)):
            return False
        audit.note(db, ctx, "second-factor.recovered", subject=("person", account.person), details={"left": len(left)})
        return True


def recovery_codes_left(ctx: Context, account: SignIn) -> int:
    """Return how many recovery codes still work."""
    with ctx.database.reading() as db:
        return len(_kept(ctx, queries.of_account(db, account.id)))


def new_recovery_codes(ctx: Context, account: SignIn) -> Sequence[str]:
    """Put new recovery codes in the place of the old ones, and return them, told this once."""
    fresh = codes.fresh_recovery_codes()
    with ctx.database.writing() as db:
        queries.change(db, account.id, recovery_sealed=sealed_recovery(ctx, account.login, fresh))
        audit.note(db, ctx, "second-factor.codes-made", subject=("person", account.person))
    return fresh


def install(ctx: Context, account: SignIn, secret: str, *, is_demo: bool = False) -> None:
    """Give a sign-in this authenticator's secret at once, without a first code: for the invented office and its like."""
    with ctx.database.writing() as db:
        sealed = ctx.keys.seal(ACCOUNT_TOTP, account.login, secret)
        queries.change(db, account.id, totp_sealed=sealed, totp_counter=None, second_factor_at=ctx.now(), is_demo=is_demo)


def take_away(db: Session, ctx: Context, account_id: int, person: str) -> None:
    """Remove authenticator, recovery codes and passkeys within a transaction: the next sign-in sets up new ones."""
    queries.change(db, account_id, totp_sealed=None, totp_counter=None, recovery_sealed=None, second_factor_at=None, is_demo=False)
    passkeys.remove_all(db, account_id)
    audit.note(db, ctx, "second-factor.removed", subject=("person", person))


def step_of_code(ctx: Context, secret: str, taken: int | None, code: str) -> int | None:
    """Return the step to which a code belongs; all allowed ones are tried, so that time tells nothing."""
    given = codes.plain(code[:LONGEST_CODE])
    found = [step for step in steps_allowed(ctx.now(), taken) if codes.matches(secret, step, given)]
    return found[0] if found else None


def current_code(ctx: Context, secret: str) -> str:
    """Return the code of a secret at this moment."""
    return codes.code_at(secret, step_of(ctx.now()))


def _mark(ctx: Context, login: str, code: str) -> str:
    return ctx.keys.token(RECOVERY, f"{login}\x1f{codes.plain(code)}")


def _kept(ctx: Context, row: queries.FactorRow) -> list[str]:
    return [] if row.recovery is None else list(json.loads(ctx.keys.open(ACCOUNT_RECOVERY, row.login, row.recovery)))


def sealed_recovery(ctx: Context, login: str, fresh: Sequence[str]) -> bytes:
    """Return what is kept of new recovery codes: keyed marks, sealed."""
    return _sealed_marks(ctx, login, [_mark(ctx, login, code) for code in fresh])


def _sealed_marks(ctx: Context, login: str, marks: Sequence[str]) -> bytes:
    return ctx.keys.seal(ACCOUNT_RECOVERY, login, json.dumps(list(marks)))
