"""The page of who a victim is: masked, shown once, entered; and the finder that finds her."""

import html
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests.web.visitor import Visitor, enrol
from tracker.domain.codes.people import Role
from tracker.services.context import Context

LINK = re.compile(r'href="(/proceedings/[^"]+/identity)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
ENTERED = {"name": "CANARY Марија", "phone": "+38160111222", "address": "CANARY <b>street</b>", "note": "\nCANARY note"}


def her(somebody: Visitor) -> str:
    """Return the address of a victim, from the page of her case."""
    case = re.search(r'href="(/proceedings/[^"?#]+)"', somebody.get("/proceedings/?q=K+32/2025").text)
    assert case
    found = LINK.search(somebody.get(case[1]).text)
    assert found
    return found[1]


@pytest.fixture
def lawyer(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """Somebody who may look."""
    return signed_in(Role.ADVOCATE)


def enter(somebody: Visitor, **fields: str) -> tuple[int, str]:
    """Send the form as it stands on the page, and return status and text of the answer."""
    page = somebody.get(her(somebody)).text
    if 'value="show"' in page:
        page = somebody.post(her(somebody), form_at=her(somebody), do="show").text
    seen = SEEN.search(page)
    assert seen
    answer = somebody.post(her(somebody), form_at=her(somebody), seen=seen[1], **{**ENTERED, **fields})
    return answer.status_code, answer.text


def test_from_nothing_to_shown(lawyer: Visitor) -> None:
    """An empty form first; what was kept is masked; shown on asking, once, and never stored by the browser."""
    address = her(lawyer)
    assert "pseudonym is enough" in lawyer.get(address).text
    assert enter(lawyer)[0] == 303
    masked = lawyer.get(f"{address}?kept=yes")
    shown = lawyer.post(address, form_at=address, do="show")
    again = lawyer.get(address)

    assert "Kept, sealed." in masked.text
    assert "CANARY" not in masked.text + again.text
    assert "60111222" not in masked.text + again.text
    assert all(html.escape(text, quote=False).replace("\n", "", 1) in shown.text for text in ENTERED.values())
    assert [page.headers["Cache-Control"] for page in (masked, shown, again)] == ["no-store"] * 3
    assert "CANARY" not in lawyer.get(address.rpartition("/victims/")[0]).text


def test_what_cannot_be_kept_is_told_at_its_field(lawyer: Visitor) -> None:
    """Nothing was kept, what was typed is still there, and the summary leads to the field."""
    status, text = enter(lawyer, phone="1" * 61)

    assert status == 422
    assert '<a href="#phone">' in text
    assert 'aria-describedby="problem-phone" aria-invalid="true"' in text
    assert "CANARY &lt;b&gt;street" in text
    assert "pseudonym is enough" in lawyer.get(her(lawyer)).text


def test_a_stale_form_changes_nothing(lawyer: Visitor) -> None:
    """Somebody else was faster."""
    assert enter(lawyer)[0] == 303

    assert lawyer.post(her(lawyer), form_at=her(lawyer), seen="stale", name="x").status_code == 409


def test_the_finder_finds_her_and_keeps_her_name_out_of_addresses(lawyer: Visitor, demo_ctx: Context) -> None:
    """A form by POST; the answer has no link with the name in it; a colleague without the case finds nothing."""
    enter(lawyer, name="Марија Ђорђевић")
    page = lawyer.post("/proceedings/", form_at="/proceedings/", q="DJORDJEVIC marija")
    enrol(demo_ctx, "stranger")
    stranger = Visitor(lawyer.app)
    stranger.sign_in("stranger")
    other = stranger.post("/proceedings/", form_at="/proceedings/", q="DJORDJEVIC marija")

    assert her(lawyer).rpartition("/victims/")[0] in page.text
    assert not re.search(r'(href|action)="[^"]*marija', page.text, re.IGNORECASE)
    assert her(lawyer).rpartition("/victims/")[0] not in other.text


def test_a_broken_seal_is_said_calmly(lawyer: Visitor, demo_ctx: Context) -> None:
    """On her page, on the page of the case, on the board and in the list, in the reader's language."""
    enter(lawyer)
    address = her(lawyer)
    case = address.rpartition("/victims/")[0]
    with demo_ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE victim_identity SET pseudonym_sealed = name_sealed, name_sealed = x'0101'"))
        db.connection().execute(sa.text("UPDATE case_number SET text_sealed = x'01010000000000000000000000000000'"))
    for path in ("/", "/proceedings/", case, address):
        page = lawyer.get(path)
        assert page.status_code == 200, path
        assert re.search(r"cannot be read \([\w-]{8}\)", page.text), path
    shown = lawyer.post(address, form_at=address, do="show")

    assert shown.status_code == 200
    assert 'id="broken-name">cannot be read' in shown.text
    assert "60111222" in shown.text


def test_a_lost_key_is_told_as_such(lawyer: Visitor, demo_ctx: Context) -> None:
    """Not as an error of ours, not as corruption: the number of the key, and that nothing is lost."""
    with demo_ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE case_number SET text_sealed = CAST(x'0107' || substr(text_sealed, 3) AS BLOB)"))
    page = lawyer.get("/proceedings/")

    assert page.status_code == 503
    assert "A key is missing" in page.text
    assert "key 7" in page.text
