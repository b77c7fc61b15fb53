"""The program as people meet it: an invented office, really served, in a real browser."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from jobs.deliver import JOB as DELIVER
from jobs.remind import JOB as REMIND
from jobs.sweep import JOB as SWEEP
from tests.conftest import IN_CI, MORNING
from tests.web.visitor import fresh_code
from tracker.domain.clock import FixedClock
from tracker.domain.codes.people import Language
from tracker.formats.pack_toml import load_pack
from tracker.services.context import SYSTEM, Context
from tracker.services.demo import DEMO_PASSWORD, load_demo
from tracker.settings import OfficeSettings, Settings
from tracker.storage.engine import Database
from tracker.web.app import create_app
from tracker.web.i18n import NAMES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's own browser; without one there is nothing to test here."""
    if CHROMIUM is None:
        if IN_CI:
            pytest.fail("a browser is needed in CI")
        pytest.skip("no chromium")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@dataclass(frozen=True, slots=True)
class Site:
    """The served program, and the browser to look at it with."""

    url: str
    browser: Browser
    ctx: Context

    def visit(self, *, language: str = "en", viewport: dict[str, int] | None = None, scheme: str = "light") -> Page:
        """Open a fresh browser window in front of the sign-in page."""
        context: BrowserContext = self.browser.new_context(
            base_url=self.url, locale=language, viewport=viewport or DESKTOP, color_scheme=scheme  # type: ignore[arg-type]
        )  # fmt: skip
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/login")
        page.get_by_role("button", name=NAMES[Language(language)], exact=True).click()
        return page

    def sign_in(self, page: Page, login: str = "jelena") -> Page:
        """Sign in as one of the invented people."""
        page.goto("/login")
        page.fill("#email", login)
        page.fill("#password", DEMO_PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/second-factor" in url)
        page.fill("#code", fresh_code(self.ctx, login))
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/second-factor" not in url)
        return page


@pytest.fixture(scope="session")
def demo_office(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Context]:
    """An invented office on a morning when the jobs have just run."""
    path = tmp_path_factory.mktemp("journey") / "tracker.sqlite3"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}")
    invented = settings.model_copy(update={"office": OfficeSettings(demo=True)})
    ctx = Context(
        clock=FixedClock(MORNING), database=database, keys=invented.key_ring(), pack=load_pack("RS"), settings=invented, actor=SYSTEM
    )  # fmt: skip
    load_demo(ctx)
    for job in (SWEEP, REMIND, DELIVER):
        job.run(ctx)
    yield ctx
    database.close()


@pytest.fixture(scope="session")
def site(demo_office: Context, browser: Browser) -> Iterator[Site]:
    """The pages, served on a port of their own."""
    with serving(demo_office) as url:
        yield Site(url, browser, demo_office)


@contextmanager
def serving(ctx: Context) -> Iterator[str]:
    """Serve the pages of a system and give their address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_app(ctx), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
