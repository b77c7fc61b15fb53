"""Old phones and careful people: no JavaScript, no mouse."""

from playwright.sync_api import expect

from tests.journeys.conftest import Site
from tests.web.visitor import fresh_code
from tracker.services.demo import DEMO_PASSWORD

LOGIN = "jelena"


def test_everything_works_without_javascript(site: Site) -> None:
    """Signing in, walking through the places, changing the language and back, signing out."""
    context = site.browser.new_context(base_url=site.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/login")
    page.locator("#email").fill(LOGIN)
    page.locator("#password").fill(DEMO_PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.locator("#code").fill(fresh_code(site.ctx, LOGIN))
    page.locator("#code").press("Enter")
    for place in ("/proceedings/", "/figures", "/messages", "/feed", "/"):
        page.locator(f"nav a[href='{place}']").first.click()
        expect(page.locator("nav [aria-current=page]").first).to_have_attribute("href", place)
    page.locator("button[name=language][value=sr-Cyrl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "sr-Cyrl")
    page.locator("button[name=language][value=en]").click()
    page.locator("form[action='/logout'] button").click()

    expect(page.locator("#email")).to_be_visible()
    context.close()


def test_signing_in_with_the_keyboard_alone(site: Site) -> None:
    """The first field waits for its name, Enter sends the form, and the page that was asked for opens."""
    page = site.visit()
    page.goto("/messages")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(LOGIN)
    page.keyboard.press("Tab")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(fresh_code(site.ctx, LOGIN))
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site.url}/messages")
    page.context.close()
