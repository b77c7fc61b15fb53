"""From the small phone to the wide desk: nothing has to be pushed sideways, in any language."""

from typing import Literal

import pytest

from tests.journeys.conftest import Site
from tracker.services import message_list
from tracker.services.context import Context

WIDTHS = (320, 360, 768, 1280, 1920)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BODY = "getComputedStyle(document.body)"
BY_DAY = ["rgb(245, 246, 244)", "rgb(22, 38, 43)"]
BY_NIGHT = ["rgb(16, 26, 29)", "rgb(230, 236, 234)"]


@pytest.mark.parametrize("language", ["en", "sr-Latn", "sr-Cyrl"])
def test_no_page_scrolls_sideways(site: Site, demo_office: Context, language: str) -> None:
    """At every width, also where words are long."""
    page = site.visit(language=language)
    bodies = [line.body or "" for line in message_list.everything(demo_office)]
    link = next(body.rpartition("/a/")[2].strip() for body in bodies if "/a/" in body)
    before = ["/login", "/never/was", f"/a/{link}"]
    behind = ["/", "/proceedings/", "/proceedings/?q=nothing-like-it&state=open", "/figures", "/messages", "/feed", "one proceeding"]
    found = []
    for path in [*before, *behind]:
        if path == behind[0]:
            site.sign_in(page)
        if path == "one proceeding":
            page.goto("/proceedings/")
            page.locator("main table a").first.click()
        else:
            page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wider = page.evaluate(TOO_WIDE)
            found += [f"{path} at {width}: {wider} px"] if wider > 0 else []
    page.context.close()

    assert found == []


def test_day_and_night_follow_the_device(site: Site) -> None:
    """The stylesheet is there, and has both."""
    page = site.visit()
    seen = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        seen.append(page.evaluate(f"[{BODY}.backgroundColor, {BODY}.color]"))
    page.context.close()

    assert seen == [BY_DAY, BY_NIGHT]
