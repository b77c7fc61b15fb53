"""Who guesses is slowed down, by account and by address, over all hosts."""

import threading
from datetime import UTC, timedelta

import pytest
import sqlalchemy as sa

from tracker.domain.errors import TooOftenError
from tracker.services.context import Context
from tracker.services.throttling import WINDOW, Limit, got_in, place_of, require_patience

DAILY = Limit(of_account_here=3, of_account=5, from_address=7, of_account_today=8)
SMALL = Limit(of_account_here=3, of_account=5, from_address=7)


def is_let(ctx: Context, account: str, address: str, what: str = "password", limit: Limit = SMALL) -> bool:
    """Try once."""
    try:
        require_patience(ctx, what, limit, account=account, address=address)
    except TooOftenError:
        return False
    return True


def test_one_account_from_one_address(ctx: Context) -> None:
    """Three tries, not four; another account and another thing are not touched; after the window all is forgotten."""
    assert [is_let(ctx, "ana", "10.0.0.1") for _ in range(4)] == [True, True, True, False]
    assert is_let(ctx, "vesna", "10.0.0.1")
    assert is_let(ctx, "ana", "10.0.0.1", "code")
    after = ctx.at(ctx.now() + WINDOW)
    assert is_let(after, "ana", "10.0.0.1")


def test_the_owner_still_gets_in_from_elsewhere(ctx: Context) -> None:
    """Who is attacked from one address is not locked out at another, until the account's own limit."""
    assert [is_let(ctx, "ana", "10.0.0.1") for _ in range(4)][-1] is False
    assert is_let(ctx, "ana", "10.0.0.2")
    assert not is_let(ctx, "ana", "10.0.0.3")


def test_many_accounts_from_one_address(sqlite_ctx: Context) -> None:
    """Seven names, then none more, whether or not they exist."""
    assert [is_let(sqlite_ctx, f"name{number}", "10.0.0.1") for number in range(8)] == [True] * 7 + [False]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_what_counts_as_one_address(address: str, place: str) -> None:
    """A home has a network of 2**64 addresses: it counts as one; the same IPv4 address in two spellings, too."""
    assert place_of(address) == place


def test_a_network_of_addresses_has_the_tries_of_one(sqlite_ctx: Context) -> None:
    """Changing the address within the own network gains nothing; the neighbour's network is another one."""
    assert [is_let(sqlite_ctx, "ana", f"2001:db8::{number}") for number in range(1, 5)] == [True] * 3 + [False]
    assert is_let(sqlite_ctx, "ana", "2001:db8:0:1::1")


def test_many_addresses_for_one_account(sqlite_ctx: Context) -> None:
    """A hired crowd of addresses has five tries between them."""
    assert [is_let(sqlite_ctx, "ana", f"10.0.0.{number}") for number in range(6)] == [True] * 5 + [False]


def test_who_gets_in_begins_anew(sqlite_ctx: Context) -> None:
    """Two slips before the right password do not count the next day."""
    for _ in range(2):
        for _ in range(2):
            assert is_let(sqlite_ctx, "ana", "10.0.0.1")
        got_in(sqlite_ctx, "password", account="ana", address="10.0.0.1")
    assert is_let(sqlite_ctx, "ana", "10.0.0.1")


def test_getting_in_often_is_no_guessing(ctx: Context) -> None:
    """A day of short sessions locks nobody out, neither the account nor the address; wrong tries between them still count."""
    for _ in range(20):
        assert is_let(ctx, "ana", "10.0.0.1")
        got_in(ctx, "password", account="ana", address="10.0.0.1")

    assert [is_let(ctx, "ana", f"10.0.1.{number}") for number in range(6)] == [True] * 5 + [False]


def over_the_day(ctx: Context, tries: int) -> list[bool]:
    """Try so often, one try in each quarter of an hour."""
    return [is_let(ctx.at(ctx.now() + number * WINDOW), "ana", f"10.0.0.{number}", "code", DAILY) for number in range(tries)]


def test_patient_guessing_ends_after_a_day_s_worth(ctx: Context) -> None:
    """Eight tries in a day, however slowly and from wherever; others are not touched; the next day begins anew. On both databases."""
    assert over_the_day(ctx, 10) == [True] * 8 + [False] * 2
    after = ctx.at(ctx.now() + 10 * WINDOW)
    assert is_let(after, "vesna", "10.0.0.1", "code", DAILY)

    evening, midnight = (ctx.at(ctx.now().astimezone(UTC).replace(hour=hour, minute=minute)) for hour, minute in ((23, 59), (0, 0)))
    tomorrow = midnight.at(midnight.now() + timedelta(days=1))
    assert not is_let(evening, "ana", "10.0.1.1", "code", DAILY)
    assert is_let(tomorrow, "ana", "10.0.1.1", "code", DAILY)


def test_getting_in_takes_no_part_of_the_day(sqlite_ctx: Context) -> None:
    """The right code is no guess, and does not forgive those that were."""
    for number in range(20):
        then = sqlite_ctx.at(sqlite_ctx.now() + number * WINDOW)
        assert is_let(then, "ana", "10.0.0.1", "code", DAILY)
        got_in(then, "code", account="ana", address="10.0.0.1")

    assert over_the_day(sqlite_ctx, 9) == [True] * 8 + [False]


def test_many_at_once_do_not_slip_through(ctx: Context) -> None:
    """Ten at the same moment: three get a try."""
    let: list[bool] = []
    tries = [threading.Thread(target=lambda: let.append(is_let(ctx, "ana", "10.0.0.1"))) for _ in range(10)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert sum(let) == 3


def test_the_table_names_nobody(sqlite_ctx: Context) -> None:
    """Neither names nor addresses, and old windows are swept away."""
    is_let(sqlite_ctx, "ana-canary", "198.51.100.77")
    with sqlite_ctx.database.engine.connect() as connection:
        stored = str(connection.execute(sa.text("SELECT * FROM throttle")).all())
    assert "canary" not in stored
    assert "198.51" not in stored

    is_let(sqlite_ctx.at(sqlite_ctx.now() + 2 * WINDOW + timedelta(seconds=1)), "x", "y")
    with sqlite_ctx.database.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM throttle")).scalar() == 3


@pytest.mark.parametrize("hostile", ["", "\x00", "\ud800", "š" * 10_000, "a\x1fb"])
def test_any_name_can_be_counted(ctx: Context, hostile: str) -> None:
    """Whatever somebody types for a name."""
    assert is_let(ctx, hostile, hostile)
