"""What pages about people say: each place of a form, each purpose of a link."""

from flask import Flask

from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.web import people_words


def test_every_place_and_purpose_has_its_words(app: Flask) -> None:
    """No text is empty, none is said twice, and a link's tells until when."""
    with app.test_request_context("/"):
        places = [people_words.problem(place) for place in people_words.PROBLEMS]
        links = [people_words.link(purpose, "28 November, 14:00") for purpose in LinkPurpose]

    assert all(places)
    assert len(set(places)) == len(places)
    assert len(set(links)) == len(LinkPurpose)
    assert all("28 November, 14:00" in link for link in links)
