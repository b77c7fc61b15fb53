"""A hearing is written down in a corridor: with a thumb, in few taps, and nothing is lost when the phone rings."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import demo_office
from tests.journeys.conftest import PHONE, Site, serving
from tracker.settings import Settings

MOST = 12
"""Interactions for an ordinary hearing: about a minute with one hand."""


@pytest.fixture
def office(empty_sqlite: Path, tmp_path: Path, settings: Settings, browser: Browser) -> Iterator[Site]:
    """An invented office of this test's own: it is written to."""
    made = demo_office.made(empty_sqlite, tmp_path, settings)
    ctx = demo_office.copied(made, tmp_path, settings)
    with serving(ctx) as url:
        yield Site(url, browser, ctx)
    ctx.database.close()


class Thumb:
    """Counts what a person has to do."""

    def __init__(self, page: Page) -> None:
        """Nothing done yet."""
        self.page, self.taps = page, 0

    def choose(self, question: str, answer: str) -> None:
        """Tap one answer."""
        group = self.page.get_by_role("group", name=question, exact=True).first
        group.locator("label.chip", has_text=re.compile(rf"^{answer}$")).click()
        self.taps += 1

    def tap(self, name: str) -> None:
        """Tap a link or a button."""
        self.page.get_by_role("main").locator("a, button").filter(has_text=name).first.click()
        self.taps += 1


def test_an_ordinary_hearing_takes_few_taps(office: Site) -> None:
    """From the board to the record: what became of it, whether she came, how, who could see whom, a measure, done."""
    thumb = Thumb(office.sign_in(office.visit(viewport=PHONE)))
    thumb.page.goto("/")
    thumb.tap("Write down its outcome")
    where = thumb.page.url
    thumb.choose("What became of the hearing?", "Held")
    thumb.choose("Did she come, and was she heard?", "came and was heard")
    thumb.choose("How was she heard?", "in the courtroom")
    thumb.choose("Where was the accused meanwhile?", "in the room")
    thumb.choose("Could they see each other?", "face to face")
    thumb.choose("Degrading questions or conduct?", "none")
    thumb.choose("Was a support person with her?", "no")
    axe = Axe().run(thumb.page, options={"resultTypes": ["violations"]})
    thumb.tap("Finish")
    thumb.page.wait_for_url("**#hearings")

    assert thumb.taps <= MOST
    assert axe.violations_count == 0, axe.generate_report()
    thumb.page.goto(where)
    expect(thumb.page.locator("input[value=DIRECT]")).to_be_checked()
    thumb.page.context.close()


def test_what_was_chosen_is_kept_while_it_is_chosen(office: Site) -> None:
    """No button was pressed; the phone is closed, and on another one it is there."""
    page = office.sign_in(office.visit(viewport=PHONE))
    page.goto("/")
    page.get_by_role("link", name="Write down its outcome").first.click()
    where = page.url
    Thumb(page).choose("What became of the hearing?", "Recessed")
    expect(page.get_by_text("Kept.")).to_be_visible()
    page.context.close()
    elsewhere = office.sign_in(office.visit(viewport=PHONE))
    elsewhere.goto(where)

    expect(elsewhere.locator("input[value=RECESSED]")).to_be_checked()
    expect(elsewhere.get_by_text("counts for nothing until you finish")).to_be_visible()
    elsewhere.context.close()
