"""My calendar's page: the address is shown once, renewed and closed."""

import re
from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role

ADDRESS = re.compile(r"https?://[^\"<]*/feeds/([A-Za-z0-9_-]+)\.ics")


@pytest.fixture
def jelena(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """An advocate with hearings ahead."""
    return signed_in(Role.ADVOCATE)


def made(visitor: Visitor) -> str:
    """Press the button and return the path of the address that is shown."""
    answer = visitor.post("/feed", form_at="/feed")
    assert answer.status_code == 200
    found = ADDRESS.search(answer.text)
    assert found is not None
    return f"/feeds/{found[1]}.ics"


def test_the_address_is_shown_this_once(jelena: Visitor) -> None:
    """The page that made it shows it; no later page can."""
    assert "You have no address yet" in jelena.get("/feed").text
    path = made(jelena)

    assert "You have an address" in jelena.get("/feed").text
    assert path not in jelena.get("/feed").text
    assert jelena.get(path).status_code == 200


def test_a_look_makes_nothing(jelena: Visitor) -> None:
    """Only the button does."""
    jelena.get("/feed")
    jelena.client.head("/feed")

    assert "You have no address yet" in jelena.get("/feed").text


def test_a_new_address_closes_the_old_one(jelena: Visitor) -> None:
    """At once."""
    old, new = made(jelena), made(jelena)

    assert old != new
    assert jelena.get(old).status_code == 404
    assert jelena.get(new).status_code == 200


def test_a_closed_address_is_not_there(jelena: Visitor) -> None:
    """And the page says that there is none; closing twice does no harm."""
    path = made(jelena)

    assert jelena.post("/feed/close", form_at="/feed").location == "/feed"
    assert jelena.get(path).status_code == 404
    assert "You have no address yet" in jelena.get("/feed").text
    assert jelena.post("/feed/close", form_at="/feed").status_code == 303


def test_everybody_has_an_own_address(jelena: Visitor, signed_in: Callable[[Role], Visitor]) -> None:
    """Making one touches nobody else's."""
    hers, his = made(jelena), made(signed_in(Role.LAWYER))

    assert jelena.get(hers).status_code == 200
    assert jelena.get(his).status_code == 200
    assert jelena.get(hers).data != jelena.get(his).data
