"""The application over an empty office and over the invented one, and somebody in front of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import demo_office
from tests.compiled_templates import CompiledTemplates
from tests.web.visitor import Visitor, enrol
from tracker.domain.codes.people import Role
from tracker.services.context import Context
from tracker.settings import Settings
from tracker.web.app import create_app

Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}


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


@pytest.fixture(scope="session")
def demo_file(empty_sqlite: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented office in a file to copy."""
    return demo_office.made(empty_sqlite, tmp_path_factory.mktemp("demo"), settings)


@pytest.fixture
def demo_ctx(demo_file: Path, tmp_path: Path, settings: Settings) -> Iterator[Context]:
    """The system over an invented office of this test's own."""
    ctx = demo_office.copied(demo_file, tmp_path, settings)
    yield ctx
    ctx.database.close()


@pytest.fixture
def demo_app(demo_ctx: Context) -> Flask:
    """The application over the invented office."""
    return create_app(demo_ctx)


@pytest.fixture(scope="session")
def sessions() -> dict[Role, str]:
    """The cookies of those who signed in: each copy of the invented office knows the same sign-ins, and its clock stands still."""
    return {}


@pytest.fixture
def signed_in(demo_app: Flask, sessions: dict[Role, str]) -> Callable[[Role], Visitor]:
    """Somebody of a role in the invented office, signed in; in earnest the first time, with the same session after that."""

    def somebody(role: Role) -> Visitor:
        found = Visitor(demo_app)
        if role in sessions:
            found.client.set_cookie("session", sessions[role])
            assert found.get("/account").status_code == 200
            return found
        assert found.sign_in(demo_office.SIGN_IN[role], demo_office.PASSWORD).status_code == 302
        cookie = found.client.get_cookie("session")
        assert cookie is not None
        sessions[role] = cookie.value
        return found

    return somebody
