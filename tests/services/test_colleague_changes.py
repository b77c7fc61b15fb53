"""What administrators change: roles, supervisors, sign-ins; the last administrator stays, and nobody answers for themselves."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests import rows
from tests.conftest import acting
from tests.web.visitor import accounts_row, enrol
from tracker.domain.codes.people import Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.errors import ForbiddenError, InvalidInputError, NotFoundError
from tracker.services import accounts, colleague_changes, colleagues, sign_in_links
from tracker.services.context import Context
from tracker.storage.tables.audit import AuditEntry

Change = Callable[[Context], None]


def people(ctx: Context, **roles: str) -> None:
    """Let people work here, without sign-ins."""
    with ctx.database.writing() as db:
        for name, role in roles.items():
            rows.person(db, external_id=name, role=role)


def above(ctx: Context, person: str) -> str | None:
    """Return who answers for a person."""
    found = {each.ref: each for each in colleagues.everybody(ctx)}
    (one,) = [each for each in found.values() if each.person == person]
    return None if one.supervisor is None else found[one.supervisor].person


def last_entry(ctx: Context) -> tuple[str, object]:
    """Return action and details of the newest entry about people."""
    with ctx.database.reading() as db:
        query = sa.select(col(AuditEntry.action), col(AuditEntry.details)).where(col(AuditEntry.action).like("person.%"))
        action, details = db.connection().execute(query.order_by(col(AuditEntry.seq).desc())).first() or ("", None)
    return action, details


def test_another_role_ends_what_the_old_one_could(ctx: Context) -> None:
    """Sessions and open links end, and a team does not come back with the role of its supervisor."""
    enrol(ctx, "ana", Role.SUPERVISOR)
    people(ctx, mira="ADVOCATE")
    colleague_changes.choose_supervisor(ctx, "mira", "person-of-ana")
    token = sign_in_links.make(ctx, "person-of-ana", LinkPurpose.PASSWORD).rpartition("/")[2]
    before = accounts_row(ctx, "ana")
    colleague_changes.change_role(ctx, "person-of-ana", Role.ANALYST)
    after = accounts_row(ctx, "ana")

    assert (after.role, above(ctx, "mira"), sign_in_links.look(ctx, token)) == (Role.ANALYST, None, None)
    assert after.session_key != before.session_key
    assert last_entry(ctx) == ("person.role-changed", {"from": "SUPERVISOR", "to": "ANALYST", "released": 1})
    colleague_changes.change_role(ctx, "person-of-ana", Role.ANALYST)
    assert accounts_row(ctx, "ana").session_key == after.session_key


def shut(ctx: Context) -> None:
    """Shut the sign-in of vera."""
    colleague_changes.disable(ctx, "person-of-vera")


def demote(ctx: Context) -> None:
    """Make vera a lawyer."""
    colleague_changes.change_role(ctx, "person-of-vera", Role.LAWYER)


@pytest.mark.parametrize("change", [shut, demote])
def test_the_last_administrator_stays(sqlite_ctx: Context, change: Change) -> None:
    """One who is shut, or never signed in, does not count; with a second one who can, the first may go."""
    enrol(sqlite_ctx, "vera", Role.ADMIN)
    enrol(sqlite_ctx, "rada", Role.ADMIN)
    people(sqlite_ctx, mira="ADMIN")
    colleague_changes.disable(sqlite_ctx, "person-of-rada")
    with pytest.raises(InvalidInputError):
        change(sqlite_ctx)
    assert (accounts_row(sqlite_ctx, "vera").active, accounts_row(sqlite_ctx, "vera").role) == (True, Role.ADMIN)
    colleague_changes.enable(sqlite_ctx, "person-of-rada")
    change(sqlite_ctx)

    assert (accounts_row(sqlite_ctx, "vera").active, accounts_row(sqlite_ctx, "vera").role) != (True, Role.ADMIN)


def test_two_administrators_cannot_shut_each_other_at_once(ctx: Context) -> None:
    """Whoever comes second finds that there would be nobody left. On both databases."""
    enrol(ctx, "vera", Role.ADMIN)
    enrol(ctx, "rada", Role.ADMIN)
    refused: list[str] = []

    def shut(person: str) -> None:
        try:
            colleague_changes.disable(ctx, person)
        except InvalidInputError:
            refused.append(person)

    tries = [threading.Thread(target=shut, args=(f"person-of-{name}",)) for name in ("vera", "rada")]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert len(refused) == 1
    assert [f"person-of-{each.login}" for each in accounts.everyone(ctx) if each.active] == refused


def test_supervisors_answer_for_others(ctx: Context) -> None:
    """Only who has that role, nobody for themselves, and nobody in a circle, however long."""
    people(ctx, a="SUPERVISOR", b="SUPERVISOR", c="SUPERVISOR", mira="ADVOCATE", rada="ADMIN")
    colleague_changes.choose_supervisor(ctx, "mira", "a")
    colleague_changes.choose_supervisor(ctx, "a", "b")
    colleague_changes.choose_supervisor(ctx, "b", "c")
    for person, other in (("mira", "rada"), ("a", "a"), ("b", "a"), ("c", "a"), ("mira", "mira")):
        with pytest.raises(InvalidInputError):
            colleague_changes.choose_supervisor(ctx, person, other)
    with pytest.raises(NotFoundError):
        colleague_changes.choose_supervisor(ctx, "mira", "nobody")

    assert [above(ctx, each) for each in ("mira", "a", "b", "c")] == ["a", "b", "c", None]
    colleague_changes.choose_supervisor(ctx, "mira", None)
    assert above(ctx, "mira") is None
    assert last_entry(ctx) == ("person.supervisor", {"chosen": False})


def test_shut_opened_and_ended(ctx: Context) -> None:
    """Each makes the key of the sessions anew but opening, which brings no session back."""
    enrol(ctx, "ana")
    keys = [accounts_row(ctx, "ana").session_key]
    for change in (colleague_changes.end_sessions, colleague_changes.disable, colleague_changes.enable):
        change(ctx, "person-of-ana")
        keys.append(accounts_row(ctx, "ana").session_key)

    assert len({*keys[:3]}) == 3
    assert keys[2] == keys[3]
    assert accounts_row(ctx, "ana").active


def test_who_has_no_sign_in_has_none_to_shut(sqlite_ctx: Context) -> None:
    """Nor to open or to end."""
    people(sqlite_ctx, mira="ADVOCATE")
    for change in (colleague_changes.end_sessions, colleague_changes.disable, colleague_changes.enable):
        with pytest.raises(NotFoundError):
            change(sqlite_ctx, "mira")


CHANGES: list[Change] = [
    lambda ctx: colleague_changes.change_role(ctx, "person-of-ana", Role.ADMIN),
    lambda ctx: colleague_changes.choose_supervisor(ctx, "person-of-ana", None),
    lambda ctx: colleague_changes.disable(ctx, "person-of-ana"),
    lambda ctx: colleague_changes.enable(ctx, "person-of-ana"),
    lambda ctx: colleague_changes.end_sessions(ctx, "person-of-ana"),
]


def test_nobody_else_changes_anything(sqlite_ctx: Context) -> None:
    """Least of all their own role."""
    ana = enrol(sqlite_ctx, "ana")
    before = accounts_row(sqlite_ctx, "ana")
    for role in Role:
        for change in CHANGES if role is not Role.ADMIN else ():
            with pytest.raises(ForbiddenError):
                change(acting(sqlite_ctx, ana, role))

    assert accounts_row(sqlite_ctx, "ana") == before
