"""Whatever is typed into any field of any form reaches neither the log, at any level, nor the database in clear."""

import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog

from tests.leftovers import file_bytes
from tests.security.marks import Marks
from tests.web.crawler import ENDS_SESSION, walk
from tests.web.hostile import in_query
from tests.web.visitor import TOKEN, Visitor
from tracker.domain.codes.people import Role
from tracker.privacy.redaction import configure_logging
from tracker.services.context import Context

LONG = 40
"""So often does a text stand where it is too long."""


@pytest.fixture
def log() -> Iterator[StringIO]:
    """The log of the program and of its libraries at the lowest level, for what is opened after it; afterwards all is as before."""
    root, stream = logging.getLogger(), StringIO()
    before = root.handlers[:], root.level
    configure_logging(stream, logging.DEBUG)
    root.setLevel(logging.DEBUG)
    database = logging.getLogger("sqlalchemy")
    before_that = database.level
    database.setLevel(logging.DEBUG)
    yield stream
    database.setLevel(before_that)
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.STEWARD, Role.ADMIN])
def test_what_is_typed_stays_where_it_was_typed(
    log: StringIO, demo_ctx: Context, signed_in: Callable[[Role], Visitor], role: Role
) -> None:  # fmt: skip
    """In every field at once, and too long; in every parameter of every page; with the page's token and without."""
    somebody, marks = signed_in(role), Marks()
    found = walk(somebody, "/", "/account", "/figures")
    token = TOKEN.search(somebody.get("/account").text)
    assert token
    forms = [form for form in found.forms if form.path.partition("?")[0] not in {*ENDS_SESSION, "/account/everywhere"}]
    for number, form in enumerate(forms):
        text = marks.text(f"form#{number}")
        for typed in (text, text * LONG):
            sent = in_query(**{name: typed for name, _ in form.fields})
            for word in ("", f"&csrf_token={token[1]}"):
                kind = "application/x-www-form-urlencoded"
                answer = somebody.client.open(form.path, method=form.method, data=sent + word, content_type=kind)
                assert answer.status_code < 500, form
    for number, path in enumerate(found.pages):
        word = marks.text(f"page#{number}", "a{}")
        assert somebody.get(f"{path.partition('?')[0]}/{word}?q={word}&after={word}").status_code < 500

    assert len(forms) > 2
    assert "FROM account" in log.getvalue()
    assert marks.found_in(log.getvalue().encode()) == set()
    assert marks.found_in(file_bytes(demo_ctx)) == set()


def test_the_log_is_kept(log: StringIO) -> None:
    """What is logged at the lowest level stands in what is searched."""
    structlog.get_logger("x").debug("said", mark="774411")
    logging.getLogger("sqlalchemy.engine").debug("said 998811")

    assert "774411" in log.getvalue()
    assert "998811" in log.getvalue()
