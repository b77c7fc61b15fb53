"""The demo is loaded once, into an empty record, and sets off every rule it was made for."""

import pytest
import sqlalchemy as sa

from tracker.domain.errors import ConflictError
from tracker.services import accounts
from tracker.services.caseload_export import export_caseload
from tracker.services.context import Context
from tracker.services.demo import DEMO_PASSWORD, is_empty, load_demo
from tracker.services.sweeping import sweep
from tracker.storage.tables.catalogue import METADATA

FIRST_RULES = {
    "first-instance-length", "repeated-confrontation", "confrontation", "no-special-status", "no-hearing-held", "wasted-appearance",
    "outcome-missing",
}  # fmt: skip


def test_the_demo_sets_off_every_first_rule(ctx: Context) -> None:
    """After one sweep the board shows each of the seven, still open; people can sign in."""
    loaded = load_demo(ctx)
    sweep(ctx)

    flag = METADATA.tables["flag"]
    with ctx.database.engine.connect() as connection:
        rules = set(connection.execute(sa.select(flag.c.rule).where(flag.c.closed_on.is_(None))).scalars())
    assert rules >= FIRST_RULES
    assert loaded.sign_ins[0] == ("jelena", DEMO_PASSWORD, "ADVOCATE")
    assert {account.login for account in accounts.everyone(ctx)} == {login for login, _, _ in loaded.sign_ins}
    assert loaded.imported.created["proceedings"] == len(export_caseload(ctx)["proceedings"])


def test_the_demo_never_mixes_with_real_cases(sqlite_ctx: Context) -> None:
    """A record that holds anything refuses it."""
    assert is_empty(sqlite_ctx)
    load_demo(sqlite_ctx)
    assert not is_empty(sqlite_ctx)

    with pytest.raises(ConflictError, match="empty database only"):
        load_demo(sqlite_ctx)
