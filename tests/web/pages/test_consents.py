"""The steward's pages of consents and retention: no identities, a page of its own before a withdrawal."""

import re
from collections.abc import Callable

from tests.web.visitor import Visitor
from tracker.demo.people import PSEUDONYMS
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.services.retaining import retain


def test_the_list_and_one_entry_name_nobody(signed_in: Callable[[Role], Visitor], demo_ctx: Context) -> None:
    """Opaque references and dates; no pseudonym, no case number, no court."""
    steward = signed_in(Role.STEWARD)
    retain(demo_ctx)
    index = steward.get("/consents").text
    ref = re.search(r"/consents/([0-9a-f]{12})", index)
    assert ref is not None
    pages = (
        index + steward.get(f"/consents/{ref[1]}").text + steward.get(f"/consents/{ref[1]}/withdraw").text + steward.get("/retention").text
    )

    assert not [name for name in PSEUDONYMS if re.search(rf"\b{name}\b", pages)]
    assert not re.search(r"\bK \d+/\d+", pages)


def test_a_withdrawal_is_confirmed_and_entered(signed_in: Callable[[Role], Visitor]) -> None:
    """Looking at the page of it changes nothing; the entry says so afterwards."""
    steward = signed_in(Role.STEWARD)
    found = re.search(r"/consents/([0-9a-f]{12})", steward.get("/consents").text)
    assert found is not None
    one = f"/consents/{found[1]}"
    before = steward.get(one).text
    steward.get(f"{one}/withdraw")
    wrong = steward.post(f"{one}/give", form_at=one, given_on="soon", expires_on="")
    done = steward.post(f"{one}/withdraw", form_at=f"{one}/withdraw", scope="RECORD")

    assert wrong.status_code == 422
    assert done.status_code == 303
    assert steward.get(one).text != before
    assert steward.get("/consents/000000000000").status_code == 404
