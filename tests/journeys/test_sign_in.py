"""From the sign-in page to the board and out again, with keyboard and mouse."""

from tests.journeys.conftest import PHONE, Site


def test_in_and_out(site: Site) -> None:
    """The board opens after signing in; after signing out, going back shows nothing."""
    page = site.sign_in(site.visit())
    assert page.locator("main h1").inner_text()
    assert page.get_by_role("link", name="Proceedings").is_visible()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login")
    page.go_back()
    assert page.locator("#password").is_visible()
    page.context.close()


def test_a_wrong_password_is_said_where_people_look(site: Site) -> None:
    """The answer is announced, and leads to the field."""
    page = site.visit()
    page.fill("#email", "jelena")
    page.fill("#password", "wrong")
    page.keyboard.press("Enter")

    assert "not right" in page.get_by_role("alert").inner_text()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "email"
    page.context.close()


def test_the_language_is_chosen_without_a_script_and_stays(site: Site) -> None:
    """In front of the door already; the choice outlives signing in."""
    page = site.visit(viewport=PHONE)
    page.get_by_role("button", name="Српски").click()
    assert page.locator("html").get_attribute("lang") == "sr-Cyrl"

    site.sign_in(page)
    assert page.locator("html").get_attribute("lang") == "sr-Cyrl"
    page.context.close()


def test_the_keyboard_alone_is_enough(site: Site) -> None:
    """The first key leads past the navigation; what has the focus can be seen."""
    page = site.sign_in(site.visit())
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#main"
    assert focused.evaluate("each => getComputedStyle(each).outlineStyle") != "none"

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_the_tab_says_nothing_of_the_matter(site: Site) -> None:
    """Titles are neutral: somebody may look over a shoulder."""
    page = site.sign_in(site.visit())
    for path in ("/", "/proceedings/", "/figures", "/messages", "/feed"):
        page.goto(path)
        assert not any(word in page.title().lower() for word in ("traffick", "victim", "crime", "offence")), path
    page.context.close()
