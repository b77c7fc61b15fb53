"""The form of a hearing: kept while it is filled in, finished at once, wrong answers said at their place, nothing of them lost."""

import re
from collections.abc import Callable

import pytest

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role

TO_WRITE = re.compile(r'class="debrief-needs" href="([^"]+)"')
VICTIM = re.compile(r'name="([\w-]{22})\.attended"')


@pytest.fixture
def advocate(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """The advocate of the invented office."""
    return signed_in(Role.ADVOCATE)


@pytest.fixture
def form(advocate: Visitor) -> str:
    """The address of a hearing that waits to be written down, with a victim summoned."""
    for path in TO_WRITE.findall(advocate.get("/").text):
        if VICTIM.search(advocate.get(path).text):
            return str(path)
    pytest.fail("nothing to write down")


def victim(advocate: Visitor, form: str) -> str:
    """Return the name of the first victim in the form's fields."""
    found = VICTIM.search(advocate.get(form).text)
    assert found is not None
    return found[1]


def marks(advocate: Visitor, form: str) -> dict[str, str]:
    """Return what the form carries of what was seen."""
    return dict(re.findall(r'name="((?:[\w-]{22}\.)?seen)" value="([^"]*)"', advocate.get(form).text))


def test_a_hearing_is_written_down(advocate: Visitor, form: str) -> None:
    """It leads back to the case, leaves the board, and the form then offers a correction with what was chosen."""
    her = victim(advocate, form)
    answer = advocate.post(
        form, form_at=form, do="finish", outcome="HELD",
        **{f"{her}.attended": "TESTIFIED", f"{her}.visual_contact": "DIRECT", f"{her}.minutes_waiting": "95"}, **marks(advocate, form),
    )  # fmt: skip
    again = advocate.get(form).text

    assert answer.status_code == 303
    assert answer.location.endswith("#hearings")
    assert form not in TO_WRITE.findall(advocate.get("/").text)
    assert re.search(rf'name="{her}.visual_contact" value="DIRECT" checked', again)
    assert 'value="95"' in again
    assert "Whatever you change is a correction" in again


def test_a_draft_is_kept_and_nobody_else_sees_it(advocate: Visitor, form: str, signed_in: Callable[[Role], Visitor]) -> None:
    """It stays on the board; what was chosen is there on the next look, words in the place of a number are not."""
    her = victim(advocate, form)
    sent = {f"{her}.attended": "TESTIFIED", f"{her}.minutes_waiting": "Zorica", f"{her}.minutes_testifying": "95"}
    assert advocate.post(form, form_at=form, do="keep", outcome="HELD", **sent).location.endswith("kept=yes")
    assert form in TO_WRITE.findall(advocate.get("/").text)
    kept = advocate.get(form).text
    assert 'value="95"' in kept
    assert "Zorica" not in kept
    assert "counts for nothing until you finish" in kept
    assert 'value="95"' not in signed_in(Role.SUPERVISOR).get(form).text


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({}, "outcome"),
        ({"outcome": "<script>"}, "outcome"),
        ({"outcome": "HELD", "next_on": "sutra"}, "next_on"),
        ({"outcome": "HELD", "her.attended": "TESTIFIED", "her.minutes_waiting": "дуго"}, "her.minutes_waiting"),
        ({"outcome": "HELD", "her.attended": "TESTIFIED", "her.travel_km": "-4"}, "her.travel_km"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(advocate: Visitor, form: str, sent: dict[str, str], place: str) -> None:
    """Linked from the head of the page; the rest is there as it was chosen."""
    her = victim(advocate, form)
    named = {name.replace("her.", f"{her}."): value for name, value in sent.items()}
    answer = advocate.post(form, form_at=form, do="finish", **named, **marks(advocate, form))

    assert answer.status_code == 422
    assert f'href="#{place.replace("her.", f"{her}.")}"' in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]


def test_who_comes_second_sees_both(advocate: Visitor, form: str) -> None:
    """Their own choice stays in the form; what the record says stands beside it."""
    her, old = victim(advocate, form), marks(advocate, form)
    first = {f"{her}.attended": "TESTIFIED", f"{her}.visual_contact": "DIRECT"}
    assert advocate.post(form, form_at=form, do="finish", outcome="HELD", **first, **old).status_code == 303
    late = advocate.post(form, form_at=form, do="finish", outcome="RECESSED", **{**first, f"{her}.visual_contact": "NONE"}, **old)

    assert late.status_code == 409
    assert "Somebody else wrote meanwhile" in late.text
    assert "face to face" in late.text.partition("</table>")[0]
    assert re.search(rf'name="{her}.visual_contact" value="NONE" checked', late.text)


def test_hearings_of_others_and_of_tomorrow_are_not_there(advocate: Visitor, form: str) -> None:
    """Like any page that is none."""
    assert advocate.get(form.replace("/hearings/", "/hearings/x")).status_code == 404
    assert advocate.post(form.replace("/debrief", "/debrief/adopt"), form_at=form, login="nobody").status_code == 404
