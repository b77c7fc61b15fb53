"""How far a session is, and how long it lasts."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import FrameType

import pytest
from argon2 import low_level

from tests.web.visitor import PASSWORD, Visitor, accounts_row, enrol, fresh_code
from tracker.domain.clock import FixedClock
from tracker.services import accounts, second_factor
from tracker.services.context import Context
from tracker.web.app import create_app


def later(visitor: Visitor, **time: float) -> Visitor:
    """Return the same browser so much later: the same cookie in front of a program whose clock went on."""
    ctx = visitor.ctx
    moved = Visitor(create_app(replace(ctx, clock=FixedClock(ctx.now() + timedelta(**time)))))
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    moved.client.set_cookie("session", cookie.value)
    return moved


@pytest.mark.parametrize(("hours", "seconds", "is_in"), [(12, -1, True), (12, 0, False), (12, 1, False)])
def test_a_session_ends_after_twelve_hours_however_busy(advocate: Visitor, hours: int, seconds: int, is_in: bool) -> None:  # noqa: FBT001
    """A copied cookie that is kept in use is worth no more."""
    page = later(advocate, hours=hours, seconds=seconds).get("/messages")

    assert page.status_code == (200 if is_in else 303)
    assert is_in or page.location.startswith("/login")


@pytest.mark.parametrize(("seconds", "is_in"), [(-119, True), (-120, True), (-121, False)])
def test_the_clocks_of_two_hosts_may_differ_by_two_minutes(advocate: Visitor, seconds: int, is_in: bool) -> None:  # noqa: FBT001
    """What a host ahead of this one signed is good here, at once and for what is sensitive; not what comes from far in the future."""
    other = later(advocate, seconds=seconds)
    assert other.get("/messages").status_code == (200 if is_in else 303)

    answer = other.get("/account/second-factor").location
    assert answer.startswith("/second-factor/set-up" if is_in else "/login")


@pytest.mark.parametrize(("minutes", "seconds", "is_in"), [(10, -1, True), (10, 0, False), (10, 1, False), (60, 0, False)])
def test_a_password_waits_ten_minutes_for_its_second_step(
    visitor: Visitor, sqlite_ctx: Context, minutes: int, seconds: int, is_in: bool  # noqa: FBT001
) -> None:  # fmt: skip
    """After that it has to be given again, however the page is asked, and the sign-in page is there to do so."""
    enrol(sqlite_ctx, "ana")
    visitor.give_password("ana")
    after = later(visitor, minutes=minutes, seconds=seconds)
    page = after.get("/second-factor")
    assert page.status_code == (200 if is_in else 303)
    assert is_in or page.location.startswith("/login")

    other = later(visitor, minutes=minutes, seconds=seconds)
    sent = other.post("/second-factor", form_at="/login", code=fresh_code(other.ctx, "ana"))
    assert sent.location == ("/" if is_in else "/login")
    assert after.get("/login").status_code == (302 if is_in else 200)


def test_a_password_alone_opens_nothing(visitor: Visitor, sqlite_ctx: Context) -> None:
    """Every page sends back to the code, and shows nothing of the person."""
    enrol(sqlite_ctx, "ana")
    visitor.give_password("ana")

    assert visitor.get("/messages").location == "/second-factor?next=/messages"
    assert "Sign out" not in visitor.get("/second-factor").text
    assert visitor.get("/second-factor/set-up").status_code == 404
    assert visitor.post("/second-factor/set-up", form_at="/second-factor", code="1").status_code == 404


def test_somebody_elses_code_opens_nothing(visitor: Visitor, sqlite_ctx: Context) -> None:
    """The code is of the person whose password was given; a second password in the same browser begins anew."""
    enrol(sqlite_ctx, "ana")
    enrol(sqlite_ctx, "vesna")
    visitor.give_password("ana")
    assert visitor.post("/second-factor", form_at="/second-factor", code="000000", login="vesna").status_code == 422
    visitor.sign_in("ana")
    assert visitor.get("/messages").status_code == 200
    visitor.post("/logout", form_at="/messages")
    visitor.give_password("vesna")
    assert visitor.get("/messages").location.startswith("/second-factor")


def test_what_an_earlier_sign_in_showed_is_forgotten(advocate: Visitor) -> None:
    """On a shared computer the password alone opens nothing, although somebody gave a code there before and signed out."""
    advocate.post("/logout", form_at="/messages")
    advocate.give_password("ana")

    assert advocate.get("/messages").location.startswith("/second-factor")


@pytest.mark.parametrize(
    ("password", "runs"), [("wrong", 1), ("", 0), ("x" * 200, 1), ("x" * 10_000, 1), ("š" * 9_000, 1), (PASSWORD, 1)]
)  # fmt: skip
def test_a_name_that_is_not_there_takes_as_long(visitor: Visitor, sqlite_ctx: Context, password: str, runs: int) -> None:
    """The slow hash is counted, not the time: one for each try, whoever it is for and however long; none for an empty password."""
    enrol(sqlite_ctx, "ana")
    enrol(sqlite_ctx, "vesna")
    accounts.disable(sqlite_ctx, "vesna")
    counted = {}
    for name in ("ana", "vesna", "nobody"):
        browser = Visitor(visitor.app)
        counted[name] = slow_hashes(partial(browser.give_password, name, password))

    assert counted == dict.fromkeys(counted, runs)


def slow_hashes(do: Callable[[], object]) -> int:
    """Return how often argon2 is run meanwhile: its calls are watched as a profiler would."""
    hashing = {low_level.hash_secret.__code__, low_level.verify_secret.__code__}
    found = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal found
        found += event == "call" and frame.f_code in hashing

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        do()
    finally:
        sys.setprofile(before)
    return found


def test_a_copied_cookie_ends_with_the_account_key(advocate: Visitor) -> None:
    """Signing out everywhere, a new password and disabling end every copy on every machine."""
    for end in (accounts.end_sessions, accounts.disable):
        thief = later(advocate, seconds=1)
        assert thief.get("/messages").status_code == 200
        end(advocate.ctx, "ana")
        assert thief.get("/messages").location.startswith("/login")
        if accounts_row(advocate.ctx, "ana").active:
            advocate.client.delete_cookie("session")
            advocate.sign_in("ana")


def test_a_code_is_not_taken_twice_over_the_pages(visitor: Visitor, sqlite_ctx: Context) -> None:
    """Seen over a shoulder, typed a moment later: refused like any wrong one."""
    enrol(sqlite_ctx, "ana")
    code = fresh_code(sqlite_ctx, "ana")
    visitor.give_password("ana")
    assert visitor.post("/second-factor", form_at="/second-factor", code=code).status_code == 303
    other = Visitor(visitor.app)
    other.give_password("ana")

    answer = other.post("/second-factor", form_at="/second-factor", code=code)
    assert answer.status_code == 422
    assert "was used already" in answer.text
    assert other.get("/messages").location.startswith("/second-factor")


def test_guessing_codes_ends_soon(visitor: Visitor, sqlite_ctx: Context) -> None:
    """Five wrong ones, then even the right one has to wait."""
    enrol(sqlite_ctx, "ana")
    visitor.give_password("ana")
    tried = [visitor.post("/second-factor", form_at="/second-factor", code=f"{number:06}").status_code for number in range(6)]

    assert tried == [422] * 5 + [429]
    assert visitor.post("/second-factor", form_at="/second-factor", code=fresh_code(sqlite_ctx, "ana")).status_code == 429


def test_guessing_passwords_ends_soon_whoever_it_is(visitor: Visitor, sqlite_ctx: Context) -> None:
    """Ten tries for a name that exists and for one that does not; the answers are the same."""
    enrol(sqlite_ctx, "ana")
    seen = {name: [visitor.give_password(name, "wrong").status_code for _ in range(11)] for name in ("ana", "nobody")}

    assert seen["ana"] == seen["nobody"] == [200] * 10 + [429]


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_code_leads_nowhere_else(visitor: Visitor, sqlite_ctx: Context, next_page: str) -> None:
    """A prepared form cannot send people away."""
    enrol(sqlite_ctx, "ana")
    visitor.give_password("ana")

    answer = visitor.post("/second-factor", form_at="/second-factor", code=fresh_code(sqlite_ctx, "ana"), next=next_page)
    assert answer.location == "/"


def what_waits(page: str) -> tuple[str, str]:
    """Return the secret that a form shows, and what it carries."""
    secret, waiting = re.search(r"<code>([A-Z2-7 ]+)</code>", page), re.search(r'name="waiting" value="([^"]+)"', page)
    assert secret is not None
    assert waiting is not None
    return secret[1].replace(" ", ""), waiting[1]


def test_who_looked_with_the_password_alone_learned_nothing(visitor: Visitor, sqlite_ctx: Context) -> None:
    """Before a factor is set up, a thief with the password may look: the owner's secret is another one, the thief's form void."""
    enrol(sqlite_ctx, "ana")
    with sqlite_ctx.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE account SET second_factor_at = NULL, totp_sealed = NULL")
    thief = Visitor(visitor.app)
    seen = []
    for each in (thief, visitor):
        each.give_password("ana")
        seen.append(what_waits(each.get("/second-factor/set-up").text))
    (stolen, stolen_form), (secret, form) = seen
    assert stolen != secret
    code = second_factor.current_code(sqlite_ctx, secret)
    assert visitor.post("/second-factor/set-up", form_at="/second-factor/set-up", code=code, waiting=stolen_form).status_code == 422
    assert visitor.post("/second-factor/set-up", form_at="/second-factor/set-up", code=code, waiting=form).status_code == 200

    code = second_factor.current_code(sqlite_ctx, stolen)
    sent = thief.post("/second-factor/set-up", form_at="/second-factor", code=code, waiting=stolen_form)
    assert sent.status_code in {303, 404}
    assert thief.get("/messages").status_code == 303


def test_a_second_code_does_not_make_a_session_longer(advocate: Visitor) -> None:
    """Who is in already gains nothing at the door: twelve hours after the first code the session is over."""
    busy = later(advocate, hours=11)
    assert busy.post("/second-factor", form_at="/account", code=fresh_code(busy.ctx, "ana")).status_code == 303
    assert later(busy, minutes=59).get("/messages").status_code == 200

    assert later(busy, hours=1).get("/messages").location.startswith("/login")


def test_another_phone_ends_the_other_sessions(advocate: Visitor) -> None:
    """Whoever was in as well is out; the browser in which it was set up goes on, and no longer than before."""
    thief = later(advocate, seconds=1)
    secret, waiting = what_waits(advocate.get("/second-factor/set-up").text)
    code = second_factor.current_code(advocate.ctx, secret)
    assert "recovery codes" in advocate.post("/second-factor/set-up", form_at="/second-factor/set-up", code=code, waiting=waiting).text

    assert thief.get("/messages").location.startswith("/login")
    assert advocate.get("/messages").status_code == 200
    assert later(advocate, hours=12, seconds=-1).get("/messages").status_code == 200
    assert later(advocate, hours=12).get("/messages").location.startswith("/login")


def test_setting_up_and_recovering(visitor: Visitor, sqlite_ctx: Context) -> None:
    """A first sign-in leads to the picture; its first code opens, the recovery codes stand there once, and one of them works."""
    enrol(sqlite_ctx, "ana")
    with sqlite_ctx.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE account SET second_factor_at = NULL, totp_sealed = NULL")
    visitor.give_password("ana")
    assert visitor.get("/second-factor").location.startswith("/second-factor/set-up")
    page = visitor.get("/second-factor/set-up").text
    assert 'src="data:image/svg+xml' in page
    secret, waiting = what_waits(page)
    code = second_factor.current_code(sqlite_ctx, secret)
    wrong = visitor.post("/second-factor/set-up", form_at="/second-factor/set-up", code="1", waiting=waiting)
    assert (wrong.status_code, what_waits(wrong.text)) == (422, (secret, waiting))
    altered = visitor.post("/second-factor/set-up", form_at="/second-factor/set-up", code=code, waiting="x")
    assert altered.status_code == 422
    assert what_waits(altered.text)[0] != secret
    shown = visitor.post("/second-factor/set-up", form_at="/second-factor/set-up", code=code, waiting=waiting).text
    codes = re.findall(r"<li><code>([a-z0-9-]+)</code>", shown)
    assert len(codes) == 10
    assert visitor.get("/messages").status_code == 200

    other = Visitor(visitor.app)
    other.give_password("ana")
    assert other.post("/second-factor", form_at="/second-factor", code=codes[0]).status_code == 303
    assert "9 recovery codes are left" in other.get("/account").text
