"""Tests of the page of one proceeding."""

import re
from collections.abc import Callable

from tests.web.visitor import Visitor
from tracker.domain.codes.people import Role

LINK = re.compile(r'href="(/proceedings/[^"?#]+)"')


def confronted(somebody: Visitor) -> str:
    """Return the address of the case with three confrontations."""
    found = LINK.search(somebody.get("/proceedings/?q=K+32/2025").text)
    assert found
    return found[1]


def test_the_page_tells_the_whole_case(signed_in: Callable[[Role], Visitor]) -> None:
    """Clocks, timeline with its table, flags with law and steps, victims with counts, hearings, messages."""
    somebody = signed_in(Role.ADVOCATE)
    page = somebody.get(confronted(somebody))

    assert page.status_code == 200
    for text in (
        "K 32/2025", "First instance", "and running", "Timeline of the proceeding", "The same as a table",
        "Testified face to face with the accused",
        "Directive 2011/36/EU", "Legal basis not yet confirmed by a lawyer", "I take care of it", "Saw the accused", "3 not observed",
        "refused", "Hearings, newest first", "Messages about this case", "Flag raised",
    ):  # fmt: skip
        assert text in page.text


def test_the_picture_is_described_and_its_table_is_complete(signed_in: Callable[[Role], Visitor]) -> None:
    """Every mark that is drawn is a line of the table."""
    somebody = signed_in(Role.ADVOCATE)
    page = somebody.get(confronted(somebody)).text
    drawing = page[page.index('<svg class="timeline-drawing') : page.index('<details class="behind">')]
    table = page[page.index("Everything on the timeline") : page.index('id="flags"')]

    assert 'aria-labelledby="timeline-title timeline-desc"' in drawing
    assert table.count("Testified face to face with the accused") == drawing.count("Testified face to face with the accused (") == 3


def test_what_is_not_ones_own_looks_like_nothing(signed_in: Callable[[Role], Visitor]) -> None:
    """Another advocate's case, a wrong address and a role without cases give the same page."""
    mine = confronted(signed_in(Role.ADVOCATE))
    admin = signed_in(Role.ADMIN)

    assert admin.get(mine).status_code == admin.get("/proceedings/nothing").status_code == 404


def test_nobody_reads_it_without_signing_in(visitor: Visitor) -> None:
    """The sign-in page comes first."""
    assert visitor.get("/proceedings/whatever").status_code == 303
