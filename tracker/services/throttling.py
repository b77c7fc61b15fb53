"""Slow down who guesses: by account and by address, in the database that all hosts share.

A try counts before it is judged, so that many at once cannot slip through. Names and addresses are kept as keyed hashes.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from tracker.domain.errors import TooOftenError
from tracker.privacy.places import THROTTLE_BUCKET
from tracker.services import audit
from tracker.services.context import Context
from tracker.storage.queries import throttle

WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)
ONE_HOUSEHOLD = 64
"""Bits of an IPv6 address that name a network; within one, anybody has more addresses than tries could be counted for."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries in a quarter of an hour: of one account from one address, of one account, from one address; and of one in a day."""

    of_account_here: int
    of_account: int
    from_address: int
    of_account_today: int | None = None


PASSWORD = Limit(of_account_here=10, of_account=50, from_address=100)
"""A stranger who tries passwords from elsewhere cannot lock somebody out before fifty tries, and then for minutes only."""
CODE = Limit(of_account_here=5, of_account=10, from_address=50, of_account_today=30)
"""Who gets this far knows the password: thirty guesses a day among a million codes, three of them good at a time.

In a year of such days that is three in a hundred; without the limit of a day, it would be more than half.
"""

PASSKEY = Limit(of_account_here=10, of_account=30, from_address=100)
"""Nobody guesses a signature: this keeps the machine from being kept busy. Who used up the codes of a day gets in all the same."""


def require_patience(ctx: Context, what: str, limit: Limit, *, account: str, address: str) -> None:
    """Count one try of ``what`` ("password", "code"), whether or not there is such an account.

    Raises:
        TooOftenError: there were too many within a quarter of an hour, or within a day.
    """
    window = _window(ctx)
    buckets = zip(_buckets(ctx, what, account, address), (limit.of_account_here, limit.of_account, limit.from_address), strict=True)
    with ctx.database.writing() as db:
        is_over = [throttle.count(db, bucket, window) > most for bucket, most in buckets]
        if limit.of_account_today is not None and not any(is_over):
            is_over.append(throttle.count(db, _bucket(ctx, "today", what, account), _last_window_today(ctx)) > limit.of_account_today)
        throttle.forget_before(db, window - 1)
        if any(is_over):
            audit.note(db, ctx, "sign-in.throttled", details={"what": what})
    if any(is_over):
        raise TooOftenError("too many tries; wait a quarter of an hour, or until tomorrow")


def got_in(ctx: Context, what: str, *, account: str, address: str) -> None:
    """Forget the tries of an account from where it got in, and do not count the one that was right against account and address."""
    here, *others = _buckets(ctx, what, account, address)
    with ctx.database.writing() as db:
        throttle.forget(db, [here])
        throttle.take_back(db, others, _window(ctx))
        throttle.take_back(db, [_bucket(ctx, "today", what, account)], _last_window_today(ctx))


def place_of(address: str) -> str:
    """Return what is counted as one address: IPv6 by the network of /64, IPv4 written as IPv6 like any IPv4, all else as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found) >> ONE_HOUSEHOLD << ONE_HOUSEHOLD, ONE_HOUSEHOLD)))


def _window(ctx: Context) -> int:
    return int(ctx.now().timestamp() // WINDOW.total_seconds())


def _last_window_today(ctx: Context) -> int:
    """Return the window that ends with this day in UTC: under its number the day's tries are kept until the day is over."""
    a_day = int(DAY / WINDOW)
    return _window(ctx) // a_day * a_day + a_day - 1


def _buckets(ctx: Context, what: str, account: str, address: str) -> list[bytes]:
    place = place_of(address)
    parts = (("both", what, account, place), ("account", what, account), ("address", what, place))
    return [_bucket(ctx, *each) for each in parts]


def _bucket(ctx: Context, kind: str, what: str, *whose: str) -> bytes:
    return ctx.keys.index(THROTTLE_BUCKET, "\x1f".join((what, kind, *whose)))
