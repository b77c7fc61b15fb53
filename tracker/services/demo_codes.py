"""A code of an invented person that will be taken: for the demonstration, and for nobody else."""

from dataclasses import dataclass, field

from tracker.domain.errors import NotFoundError
from tracker.domain.time_codes import DRIFT, STEP_SECONDS, step_of
from tracker.privacy.one_time_codes import code_at
from tracker.privacy.places import ACCOUNT_TOTP
from tracker.services import accounts
from tracker.services.context import Context
from tracker.storage.queries import second_factors as queries


@dataclass(frozen=True, slots=True)
class DemoCode:
    """A code, and in how many seconds it will be taken: 0 where it is taken now."""

    code: str = field(repr=False)
    good_in: int


def code_of(ctx: Context, login: str) -> DemoCode:
    """Return the first code of an invented person's authenticator, from now on, that was not taken yet.

    Raises:
        NotFoundError: this is no demonstration, or the sign-in was not made by it: both look alike.
    """
    account = accounts.find(ctx, "login", login) if ctx.settings.office.demo else None
    if account is not None:
        with ctx.database.reading() as db:
            row = queries.of_account(db, account.id)
        if row.is_demo and row.totp is not None:
            now = ctx.now()
            step = step_of(now) if row.counter is None else max(step_of(now), row.counter + 1)
            good_from = (step - DRIFT) * STEP_SECONDS
            return DemoCode(code_at(ctx.keys.open(ACCOUNT_TOTP, row.login, row.totp), step), max(0, good_from - int(now.timestamp())))
    raise NotFoundError("codes are told for the sign-ins of a demonstration only")
