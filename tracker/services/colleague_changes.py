"""What administrators change about people of the office; each change ends what the person could do before it."""

from sqlmodel import Session

from tracker.domain.codes.people import Role
from tracker.domain.errors import InvalidInputError, NotFoundError, Problem
from tracker.services import accounts, audit
from tracker.services.colleagues import require_manager, row_of
from tracker.services.context import Context
from tracker.storage.queries import colleagues as queries
from tracker.storage.queries import sign_in_links
from tracker.storage.queries.colleagues import ColleagueRow

LAST_ADMIN = "somebody else has to be an administrator who can sign in, first"


def change_role(ctx: Context, person: str, role: Role) -> None:
    """Put a person into another role: sessions end, an open link is withdrawn, and who was under them is under nobody.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person.
        InvalidInputError: it is the last administrator.
    """
    with ctx.database.writing() as db:
        row = _locked(db, ctx, person, Role.ADMIN)
        if row.role is role:
            return
        _keep_an_admin(db, ctx, row, "role")
        queries.change(db, row.id, role=role)
        released = queries.release(db, row.id)
        sign_in_links.withdraw(db, row.id, ctx.now())
        told: dict[str, int | str] = {"from": row.role.value, "to": role.value, "released": released}
        audit.note(db, ctx, "person.role-changed", subject=("person", row.person), details=dict(told))
        if row.account_id is not None:
            accounts.end_within(db, ctx, row.account_id, row.person)


def choose_supervisor(ctx: Context, person: str, supervisor: str | None) -> None:
    """Say who answers for a person's cases (external ids); ``None`` for nobody.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person.
        InvalidInputError: the other one is no supervisor, is the person, or answers to the person already.
    """
    with ctx.database.writing() as db:
        row = _locked(db, ctx, person, Role.SUPERVISOR)
        above = None if supervisor is None else row_of(db, ctx, supervisor)
        if above is not None and (above.role is not Role.SUPERVISOR or row.id in _chain(db, ctx, above)):
            raise InvalidInputError([Problem("supervisor", "expected a supervisor who is not, and does not answer to, this person")])
        if row.supervisor_id == (None if above is None else above.id):
            return
        queries.change(db, row.id, supervisor_id=None if above is None else above.id)
        audit.note(db, ctx, "person.supervisor", subject=("person", row.person), details={"chosen": above is not None})


def disable(ctx: Context, person: str) -> None:
    """Shut a person's sign-in, end all its sessions and withdraw an open link.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person, or they have no sign-in.
        InvalidInputError: it is the last administrator.
    """
    with ctx.database.writing() as db:
        row = _locked(db, ctx, person, Role.ADMIN)
        account = _account_of(row)
        _keep_an_admin(db, ctx, row, "disable")
        sign_in_links.withdraw(db, row.id, ctx.now())
        accounts.shut_within(db, ctx, account, row.person)


def enable(ctx: Context, person: str) -> None:
    """Open a sign-in that was shut; sessions from before stay ended.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person, or they have no sign-in.
    """
    with ctx.database.writing() as db:
        row = _locked(db, ctx, person)
        accounts.open_within(db, ctx, _account_of(row), row.person)


def end_sessions(ctx: Context, person: str) -> None:
    """End all sessions of a person, on every host at once.

    Raises:
        ForbiddenError: the actor does not manage people.
        NotFoundError: there is no such person, or they have no sign-in.
    """
    with ctx.database.writing() as db:
        row = _locked(db, ctx, person)
        accounts.end_within(db, ctx, _account_of(row), row.person)


def _locked(db: Session, ctx: Context, person: str, *roles: Role) -> ColleagueRow:
    """Return a person whom nobody else changes meanwhile, nor anybody in ``roles``: what was just checked stays true."""
    require_manager(ctx)
    queries.lock(db, roles, row_of(db, ctx, person).id)
    return row_of(db, ctx, person)


def _account_of(row: ColleagueRow) -> int:
    if row.account_id is None:
        raise NotFoundError("this person has no sign-in")
    return row.account_id


def _keep_an_admin(db: Session, ctx: Context, row: ColleagueRow, place: str) -> None:
    others = [each for each in queries.listed(db, ctx.now()) if each.role is Role.ADMIN and each.active and each.id != row.id]
    if row.role is Role.ADMIN and row.active and not others:
        raise InvalidInputError([Problem(place, LAST_ADMIN)])


def _chain(db: Session, ctx: Context, row: ColleagueRow) -> set[int]:
    """Return the person and everybody above them."""
    above = {each.id: each.supervisor_id for each in queries.listed(db, ctx.now())}
    found: set[int] = set()
    at: int | None = row.id
    while at is not None and at not in found:
        found.add(at)
        at = above[at]
    return found
