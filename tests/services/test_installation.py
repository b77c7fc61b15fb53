"""What an administrator reads of the settings: enough to run the office, and no secret."""

import pytest
from pydantic import SecretStr

from tests.conftest import acting
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError
from tracker.services.context import Context
from tracker.services.installation import installed, told
from tracker.services.jobs import all_jobs
from tracker.settings import DatabaseSettings, KeySettings, Settings, TwilioSettings, WebSettings

HIDDEN = "hidden-and-secret"


def test_no_secret_is_told() -> None:
    """Keys, salts, tokens, accounts and the database's address are set or not set, and nothing more."""
    lines = told(
        Settings(
            database=DatabaseSettings(url=f"postgresql://me:{HIDDEN}@there/db"),
            web=WebSettings(secret_key=SecretStr(HIDDEN), password_salt=SecretStr(HIDDEN)),
            keys=KeySettings(ring={1: SecretStr(HIDDEN)}, index=SecretStr(HIDDEN)),
            twilio=TwilioSettings(account_sid=HIDDEN, auth_token=SecretStr(HIDDEN), sender=HIDDEN, base_url=HIDDEN),
        )
    )
    by_name = {line.name: line for line in lines}

    assert HIDDEN not in repr(lines)
    assert by_name["web.secret_key"].is_set
    assert by_name["keys.ring"].value == "1"
    assert not any(line.is_set for line in told(Settings()) if line.name in {"web.secret_key", "twilio.auth_token", "keys.index"})


def test_jobs_keys_and_checks_are_told(ctx: Context) -> None:
    """Every job, also one that never ran; keys by number only; the answers of the checks."""
    found = installed(acting(ctx, 1, Role.ADMIN))

    assert [job.name for job in found.jobs] == [job.name for job in all_jobs()]
    assert {job.last for job in found.jobs} == {None}
    assert found.keys == ctx.keys.ids
    assert {"database", "schema"} <= {line.name for line in found.checks if line.ok}
    assert "keys" not in {line.name for line in found.checks}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_reads_them(sqlite_ctx: Context, role: Role) -> None:
    """The page is the administrator's."""
    with pytest.raises(ForbiddenError):
        installed(acting(sqlite_ctx, 1, role))
