"""Tests of what people do with flags."""

import re
from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role

FORM = re.compile(r'action="(?P<path>/proceedings/[^/]+/flags/(?P<flag>[^/]+)/(?P<act>close|dismiss|acknowledge))"')
LINK = re.compile(r'href="(/proceedings/[^"?#]+)"')


@pytest.fixture
def somebody(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """An advocate."""
    return signed_in(Role.ADVOCATE)


@pytest.fixture
def case(somebody: Visitor) -> str:
    """The address of a case with flags of both kinds."""
    found = LINK.search(somebody.get("/proceedings/?q=K+32/2025").text)
    assert found
    return found[1]


def form(page: str, act: str) -> str:
    """Return where the first form of this act leads."""
    return next(found["path"] for found in FORM.finditer(page) if found["act"] == act)


def test_taking_a_flag_on_is_noted(somebody: Visitor, case: str) -> None:
    """The page says who did; the board of today no longer asks."""
    path = form(somebody.get(case).text, "acknowledge")
    answer = somebody.post(path, form_at=case)

    assert answer.status_code == 303
    assert "You took this on" in somebody.get(case).text
    assert path.split("/")[-2] not in somebody.get("/").text


@pytest.mark.parametrize(("act", "said"), [("close", "closed by a person"), ("dismiss", "quiet until it gets graver")])
def test_an_event_is_closed_and_a_state_dismissed(somebody: Visitor, case: str, act: str, said: str) -> None:
    """With the person's words, which only this page shows."""
    path = form(somebody.get(case).text, act)
    answer = somebody.post(path, form_at=case, reason="agreed with the court")

    assert answer.location == f"{case}#flags"
    page = somebody.get(case).text
    assert said in page
    assert "agreed with the court" in page


def test_without_a_reason_nothing_is_closed(somebody: Visitor, case: str) -> None:
    """The form comes back open, and says what it wants."""
    path = form(somebody.get(case).text, "close")
    answer = somebody.post(path, form_at=case, reason="  ")
    page = somebody.get(answer.location.partition("#")[0]).text

    assert "Write in a few words why it is closed." in page
    assert 'aria-invalid="true"' in page
    assert path in page


def test_a_form_without_its_token_is_refused(somebody: Visitor, case: str) -> None:
    """Another site cannot press the button."""
    assert somebody.client.post(form(somebody.get(case).text, "acknowledge")).status_code == 400


def test_another_ones_flag_is_not_there(somebody: Visitor, case: str) -> None:
    """As if it did not exist."""
    assert somebody.post(f"{case}/flags/nothing/acknowledge", form_at=case).status_code == 404
