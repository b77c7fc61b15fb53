"""Tests of the list of proceedings."""

import re
from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role

ROW = re.compile(r'<th scope="row"><a class="case-number"[^>]*>([^<]+)</a>')


def numbers(page: str) -> list[str]:
    """Return the case numbers of the list, in order."""
    return ROW.findall(page)


def test_open_cases_come_first(signed_in: Callable[[Role], Visitor]) -> None:
    """Closed ones on demand; all together are as many as both."""
    somebody = signed_in(Role.ADVOCATE)
    shown = {state: numbers(somebody.get(f"/proceedings/?state={state}").text) for state in ("open", "closed", "all", "nonsense")}

    assert shown["open"]
    assert shown["closed"]
    assert sorted(shown["all"]) == sorted(shown["open"] + shown["closed"])
    assert numbers(somebody.get("/proceedings/").text) == shown["open"] == shown["nonsense"]


@pytest.mark.parametrize("spelling", ["k 32/2025", "К.бр. 32/25", "1K 32/2025"])
def test_a_number_in_any_spelling_leads_to_its_case(signed_in: Callable[[Role], Visitor], spelling: str) -> None:
    """Closed or open."""
    assert numbers(
        signed_in(Role.ADVOCATE)
        .get(
            "/proceedings/",
        )
        .text
    )
    page = signed_in(Role.ADVOCATE).client.get("/proceedings/", query_string={"q": spelling})

    assert numbers(page.text) == ["K 32/2025"]


def test_filters_are_kept_and_narrow(signed_in: Callable[[Role], Visitor]) -> None:
    """What was chosen stays chosen; nonsense is no filter."""
    somebody = signed_in(Role.ADVOCATE)
    narrowed = somebody.get("/proceedings/?phase=TRIAL&offence=THB_MINOR&flagged=yes")
    page = narrowed.text

    assert '<option value="TRIAL" selected>' in page
    assert '<option value="THB_MINOR" selected>' in page
    assert "Show all" in page
    assert numbers(page)
    assert numbers(somebody.get("/proceedings/?phase=NO&offence=NO").text) == numbers(somebody.get("/proceedings/").text)


def test_finding_nothing_says_what_to_do(advocate: Visitor) -> None:
    """A search that fails, and a docket without a case."""
    assert "No case of yours fits" in advocate.get("/proceedings/?q=K+1/24").text
    assert "No open case is assigned to you" in advocate.get("/proceedings/").text


def test_a_role_without_cases_finds_no_list(signed_in: Callable[[Role], Visitor]) -> None:
    """It is not there."""
    assert signed_in(Role.ADMIN).get("/proceedings/").status_code == 404
