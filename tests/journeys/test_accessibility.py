"""Every page, in three languages, on phone and desktop, by day and by night: readable by everybody."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.journeys.conftest import DESKTOP, PHONE, Site

WAYS = [
    ("en", DESKTOP, "light"),
    ("sr-Latn", PHONE, "dark"),
    ("sr-Cyrl", DESKTOP, "dark"),
    ("sr-Cyrl", PHONE, "light"),
]
CLOSED = ("/login", "/a/an-old-link", "/nothing/here")
NO_CASE = "nenad"


def pages(site: Site, page: Page) -> Iterator[str]:
    """Go to every page, as an advocate and as somebody without cases."""
    for path in CLOSED:
        page.goto(path)
        yield path
    site.sign_in(page)
    for path in (
        "/",
        "/proceedings/",
        "/proceedings/?q=nothing-like-it",
        "/figures",
        "/messages",
        "/feed",
        "/account",
        "/again",
        "/open-case",
    ):
        page.goto(path)
        yield path
    page.goto("/second-factor/set-up")
    yield "/second-factor/set-up"
    page.goto("/feed")
    page.click("main form button[type=submit]")
    yield "/feed with a new address"
    page.goto("/proceedings/")
    page.locator("main table a").first.click()
    yield "one proceeding"
    page.locator(".more summary").click()
    yield "one proceeding with more places"
    page.goto(f"{page.url.partition('#')[0]}/record")
    yield "its record"
    page.goto(f"{page.url}/measures/new")
    yield "a new measure"
    page.locator("header form").last.get_by_role("button").click()
    site.sign_in(page, NO_CASE)
    yield "/figures without cases"


OFFICE = {
    "ljiljana": ("case/who-looked", "case/identity"),
    "stana": ("/consents", "first", "/retention", "/steward"),
    "zaneta": ("/people", "first", "/people/new", "/settings"),
}
"""Who of the invented office sees what others do not; ``first`` is the first line of the page before."""


def office_pages(site: Site, page: Page) -> Iterator[str]:
    """Go to the pages of supervisors, stewards and administrators."""
    for login, paths in OFFICE.items():
        site.sign_in(page, login)
        for path in paths:
            _go(page, path)
            yield f"{path} of {login}"
        page.locator("header form").last.get_by_role("button").click()


def _go(page: Page, path: str) -> None:
    if path == "first":
        page.locator("main table a").first.click()
    elif path.startswith("case/"):
        page.goto("/proceedings/")
        page.locator("main table a").first.click()
        page.locator(f"main a[href*='{path.removeprefix('case')}']").first.click()
    else:
        page.goto(path)


@pytest.mark.parametrize(("language", "viewport", "scheme"), WAYS)
def test_pages_are_for_everybody(site: Site, language: str, viewport: dict[str, int], scheme: str) -> None:
    """No rule of axe is broken, no page scrolls sideways, nothing that the policy refuses is tried, our colours are there."""
    page = site.visit(language=language, viewport=viewport, scheme=scheme)
    assert "\n".join(faults(page, pages(site, page), language)) == ""


@pytest.mark.parametrize(("language", "viewport", "scheme"), [WAYS[1], WAYS[2]])
def test_pages_of_the_office_are_for_everybody(site: Site, language: str, viewport: dict[str, int], scheme: str) -> None:
    """The same for pages that advocates never see."""
    page = site.visit(language=language, viewport=viewport, scheme=scheme)
    assert "\n".join(faults(page, office_pages(site, page), language)) == ""


def faults(page: Page, walk: Iterator[str], language: str) -> list[str]:
    """Return everything that is wrong with the pages of a walk, and close the browser window."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _is_bad(message) else None)
    found = []
    for where in walk:
        result = Axe().run(page, options={"resultTypes": ["violations"]})
        found += [f"{where}: {each['id']}: {node['target']}" for each in result.response["violations"] for node in each["nodes"]]
        found += [f"{where}: scrolls sideways"] if page.evaluate("document.documentElement.scrollWidth > window.innerWidth") else []
        found += [f"{where}: language"] if page.locator("html").get_attribute("lang") != language else []
        found += [f"{where}: style"] if page.evaluate("getComputedStyle(document.body).backgroundColor") in NOT_OURS else []
    page.context.close()
    return found + said


NOT_OURS = ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)", "rgb(33, 37, 41)")
"""Backgrounds of a page whose style sheet is missing."""


def _is_bad(message: ConsoleMessage) -> bool:
    return message.type == "error" and "404" not in message.text
