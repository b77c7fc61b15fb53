"""The pages on which a case's facts are added to and corrected: listed by kind, checked at their place, never overwritten unseen."""

import re
from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role
from tracker.web.record_form import all_forms

SEEN = re.compile(r'name="seen" value="([^"]*)"')


@pytest.fixture
def advocate(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """The advocate of the invented office."""
    return signed_in(Role.ADVOCATE)


@pytest.fixture
def case(advocate: Visitor) -> str:
    """The address of the record of one of her cases that has a measure."""
    for path in dict.fromkeys(re.findall(r'href="(/proceedings/[0-9a-f]{12})', advocate.get("/proceedings/").text)):
        if f"{path}/record/measures/" in advocate.get(f"{path}/record").text.replace("/record/measures/new", ""):
            return f"{path}/record"
    pytest.fail("no case with a measure")


def first(advocate: Visitor, case: str, slug: str) -> str:
    """Return the address of the first entry of a kind."""
    found = re.search(rf'href="({case}/{slug}/(?!new)[^"]+)"', advocate.get(case).text)
    assert found is not None
    return found[1]


def fields(advocate: Visitor, path: str) -> dict[str, str]:
    """Return what stands in a form."""
    text = advocate.get(path).text
    found = dict(re.findall(r'<input class="form-control" id="(\w+)"[^>]*value="([^"]*)"', text))
    for name, options in re.findall(r'<select class="form-select" id="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    seen = SEEN.search(text)
    assert seen is not None
    return found | {"seen": seen[1]}


def test_every_kind_has_its_list_and_its_empty_form(advocate: Visitor, case: str) -> None:
    """All of them, from the page of the case."""
    index = advocate.get(case).text
    assert f'href="{case}"' in advocate.get(case.removesuffix("/record")).text
    for slug in all_forms():
        assert f'href="{case}/{slug}/new"' in index
        assert advocate.get(f"{case}/{slug}/new").status_code == 200


def test_an_entry_is_added(advocate: Visitor, case: str) -> None:
    """It stands in its list at once; required fields and days are checked at their place; what was typed stays."""
    new = f"{case}/incidents/new"
    wrong = advocate.post(new, form_at=new, on="јуче", kind="THREAT", seen="")
    assert wrong.status_code == 422
    assert 'id="on-problem"' in wrong.text
    assert 'value="јуче"' in wrong.text
    assert 'value="THREAT" selected' in wrong.text
    assert 'id="kind-problem"' in advocate.post(new, form_at=new, on="2026-11-02", kind="<b>", seen="").text
    before = advocate.get(case).text.count("/incidents/")

    done = advocate.post(new, form_at=new, on="2026-11-02", kind="THREAT", against="FAMILY", seen="")
    assert (done.status_code, done.location) == (303, f"{case}#incidents")
    assert advocate.get(case).text.count("/incidents/") == before + 1


def test_an_entry_is_corrected_and_what_it_said_is_there(advocate: Visitor, case: str) -> None:
    """The history stands below the form; sending the same again adds nothing to it."""
    path = first(advocate, case, "measures")
    sent = {**fields(advocate, path), "decision": "REVOKED", "decided_on": "2026-11-20"}
    assert advocate.post(path, form_at=path, **sent).status_code == 303
    again = advocate.get(path).text
    assert 'value="REVOKED" selected' in again
    assert again.count("What it said before") == 1
    assert advocate.post(path, form_at=path, **fields(advocate, path)).status_code == 303
    assert advocate.get(path).text.count("<dl") == again.count("<dl")


def test_who_comes_second_sees_both(advocate: Visitor, case: str) -> None:
    """Their own answers stay in the form, those of the record beside them; sent again they count."""
    path = first(advocate, case, "measures")
    old = fields(advocate, path)
    assert advocate.post(path, form_at=path, **{**old, "decision": "REFUSED"}).status_code == 303
    late = advocate.post(path, form_at=path, **{**old, "decision": "REVOKED"})
    assert late.status_code == 409
    assert 'value="REVOKED" selected' in late.text
    assert "In the record now: refused" in late.text
    seen = SEEN.search(late.text)
    assert seen is not None
    assert advocate.post(path, form_at=path, **{**old, "decision": "REVOKED", "seen": seen[1]}).status_code == 303


def test_what_is_not_there_is_not_there(advocate: Visitor, case: str, signed_in: Callable[[Role], Visitor]) -> None:
    """No such kind, no such entry, a case of somebody else, another role."""
    for path in (f"{case}/secrets/new", f"{case}/measures/xyz", f"{case}/measures/čć", case.replace("/proceedings/", "/proceedings/0")):
        assert advocate.get(path).status_code == 404
    assert signed_in(Role.STEWARD).get(case).status_code == 404
