"""A passkey from the first click to the next sign-in, with a device that the browser plays itself."""

import re
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest
from playwright.sync_api import CDPSession, Page, expect
from werkzeug.serving import make_server

from tests.journeys.conftest import PHONE, Site
from tests.services.test_passkeys import at
from tests.web.visitor import fresh_code
from tracker.services.demo import DEMO_PASSWORD
from tracker.web.app import create_app

LOGIN = "cedomir"
DEVICE = {
    "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def named_site(site: Site) -> Iterator[Site]:
    """The same office under a name: at an address that is a number, browsers make no passkeys."""
    server = make_server("127.0.0.1", 0, create_app(site.ctx), threaded=True)
    address = f"http://localhost:{server.port}"
    server.app = create_app(at(site.ctx, address))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield replace(site, url=address)
    server.shutdown()
    thread.join()
    server.server_close()


def with_device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that makes passkeys and recognises its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    return devices, devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def test_a_passkey_is_added_and_opens_the_door(named_site: Site) -> None:
    """On a phone, named by its owner; at the next sign-in one button is enough; a device that does not know its owner gets nowhere."""
    page = named_site.sign_in(named_site.visit(viewport=PHONE), LOGIN)
    devices, device = with_device(page)
    page.goto("/account")
    page.get_by_role("link", name="Add a passkey").click()
    page.fill("#name", "Work phone")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/account")
    expect(page.get_by_text("Work phone", exact=True).first).to_be_visible()

    page.context.clear_cookies()
    page.goto("/login")
    page.fill("#email", LOGIN)
    page.fill("#password", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("status").filter(has_text="No passkey was given")).to_be_visible()
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/second-factor" not in url)
    page.goto("/account")
    expect(page.locator(".passkeys li")).to_have_text(re.compile("Work phone.*poslednji put korišćeno"))  # her own language, now
    page.context.close()


def test_without_a_script_it_says_so(named_site: Site) -> None:
    """The page tells what is missing and offers no button that does nothing; the code works as before."""
    context = named_site.browser.new_context(base_url=named_site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login")
    page.fill("#email", LOGIN)
    page.fill("#password", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("#passkey button")).not_to_be_visible()
    page.fill("#code", fresh_code(named_site.ctx, LOGIN))
    page.locator("#code").press("Enter")
    page.goto("/account/passkeys/new")

    expect(page.locator("#passkey-without")).to_be_visible()
    expect(page.locator("#name")).to_be_hidden()
    context.close()
