"""My messages."""

from collections.abc import Callable

from tests.demo_office import SIGN_IN
from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role
from tracker.services import accounts, message_list
from tracker.services.context import Actor, Context


def own(ctx: Context, role: Role) -> list[str]:
    """Return the texts that were written to somebody of a role."""
    account = accounts.find(ctx, "login", SIGN_IN[role])
    assert account is not None
    return [line.body or "" for line in message_list.mine(ctx.acting_as(Actor(account.person_id, role)))]


def test_people_read_what_was_written_to_them(signed_in: Callable[[Role], Visitor], demo_ctx: Context) -> None:
    """Every one of their own messages with its text, and nobody else's."""
    hers = own(demo_ctx, Role.ADVOCATE)
    others = {line.body or "" for line in message_list.everything(demo_ctx)} - set(hers)
    page = signed_in(Role.ADVOCATE).get("/messages").text

    assert hers
    assert others
    assert all(body.rpartition("/a/")[2].strip() in page for body in hers)
    assert not any(body.rpartition("/a/")[2].strip() in page for body in others)


def test_reading_them_acknowledges_nothing(signed_in: Callable[[Role], Visitor], demo_ctx: Context) -> None:
    """The page is read often, by day and by night."""
    signed_in(Role.ADVOCATE).get("/messages")

    assert all(line.acknowledged_at is None for line in message_list.everything(demo_ctx))


def test_nobody_was_written_to_yet(signed_in: Callable[[Role], Visitor]) -> None:
    """The page says so, and when that will change."""
    assert "No messages yet" in signed_in(Role.ANALYST).get("/messages").text
