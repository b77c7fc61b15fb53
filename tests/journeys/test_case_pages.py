"""The case pages in a real browser: what a person does with them on a desk, on a phone, by keyboard, without scripts, on paper."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHAPES = "signs => signs.map(sign => sign.innerHTML.replace(/ class=.[^ />]*./g, ''))"


@pytest.fixture
def advocate(site: Site) -> Iterator[Callable[..., Page]]:
    """Open a page as an advocate who has signed in; scripts are off unless a test measures with one."""
    opened: list[BrowserContext] = []

    def somebody(*, scripts: bool = False, **how: Any) -> Page:  # noqa: ANN401 - as Playwright's new_context takes them
        context = site.browser.new_context(base_url=site.url, locale="en", java_script_enabled=scripts, **{"viewport": DESKTOP, **how})
        context.set_default_timeout(10_000)
        opened.append(context)
        page = site.sign_in(context.new_page())
        page.get_by_role("button", name="English", exact=True).click()
        return page

    yield somebody
    for context in opened:
        context.close()


def to_the_case(page: Page) -> None:
    """Go from the list to the case with three confrontations, searching for its number as somebody would write it."""
    page.goto("/proceedings/")
    page.get_by_label("Case number, reference or name").fill("k.br. 32/2025")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="K 32/2025").click()
    page.wait_for_url("**/proceedings/*")


def test_from_the_morning_to_the_case(advocate: Callable[..., Page]) -> None:
    """A flag on the board leads to the same flag on its case's page, with facts and law."""
    page = advocate()
    page.goto("/")
    page.get_by_role("link", name="Repeated contact with the accused").first.click()
    page.wait_for_url("**#flag-*")

    flag = page.locator(":target")
    expect(flag).to_contain_text("Directive 2011/36/EU")
    expect(flag.get_by_role("link", name="hearing of 8 Sep 2026")).to_be_visible()


def test_the_picture_and_its_table_say_the_same(advocate: Callable[..., Page]) -> None:
    """A drawing with a name and a description, and behind it a table that opens without a script."""
    page = advocate()
    to_the_case(page)
    table = page.get_by_role("table", name="Everything on the timeline, oldest first")

    expect(page.get_by_role("img", name="Timeline of the proceeding")).to_be_visible()
    expect(table).to_be_hidden()
    page.get_by_text("The same as a table").click()
    expect(table.get_by_role("cell", name="Testified face to face with the accused")).to_have_count(3)


def test_signs_differ_by_shape(advocate: Callable[..., Page]) -> None:
    """No two signs of the legend are drawn alike, whatever their colour."""
    page = advocate(scripts=True)
    to_the_case(page)
    shapes = page.locator(".legend svg").evaluate_all(SHAPES)

    assert len(set(shapes)) == len(shapes) > 5


def test_on_a_small_phone_only_the_timeline_scrolls(advocate: Callable[..., Page]) -> None:
    """The page keeps to its width; the timeline begins at today, where the eye wants it."""
    page = advocate(scripts=True, viewport=PHONE)
    for path in ("/", "/proceedings/"):
        page.goto(path)
        assert page.evaluate(WIDER) <= 0
    to_the_case(page)
    box = page.get_by_role("region", name="Timeline, scrolls sideways")
    box.scroll_into_view_if_needed()

    assert page.evaluate(WIDER) <= 0
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    expect(page.locator(".today-name")).to_be_in_viewport()


def test_a_flag_is_taken_on_and_dismissed_by_keyboard(advocate: Callable[..., Page]) -> None:
    """Enter, words, Enter; each button says what it is about."""
    page = advocate()
    to_the_case(page)
    page.get_by_role("button", name="I take care of it (Came to court for nothing)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You took this on").first).to_be_visible()

    flag = page.locator("#flags .flag", has_text="First instance takes long")
    flag.get_by_text("Dismiss…").focus()
    page.keyboard.press("Enter")
    flag.get_by_label("Why").fill("written to the president of the court")
    page.keyboard.press("Enter")
    page.get_by_text("1 dismissed flag").click()
    expect(page.get_by_text("written to the president of the court")).to_be_visible()


def test_paper_shows_the_case_without_its_buttons(advocate: Callable[..., Page]) -> None:
    """Printing drops what only a screen needs."""
    page = advocate(viewport={"width": 800, "height": 1100})
    to_the_case(page)
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator(".flag-steps").first).to_be_hidden()
    expect(page.locator(".timeline-drawing")).to_be_visible()
