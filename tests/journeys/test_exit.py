"""Leaving at once in a real browser: outside, and Back shows nothing of the case."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Site
from tests.web.visitor import fresh_code
from tracker.services.demo import DEMO_PASSWORD

OUTSIDE = "https://www.wikipedia.org/"
WAYS = [("en", DESKTOP, "Exit this page"), ("sr-Latn", PHONE, "Napusti ovu stranicu"), ("sr-Cyrl", PHONE, "Напусти ову страницу")]


def with_an_outside(context: BrowserContext) -> BrowserContext:
    """Let the outside page be there without a network."""
    context.route(f"{OUTSIDE}**", lambda route: route.fulfill(body="<title>Outside</title><h1>Outside</h1>", content_type="text/html"))
    return context


def at_a_case(page: Page) -> str:
    """Open a case; return its number, which must not be seen again."""
    page.goto("/proceedings/")
    page.locator("main table a").first.click()
    expect(page.locator("main h1")).to_be_visible()
    return page.locator("main h1").inner_text()


def nothing_is_left(page: Page, number: str) -> None:
    """Go back as far as there is something, and ask for the cases again: only the sign-in page answers."""
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        assert number not in page.content()
        assert page.url == "about:blank" or page.url.startswith(OUTSIDE) or page.locator("#password").count() == 1
    page.goto("/proceedings/")
    expect(page.locator("#password")).to_be_visible()


@pytest.fixture
def unscripted(site: Site) -> Iterator[Page]:
    """Somebody signed in, in a browser without scripts."""
    context = with_an_outside(site.browser.new_context(base_url=site.url, java_script_enabled=False, viewport=PHONE, locale="en"))  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/login")
    page.locator("#email").fill("jelena")
    page.locator("#password").fill(DEMO_PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.locator("#code").fill(fresh_code(site.ctx, "jelena"))
    page.locator("#code").press("Enter")
    yield page
    context.close()


@pytest.mark.parametrize(("language", "viewport", "name"), WAYS)
def test_the_button_leaves_and_back_shows_nothing(site: Site, language: str, viewport: dict[str, int], name: str) -> None:
    """In three languages, on phone and desktop."""
    page = site.sign_in(site.visit(language=language, viewport=viewport))
    with_an_outside(page.context)
    number = at_a_case(page)
    entries = page.evaluate("history.length")
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(OUTSIDE)

    assert page.evaluate("history.length") == entries
    nothing_is_left(page, number)
    page.context.close()


def test_it_leaves_without_a_script(unscripted: Page) -> None:
    """The browser follows the form outside, which the policy allows; what was kept of the case is asked for anew, and is gone."""
    number = at_a_case(unscripted)
    unscripted.get_by_role("button", name="Exit this page").click()
    unscripted.wait_for_url(OUTSIDE)

    nothing_is_left(unscripted, number)


def test_three_times_shift_leaves(site: Site) -> None:
    """Each press is announced; writing in capitals is none, and a pause begins anew."""
    page = site.sign_in(site.visit())
    with_an_outside(page.context)
    number = at_a_case(page)
    page.evaluate("document.activeElement.blur()")
    for key in ("Shift+A", "Shift+B", "Shift+C", "Shift+D"):
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    assert "/proceedings/" in page.url

    page.keyboard.press("Shift")
    expect(page.locator("#exit-said")).to_have_text("Press Shift twice more to exit this page.")
    page.keyboard.press("Shift")
    expect(page.locator("#exit-said")).to_have_text("Press Shift once more to exit this page.")
    page.keyboard.press("Shift")
    page.wait_for_url(OUTSIDE)
    nothing_is_left(page, number)
    page.context.close()


def test_it_is_the_second_thing_that_the_keyboard_reaches(site: Site) -> None:
    """After the link past the navigation; Enter leaves."""
    page = site.sign_in(site.visit())
    with_an_outside(page.context)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".exit-button")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(OUTSIDE)
    page.context.close()


def test_it_leaves_when_the_server_does_not_answer(site: Site) -> None:
    """What is shown goes at once, and the browser waits no longer than a moment."""
    page = site.sign_in(site.visit())
    with_an_outside(page.context)
    at_a_case(page)
    page.route("**/exit", lambda route: route.abort())
    page.locator(".exit-button").click()
    page.wait_for_url(OUTSIDE)
    page.context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_it_is_always_in_sight_and_over_nothing(site: Site, viewport: dict[str, int]) -> None:
    """At the upper and the lower end of a page it stands at the same place, large enough for a thumb, below all that is read."""
    page = site.sign_in(site.visit(viewport=viewport))
    at_a_case(page)
    places = []
    for end in (0, 100_000):
        page.evaluate(f"window.scrollTo(0, {end})")
        places.append(page.locator(".exit-button").bounding_box())
    box, foot = places[1], page.locator("footer p").bounding_box()

    assert places[0] == places[1]
    assert box is not None
    assert foot is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= viewport["height"]
    assert foot["y"] + foot["height"] <= box["y"]
    page.context.close()
