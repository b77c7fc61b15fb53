"""Whether the program answers."""

from tests.web.visitor import Visitor


def test_it_answers_anybody_with_one_word(visitor: Visitor) -> None:
    """Without a sign-in, without a cookie, without a word about anybody."""
    answer = visitor.get("/healthz")

    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
    assert "Set-Cookie" not in answer.headers


def test_it_only_listens(visitor: Visitor) -> None:
    """Nothing can be sent to it."""
    assert visitor.post("/healthz").status_code == 405
