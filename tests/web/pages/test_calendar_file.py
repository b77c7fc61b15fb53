"""The calendar that programs fetch."""

import icalendar
import pytest
from flask import Flask

from tests.demo_office import SIGN_IN
from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role
from tracker.services import accounts, feeds
from tracker.services.context import Context


def path_of(ctx: Context, role: Role) -> str:
    """Return the path of a new calendar address of somebody of a role."""
    account = accounts.find(ctx, "login", SIGN_IN[role])
    assert account is not None
    return "/feeds/" + feeds.address(ctx, feeds.new_token(ctx, account.person_id)).rpartition("/feeds/")[2]


@pytest.fixture
def program(demo_app: Flask) -> Visitor:
    """A calendar program: no cookie, no sign-in."""
    return Visitor(demo_app)


@pytest.fixture
def path(demo_ctx: Context) -> str:
    """The path of an advocate's calendar."""
    return path_of(demo_ctx, Role.ADVOCATE)


def test_the_file_is_a_calendar(program: Visitor, path: str) -> None:
    """With the hearings ahead and the headers that programs expect."""
    answer = program.get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def test_an_unchanged_calendar_costs_nothing(program: Visitor, path: str) -> None:
    """The second fetch is answered with 304 and no body, under any of the ways in which programs ask."""
    tag = program.get(path).headers["ETag"]

    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = program.get(path, If_None_Match=asked)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert program.get(path, If_None_Match='"other"').status_code == 200


def test_head_tells_the_same_without_the_body(program: Visitor, path: str) -> None:
    """Some programs ask so first."""
    whole, head = program.get(path), program.client.head(path)

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.mark.parametrize("token", ["x" * 43, "x", "%2e%2e", "%00", "š", "a" * 3000])
def test_an_unknown_address_is_not_there(program: Visitor, token: str) -> None:
    """Whatever is guessed."""
    assert program.get(f"/feeds/{token}.ics").status_code == 404


def test_a_disabled_persons_calendar_is_not_there(program: Visitor, demo_ctx: Context, path: str) -> None:
    """Their program finds nothing from that moment on."""
    accounts.disable(demo_ctx, SIGN_IN[Role.ADVOCATE])

    assert program.get(path).status_code == 404


def test_who_may_not_see_cases_has_an_empty_calendar(program: Visitor, demo_ctx: Context) -> None:
    """It is a calendar all the same."""
    answer = program.get(path_of(demo_ctx, Role.ANALYST))

    assert answer.status_code == 200
    assert not icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
