"""The page for what could not be read."""

from tracker.web.bare_page import bare_page


def test_it_speaks_all_languages_and_asks_for_nothing() -> None:
    """No style, no script, no address, no word of what went wrong."""
    page = bare_page().decode()

    assert all(f'lang="{tongue}"' in page for tongue in ("en", "sr-Latn", "sr-Cyrl"))
    assert not any(sign in page for sign in ("<script", "<style", "style=", "href", "src=", "form"))
