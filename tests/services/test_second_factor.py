"""The second factor: every code once, recovery codes once each."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.web.visitor import SECRET, accounts_row, enrol
from tracker.privacy.keys import SealBrokenError
from tracker.services import second_factor
from tracker.services.accounts import SignIn
from tracker.services.context import Context


def ana(ctx: Context) -> SignIn:
    """Return somebody with a second factor."""
    enrol(ctx, "ana")
    return accounts_row(ctx, "ana")


def later(ctx: Context, seconds: float) -> Context:
    """Return the system so many seconds later."""
    return ctx.at(ctx.now() + timedelta(seconds=seconds))


def test_a_code_works_once(ctx: Context) -> None:
    """Used again, or an older one after it, it is refused; the next one is good. On both databases."""
    account = ana(ctx)
    code = second_factor.current_code(ctx, SECRET)
    before = second_factor.current_code(later(ctx, -30), SECRET)

    assert second_factor.check(ctx, account, code)
    assert not second_factor.check(ctx, account, code)
    assert not second_factor.check(ctx, account, before)
    assert second_factor.check(later(ctx, 30), account, second_factor.current_code(later(ctx, 30), SECRET))


def test_at_once_from_everywhere_a_code_still_works_once(ctx: Context) -> None:
    """Eight requests with the same stolen code: one gets in."""
    account, code = ana(ctx), second_factor.current_code(ctx, SECRET)
    taken: list[bool] = []
    tries = [threading.Thread(target=lambda: taken.append(second_factor.check(ctx, account, code))) for _ in range(8)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert sorted(taken) == [False] * 7 + [True]


@pytest.mark.parametrize(("seconds", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(sqlite_ctx: Context, seconds: int, is_taken: bool) -> None:  # noqa: FBT001
    """Either way, and no more."""
    account = ana(sqlite_ctx)

    assert second_factor.check(sqlite_ctx, account, second_factor.current_code(later(sqlite_ctx, seconds), SECRET)) is is_taken


def test_recovery_codes_work_once_each(ctx: Context) -> None:
    """In any spelling; new ones put an end to the old ones."""
    account = ana(ctx)
    codes = second_factor.new_recovery_codes(ctx, account)

    assert second_factor.recovery_codes_left(ctx, account) == 10
    assert second_factor.check(ctx, account, codes[3].upper().replace("-", " "))
    assert not second_factor.check(ctx, account, codes[3])
    assert second_factor.recovery_codes_left(ctx, account) == 9
    fresh = second_factor.new_recovery_codes(ctx, account)
    assert not second_factor.check(ctx, account, codes[4])
    assert second_factor.check(ctx, account, fresh[0])


def test_somebody_elses_codes_open_nothing(sqlite_ctx: Context) -> None:
    """Neither typed in nor copied in the database: they are sealed under the login."""
    account = ana(sqlite_ctx)
    enrol(sqlite_ctx, "vesna")
    vesna = accounts_row(sqlite_ctx, "vesna")
    codes = second_factor.new_recovery_codes(sqlite_ctx, account)
    assert not second_factor.check(sqlite_ctx, vesna, codes[0])

    with sqlite_ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE account SET recovery_sealed = (SELECT recovery_sealed FROM account WHERE login = 'ana')"))
    with pytest.raises(SealBrokenError):
        second_factor.check(sqlite_ctx, vesna, codes[0])


def test_nothing_of_it_lies_open(sqlite_ctx: Context) -> None:
    """Neither secret nor code stands in the table."""
    account = ana(sqlite_ctx)
    codes = second_factor.new_recovery_codes(sqlite_ctx, account)
    with sqlite_ctx.database.engine.connect() as connection:
        stored = str([tuple(row) for row in connection.execute(sa.text("SELECT * FROM account"))])

    assert SECRET not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


@pytest.mark.parametrize("hostile", ["", " ", "x" * 100_000, "\x00", "\ud800", "' OR 1=1 --", "١٢٣٤٥٦"])
def test_hostile_codes_are_wrong_codes(sqlite_ctx: Context, hostile: str) -> None:
    """And nothing else."""
    assert not second_factor.check(sqlite_ctx, ana(sqlite_ctx), hostile)
