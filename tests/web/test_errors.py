"""Failures as people see them: a plain page, no detail, and never a second failure."""

import shutil
from pathlib import Path

import pytest
import structlog
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from tests.web.visitor import Visitor
from tracker.domain.errors import ConflictError, DatabaseNotReadyError, ForbiddenError, InvalidInputError, NotFoundError, Problem
from tracker.services.context import Context
from tracker.web.access import public

SECRET = "CANARY-SECRET"


def failing(app: Flask, error: Exception) -> Visitor:
    """Return a visitor of an application in which /fails fails so."""

    @public
    def fails() -> str:
        raise error

    app.add_url_rule("/fails", "fails", fails)
    return Visitor(app)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFoundError(SECRET), 404),
        (ForbiddenError(SECRET), 404),
        (ConflictError(SECRET), 409),
        (InvalidInputError([Problem(SECRET, SECRET)]), 422),
        (DatabaseNotReadyError(SECRET), 503),
        (TooManyRequests(SECRET), 429),
        (RequestEntityTooLarge(SECRET), 413),
        (ValueError(SECRET), 500),
    ],
)
def test_an_error_becomes_a_page(app: Flask, error: Exception, status: int) -> None:
    """Each with its status, in words, without what the error itself says."""
    answer = failing(app, error).get("/fails")

    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert SECRET not in answer.text


def test_what_nobody_expected_is_logged_by_reference(app: Flask) -> None:
    """The page tells the reference that the log holds; the log holds the kind of error and nothing of its words."""
    with structlog.testing.capture_logs() as logs:
        answer = failing(app, ValueError(SECRET)).get("/fails")

    assert [(each["event"], each["error"]) for each in logs] == [("page.failed", "ValueError")]
    assert logs[0]["reference"] in answer.text
    assert str(logs[0]["where"]).startswith("test_errors.py:")
    assert SECRET not in str(logs)


def test_a_page_even_without_a_database(advocate: Visitor, sqlite_ctx: Context, tmp_path: Path) -> None:
    """Who is signed in cannot be looked up then; the page says that something is wrong all the same."""
    sqlite_ctx.database.close()
    shutil.move(tmp_path / "tracker.sqlite3", tmp_path / "elsewhere.sqlite3")
    with structlog.testing.capture_logs():
        answer = advocate.get("/messages")

    assert answer.status_code in {500, 503}
    assert "<h1>" in answer.text
    assert "sqlite" not in answer.text


def test_a_wrong_method_is_said_in_words(visitor: Visitor) -> None:
    """Not as a bare line of the server."""
    answer = visitor.get("/language")

    assert answer.status_code == 405
    assert "<h1>" in answer.text
