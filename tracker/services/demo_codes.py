"""The present code of an invented person: for the demonstration, and for nobody else."""

from tracker.domain.errors import NotFoundError
from tracker.privacy.places import ACCOUNT_TOTP
from tracker.services import accounts, second_factor
from tracker.services.context import Context
from tracker.storage.queries import second_factors as queries


def code_of(ctx: Context, login: str) -> str:
    """Return the code that the authenticator of an invented person would show now.

    Raises:
        NotFoundError: this is no demonstration, or the sign-in was not made by it: both look alike.
    """
    account = accounts.find(ctx, "login", login) if ctx.settings.office.demo else None
    if account is not None:
        with ctx.database.reading() as db:
            row = queries.of_account(db, account.id)
        if row.is_demo and row.totp is not None:
            return second_factor.current_code(ctx, ctx.keys.open(ACCOUNT_TOTP, row.login, row.totp))
    raise NotFoundError("codes are told for the sign-ins of a demonstration only")
