"""The application over an empty office, and somebody in front of it."""

import pytest
from flask import Flask

from tests.web.visitor import Visitor, enrol
from tracker.services.context import Context
from tracker.web.app import create_app


@pytest.fixture
def app(sqlite_ctx: Context) -> Flask:
    """The application, in earnest: forms need their tokens."""
    return create_app(sqlite_ctx)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app)


@pytest.fixture
def advocate(app: Flask, sqlite_ctx: Context) -> Visitor:
    """An advocate, signed in."""
    enrol(sqlite_ctx, "ana")
    found = Visitor(app)
    assert found.sign_in("ana").status_code == 302
    return found
