"""The page behind the link of a message."""

import pytest
from flask import Flask

from tests.web.visitor import CHANGING, Visitor
from tracker.services import message_list
from tracker.services.context import Context


@pytest.fixture
def link(demo_ctx: Context) -> str:
    """The link in a message that was sent this morning."""
    (line, *_) = [line for line in message_list.everything(demo_ctx) if line.body and "/a/" in line.body]
    assert line.body is not None
    return "/a/" + line.body.rpartition("/a/")[2].strip()


@pytest.fixture
def passer_by(demo_app: Flask) -> Visitor:
    """Somebody with the phone in hand, not signed in."""
    return Visitor(demo_app)


def acknowledged(ctx: Context) -> int:
    """Return how many messages were marked as seen."""
    return sum(line.acknowledged_at is not None for line in message_list.everything(ctx))


def test_a_look_changes_nothing(passer_by: Visitor, demo_ctx: Context, link: str) -> None:
    """Phones and messengers fetch links before their owners do."""
    for _ in range(3):
        page = passer_by.get(link)

        assert page.status_code == 200
        assert "I have seen this" in page.text
    assert passer_by.client.head(link).status_code == 200
    assert acknowledged(demo_ctx) == 0


def test_the_button_counts_once(passer_by: Visitor, demo_ctx: Context, link: str) -> None:
    """Pressed twice, it is one answer; other messages are left alone."""
    assert "Thank you" in passer_by.post(link, form_at=link).text
    assert acknowledged(demo_ctx) == 1
    assert "Thank you" in passer_by.post(link).text
    assert "I have seen this" not in passer_by.get(link).text
    assert acknowledged(demo_ctx) == 1


def test_it_works_without_a_sign_in_but_not_without_its_token(passer_by: Visitor, demo_ctx: Context, link: str) -> None:
    """A foreign page cannot press the button."""
    assert passer_by.client.post(link).status_code == 400
    assert acknowledged(demo_ctx) == 0


@pytest.mark.parametrize("guess", ["x" * 22, "x", "š", "a" * 3000])
def test_a_guess_is_a_link_that_is_over(passer_by: Visitor, guess: str) -> None:
    """Looking and pressing, with the same words."""
    looked, pressed = passer_by.get(f"/a/{guess}"), passer_by.post(f"/a/{guess}")

    assert (looked.status_code, pressed.status_code) == (404, 404)
    assert "This link is over" in looked.text
    assert "This link is over" in pressed.text


def test_the_page_tells_nothing(passer_by: Visitor, demo_ctx: Context, link: str) -> None:
    """Neither whom the message was for nor what it was about, nor the link itself to other sites."""
    (line, *_) = [line for line in message_list.everything(demo_ctx) if line.body and link in line.body]
    page = passer_by.get(link)
    said = CHANGING.sub("", page.text)

    assert line.recipient not in said
    assert line.subject not in said
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
