"""One-use links: told once, good for three days, used once; everything else about them looks the same."""

import hashlib
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from tests import rows
from tests.conftest import acting
from tests.web.visitor import PASSWORD, SECRET, accounts_row, enrol
from tracker.domain.codes.people import Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, TrackerError
from tracker.services import accounts, colleague_changes, second_factor, sign_in_links
from tracker.services.context import Context
from tracker.services.sign_in_links import Offer
from tracker.storage.tables.audit import AuditEntry
from tracker.storage.tables.sign_in_links import SignInLink

CHOSEN = "ćuran zumbul orahovac"
INVITATION, RESET, RESET_ALL = LinkPurpose.INVITATION, LinkPurpose.PASSWORD, LinkPurpose.PASSWORD_AND_FACTOR


def newcomer(ctx: Context) -> None:
    """Let mira work here, without a sign-in."""
    with ctx.database.writing() as db:
        rows.person(db, external_id="mira")


def made(ctx: Context, person: str, purpose: LinkPurpose) -> str:
    """Return the token of a fresh link."""
    return sign_in_links.make(ctx, person, purpose).rpartition("/join/")[2]


def all_rows(ctx: Context, table: type[SQLModel]) -> list[dict[str, object]]:
    """Return everything in a table."""
    with ctx.database.reading() as db:
        return [dict(row) for row in db.connection().execute(sa.select(table)).mappings()]


def actions(ctx: Context) -> list[object]:
    """Return what was written into the log about links."""
    return [row["action"] for row in all_rows(ctx, AuditEntry) if str(row["action"]).startswith("link.")]


def test_an_invitation_becomes_a_sign_in(ctx: Context) -> None:
    """The person chooses name and password; only a hash of the link is kept; the log names nobody but by the external id."""
    newcomer(ctx)
    link = sign_in_links.make(ctx, "mira", INVITATION)
    token = link.rpartition("/")[2]
    (kept,) = all_rows(ctx, SignInLink)

    assert link == f"{ctx.settings.web.public_url}/join/{token}"
    assert len(token) == 43
    assert kept["token_hash"] == hashlib.sha256(token.encode()).digest()
    assert sign_in_links.look(ctx, token) == Offer(INVITATION, None)
    sign_in_links.use(ctx, token, "mira", CHOSEN)
    assert accounts_row(ctx, "mira").person == "mira"
    assert not second_factor.is_set(ctx, accounts_row(ctx, "mira"))
    assert actions(ctx) == ["link.made", "link.used"]


@pytest.mark.parametrize(("left", "is_open"), [(timedelta(microseconds=1), True), (timedelta(0), False), (timedelta(days=-1), False)])
def test_a_link_is_good_for_three_days(ctx: Context, left: timedelta, is_open: bool) -> None:  # noqa: FBT001
    """To the moment: at the end of the third day it is over, for looking and for using."""
    newcomer(ctx)
    token = made(ctx, "mira", INVITATION)
    then = ctx.at(ctx.now() + timedelta(hours=72) - left)

    assert (sign_in_links.look(then, token) is not None) is is_open
    if is_open:
        sign_in_links.use(then, token, "mira", CHOSEN)
    else:
        with pytest.raises(NotFoundError):
            sign_in_links.use(then, token, "mira", CHOSEN)
    assert (accounts.find(ctx, "login", "mira") is not None) is is_open


def test_looking_changes_nothing(sqlite_ctx: Context) -> None:
    """However often a phone, a messenger or a scanner of mail fetches it ahead."""
    newcomer(sqlite_ctx)
    token = made(sqlite_ctx, "mira", INVITATION)
    before = all_rows(sqlite_ctx, SignInLink), all_rows(sqlite_ctx, AuditEntry)
    for _ in range(5):
        assert sign_in_links.look(sqlite_ctx, token) is not None

    assert (all_rows(sqlite_ctx, SignInLink), all_rows(sqlite_ctx, AuditEntry)) == before


def test_used_withdrawn_over_and_guessed_look_the_same(sqlite_ctx: Context) -> None:
    """And each try is written down, without saying which link it was."""
    newcomer(sqlite_ctx)
    withdrawn = made(sqlite_ctx, "mira", INVITATION)
    assert sign_in_links.withdraw(sqlite_ctx, "mira")
    assert not sign_in_links.withdraw(sqlite_ctx, "mira")
    replaced, used = made(sqlite_ctx, "mira", INVITATION), made(sqlite_ctx, "mira", INVITATION)
    sign_in_links.use(sqlite_ctx, used, "mira", CHOSEN)
    said = set()
    for token in (withdrawn, replaced, used, used[:-1], used.swapcase(), "", "\x00", "š", "\ud800", "x" * 5000):
        assert sign_in_links.look(sqlite_ctx, token) is None
        with pytest.raises(NotFoundError) as refused:
            sign_in_links.use(sqlite_ctx, token, "other", CHOSEN)
        said.add(str(refused.value))

    assert len(said) == 1
    assert [row["subject"] for row in all_rows(sqlite_ctx, AuditEntry) if row["action"] == "link.refused"] == [None] * 10
    assert [each.login for each in accounts.everyone(sqlite_ctx)] == ["mira"]


