"""A second factor is set up with the first code of a secret that one form of one session holds, and nobody else."""

import base64
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from tests.services.test_second_factor import ana, later
from tests.web.visitor import SECRET, accounts_row, enrol
from tracker.domain.errors import ConflictError
from tracker.privacy.one_time_codes import code_at
from tracker.services import accounts, second_factor, second_factor_setup
from tracker.services.context import Context
from tracker.services.second_factor_setup import GOOD_FOR

HERE, ELSEWHERE = "session-here", "session-elsewhere"


def wrong_for(secret: str) -> str:
    """Return six digits that are not the code of the first step."""
    return "000000" if code_at(secret, 0) != "000000" else "111111"


def test_it_is_set_up_with_its_first_code(ctx: Context) -> None:
    """Until then nothing is good; the first code is spent by it. On both databases."""
    account = ana(ctx)
    beginning = second_factor_setup.begin(ctx, account, HERE)
    assert beginning.secret not in repr(beginning)
    assert second_factor_setup.confirm(ctx, account, beginning, wrong_for(beginning.secret), may_replace=True) is None
    assert second_factor_setup.again(ctx, account, HERE, beginning.waiting) == beginning

    code = second_factor.current_code(ctx, beginning.secret)
    done = second_factor_setup.confirm(ctx, account, beginning, code, may_replace=True)
    assert done is not None
    assert accounts.find(ctx, "session_key", done.account.session_key) == done.account
    assert accounts.find(ctx, "session_key", account.session_key) is None
    assert not second_factor.check(ctx, account, code)
    assert not second_factor.check(later(ctx, 60), account, second_factor.current_code(later(ctx, 60), SECRET))
    assert second_factor.check(later(ctx, 60), account, second_factor.current_code(later(ctx, 60), beginning.secret))
    assert second_factor.check(ctx, account, done.codes[0])


def test_without_the_present_factor_it_is_not_replaced(ctx: Context) -> None:
    """It was set up while a form of somebody with the password alone was under way: that form comes too late, on both databases."""
    account = ana(ctx)
    beginning = second_factor_setup.begin(ctx, account, HERE)
    code = second_factor.current_code(ctx, beginning.secret)
    with pytest.raises(ConflictError):
        second_factor_setup.confirm(ctx, account, beginning, code, may_replace=False)

    assert accounts_row(ctx, "ana") == account
    assert second_factor.check(ctx, account, second_factor.current_code(ctx, SECRET))


@pytest.mark.parametrize("end", [accounts.end_sessions, accounts.disable])
def test_whose_session_was_ended_sets_up_nothing(sqlite_ctx: Context, end: Callable[[Context, str], None]) -> None:
    """The request was under way when somebody ended all sessions: it changes nothing any more."""
    account = ana(sqlite_ctx)
    beginning = second_factor_setup.begin(sqlite_ctx, account, HERE)
    end(sqlite_ctx, "ana")
    with pytest.raises(ConflictError):
        second_factor_setup.confirm(
            sqlite_ctx, account, beginning, second_factor.current_code(sqlite_ctx, beginning.secret), may_replace=True
        )

    assert second_factor.check(sqlite_ctx, account, second_factor.current_code(sqlite_ctx, SECRET))


def test_of_many_at_once_one_sets_it_up(ctx: Context) -> None:
    """Six forms of one sign-in without a factor, sent together: one of their secrets is the factor, the others were told so."""
    account = ana(ctx)
    with ctx.database.writing() as db:
        second_factor.take_away(db, ctx, account.id, account.person)
    forms = [second_factor_setup.begin(ctx, account, HERE) for _ in range(6)]
    done: list[str] = []

    def send(form: second_factor_setup.Beginning) -> None:
        with suppress(ConflictError):
            code = second_factor.current_code(ctx, form.secret)
            if second_factor_setup.confirm(ctx, account, form, code, may_replace=False) is not None:
                done.append(form.secret)

    tries = [threading.Thread(target=send, args=(form,)) for form in forms]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    (secret,) = done
    assert second_factor.check(later(ctx, 60), account, second_factor.current_code(later(ctx, 60), secret))


def test_each_form_has_a_secret_of_its_own(sqlite_ctx: Context) -> None:
    """Who looked first, with the password alone, has not seen what the owner sets up."""
    account = ana(sqlite_ctx)

    assert len({second_factor_setup.begin(sqlite_ctx, account, HERE).secret for _ in range(3)}) == 3


def test_a_form_is_good_in_its_session_alone(sqlite_ctx: Context) -> None:
    """Neither in another session, nor for another sign-in, nor after the sessions were ended."""
    account = ana(sqlite_ctx)
    enrol(sqlite_ctx, "vesna")
    waiting = second_factor_setup.begin(sqlite_ctx, account, HERE).waiting
    assert second_factor_setup.again(sqlite_ctx, account, ELSEWHERE, waiting) is None
    assert second_factor_setup.again(sqlite_ctx, accounts_row(sqlite_ctx, "vesna"), HERE, waiting) is None

    accounts.end_sessions(sqlite_ctx, "ana")
    assert second_factor_setup.again(sqlite_ctx, accounts_row(sqlite_ctx, "ana"), HERE, waiting) is None


@pytest.mark.parametrize(("seconds", "is_good"), [(-1, True), (0, False), (1, False)])
def test_a_form_is_good_for_a_quarter_of_an_hour(sqlite_ctx: Context, seconds: int, is_good: bool) -> None:  # noqa: FBT001
    """And not a second longer."""
    account = ana(sqlite_ctx)
    waiting = second_factor_setup.begin(sqlite_ctx, account, HERE).waiting
    then = sqlite_ctx.at(sqlite_ctx.now() + GOOD_FOR + timedelta(seconds=seconds))

    assert (second_factor_setup.again(then, account, HERE, waiting) is not None) is is_good


def test_what_a_form_holds_tells_nothing_and_cannot_be_altered(sqlite_ctx: Context) -> None:
    """It is sealed: the secret cannot be read from it, and each other bit of it is refused."""
    account = ana(sqlite_ctx)
    beginning = second_factor_setup.begin(sqlite_ctx, account, HERE)
    raw = bytearray(base64.urlsafe_b64decode(beginning.waiting))
    assert beginning.secret.encode() not in raw
    for place in range(len(raw)):
        altered = bytearray(raw)
        altered[place] ^= 1
        assert second_factor_setup.again(sqlite_ctx, account, HERE, base64.urlsafe_b64encode(altered).decode()) is None, place


@pytest.mark.parametrize("hostile", ["", " ", "AAAA", "A" * 10_000, "\x00", "\ud800", "šđ", "====", "AQE="])
def test_hostile_forms_are_no_forms(sqlite_ctx: Context, hostile: str) -> None:
    """And nothing else."""
    assert second_factor_setup.again(sqlite_ctx, ana(sqlite_ctx), HERE, hostile) is None
