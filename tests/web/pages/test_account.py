"""My sign-in."""

from tests.web.test_sessions import later
from tests.web.visitor import PASSWORD, Visitor, fresh_code

NEW = "ćuran zumbul orahovac"


def test_a_new_password_ends_every_session(advocate: Visitor) -> None:
    """The old one must be known; after that the old one opens nothing, and everybody signs in anew."""
    wrong = advocate.post("/account/password", form_at="/account", old="wrong", password=NEW)
    weak = advocate.post("/account/password", form_at="/account", old=PASSWORD, password="aaaaaaaaaaaaa")
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert "not your present password" in wrong.text
    assert "not easily guessed" in weak.text

    thief = later(advocate, seconds=1)
    assert advocate.post("/account/password", form_at="/account", old=PASSWORD, password=NEW).location == "/login"
    assert thief.get("/messages").location.startswith("/login")
    assert advocate.give_password("ana").status_code == 200
    assert advocate.sign_in("ana", NEW).status_code == 302


def test_sensitive_things_ask_again_after_a_quarter_of_an_hour(advocate: Visitor) -> None:
    """Until then they do not; a code, and one goes on; nothing was half done."""
    in_time, too_late = later(advocate, minutes=14, seconds=59), later(advocate, minutes=15)
    assert "recovery codes" in in_time.post("/account/recovery-codes", form_at="/account").text

    asked = too_late.post("/account/recovery-codes", form_at="/account")
    assert (asked.status_code, asked.location) == (303, "/again?next=/account")
    assert too_late.get("/account/second-factor").location == "/again?next=/account/second-factor"
    assert too_late.post("/again", form_at="/again", code="000000").status_code == 422
    answer = too_late.post("/again", form_at="/again", code=fresh_code(too_late.ctx, "ana"), next="/account/second-factor")
    assert answer.location == "/account/second-factor"
    assert too_late.get("/account/second-factor").location.startswith("/second-factor/set-up")
    assert too_late.get("/second-factor/set-up").status_code == 200


def test_signing_out_everywhere(advocate: Visitor) -> None:
    """A lost phone is out, too."""
    phone = later(advocate, seconds=1)
    assert advocate.post("/account/everywhere", form_at="/account").location == "/login"

    assert phone.get("/messages").location.startswith("/login")