def test_at_once_from_everywhere_a_link_is_used_once(ctx: Context) -> None:
    """Six people with the same stolen link: one gets in. On both databases."""
    newcomer(ctx)
    token = made(ctx, "mira", INVITATION)
    won: list[str] = []

    def one(name: str) -> None:
        try:
            sign_in_links.use(ctx, token, name, CHOSEN)
            won.append(name)
        except TrackerError:
            pass

    tries = [threading.Thread(target=one, args=(f"thief{number}",)) for number in range(6)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert len(won) == 1
    assert [each.login for each in accounts.everyone(ctx)] == won


def test_at_once_from_everywhere_one_link_is_open(ctx: Context) -> None:
    """Two administrators who invite the same person at the same moment make one link that works."""
    newcomer(ctx)
    tokens: list[str] = []
    tries = [threading.Thread(target=lambda: tokens.append(made(ctx, "mira", INVITATION))) for _ in range(4)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert len([token for token in tokens if sign_in_links.look(ctx, token)]) == 1


def test_a_new_password_ends_every_session_and_keeps_the_second_factor(ctx: Context) -> None:
    """An administrator with a link has half of a sign-in, not a whole one."""
    enrol(ctx, "ana")
    before = accounts_row(ctx, "ana")
    token = made(ctx, before.person, RESET)
    assert sign_in_links.look(ctx, token) == Offer(RESET, "ana")
    sign_in_links.use(ctx, token, "somebody-else", CHOSEN)
    after = accounts_row(ctx, "ana")

    assert after.session_key != before.session_key
    assert after.password_hash != before.password_hash
    assert second_factor.is_set(ctx, after)
    assert accounts.find(ctx, "login", "somebody-else") is None


def test_only_if_it_was_chosen_the_second_factor_goes_too(ctx: Context) -> None:
    """With everything that belongs to it, and not before the link is used."""
    enrol(ctx, "ana")
    account = accounts_row(ctx, "ana")
    token = made(ctx, account.person, RESET_ALL)
    assert second_factor.is_set(ctx, account)
    sign_in_links.use(ctx, token, "", CHOSEN)

    assert not second_factor.is_set(ctx, account)
    assert not second_factor.check(ctx, account, second_factor.current_code(ctx, SECRET))
    assert second_factor.recovery_codes_left(ctx, account) == 0


@pytest.mark.parametrize(("login", "password"), [("mira", "short"), ("mira", "aaaaaaaaaaaaaa"), ("mira", "x" * 201), ("Mira!", CHOSEN)])
def test_what_will_not_do_leaves_the_link_open(sqlite_ctx: Context, login: str, password: str) -> None:
    """Nobody needs a second link because of a first idea that was not good enough."""
    newcomer(sqlite_ctx)
    token = made(sqlite_ctx, "mira", INVITATION)
    with pytest.raises(InvalidInputError) as refused:
        sign_in_links.use(sqlite_ctx, token, login, password)
    assert password not in str(refused.value)

    assert sign_in_links.look(sqlite_ctx, token) is not None


def test_a_name_that_is_taken_leaves_the_link_open(ctx: Context) -> None:
    """And what was begun is undone whole."""
    newcomer(ctx)
    enrol(ctx, "ana")
    token = made(ctx, "mira", INVITATION)
    with pytest.raises(ConflictError):
        sign_in_links.use(ctx, token, "ana", CHOSEN)

    sign_in_links.use(ctx, token, "mira", CHOSEN)
    assert actions(ctx) == ["link.made", "link.used"]


def test_links_fit_whom_they_are_for(sqlite_ctx: Context) -> None:
    """No invitation for who signs in already, no new password for who does not, or whose sign-in is shut."""
    newcomer(sqlite_ctx)
    enrol(sqlite_ctx, "ana")
    for person, purpose in (("mira", RESET), ("mira", RESET_ALL), ("person-of-ana", INVITATION)):
        with pytest.raises(ConflictError):
            sign_in_links.make(sqlite_ctx, person, purpose)
    with pytest.raises(NotFoundError):
        sign_in_links.make(sqlite_ctx, "nobody", INVITATION)
    token = made(sqlite_ctx, "person-of-ana", RESET)
    colleague_changes.disable(sqlite_ctx, "person-of-ana")
    with pytest.raises(ConflictError):
        sign_in_links.make(sqlite_ctx, "person-of-ana", RESET)
    colleague_changes.enable(sqlite_ctx, "person-of-ana")

    assert sign_in_links.look(sqlite_ctx, token) is None


def test_an_invitation_is_over_when_the_person_signs_in_otherwise(sqlite_ctx: Context) -> None:
    """A sign-in that was made on the command line meanwhile is not made twice."""
    newcomer(sqlite_ctx)
    token = made(sqlite_ctx, "mira", INVITATION)
    accounts.create(sqlite_ctx, "mira", "mira", PASSWORD)

    assert sign_in_links.look(sqlite_ctx, token) is None


def test_a_link_of_a_shut_sign_in_is_over_however_it_was_shut(sqlite_ctx: Context) -> None:
    """The command line shuts by login name and knows of no links."""
    enrol(sqlite_ctx, "ana")
    token = made(sqlite_ctx, "person-of-ana", RESET)
    accounts.disable(sqlite_ctx, "ana")

    assert sign_in_links.look(sqlite_ctx, token) is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_makes_links(sqlite_ctx: Context, role: Role) -> None:
    """Nor withdraws them; nor does nobody in particular."""
    newcomer(sqlite_ctx)
    for somebody in (acting(sqlite_ctx, 7, role), acting(sqlite_ctx, 0, role)):
        with pytest.raises(ForbiddenError):
            sign_in_links.make(somebody, "mira", INVITATION)
        with pytest.raises(ForbiddenError):
            sign_in_links.withdraw(somebody, "mira")

    assert all_rows(sqlite_ctx, SignInLink) == []
