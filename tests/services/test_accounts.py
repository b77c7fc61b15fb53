"""Sign-ins: made once, found whatever the capitals, shut for good, and no password anywhere."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from tests import rows
from tracker.domain.codes.people import Language, Role
from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError
from tracker.services import accounts
from tracker.services.accounts import SignIn
from tracker.services.context import Context

PASSWORD = "Šifra-žabe-Ђурђица-42"


@pytest.fixture
def office(ctx: Context) -> Context:
    """An office in which ana and vesna work."""
    with ctx.database.writing() as db:
        rows.person(db, external_id="ana", language="sr-Latn")
        rows.person(db, external_id="vesna", role="ANALYST")
    return ctx


def found(ctx: Context, login: str = "ana") -> SignIn:
    """Return a sign-in that is there."""
    sign_in = accounts.find(ctx, "login", login)
    assert sign_in is not None
    return sign_in


def opens(ctx: Context, password: str, password_hash: str) -> bool:
    """Tell whether a password is the one behind a hash."""
    return PasswordHasher().verify(password_hash, accounts.peppered(password, ctx.settings.web.password_salt.get_secret_value()))


def test_a_sign_in_is_found_by_everything_it_is_known_by(office: Context) -> None:
    """By name in any capitals, by its number, by the key of its sessions; with the person's role and language."""
    key = accounts.create(office, "ana", "ana.k", PASSWORD)
    sign_in = found(office, "Ana.K")

    assert (sign_in.id, sign_in.person, sign_in.role, sign_in.language) == (key, "ana", Role.ADVOCATE, Language.SR_LATN)
    assert sign_in.active
    assert accounts.find(office, "id", key) == sign_in
    assert accounts.find(office, "session_key", sign_in.session_key) == sign_in
    assert accounts.find(office, "login", "vesna") is None
    assert accounts.find(office, "login", "a password in the wrong field") is None


def test_the_password_is_kept_as_a_slow_hash_only(office: Context) -> None:
    """Serbian letters and all; neither the hash nor the sessions' key shows in a log by mistake."""
    accounts.create(office, "ana", "ana", PASSWORD)
    sign_in = found(office)

    assert sign_in.password_hash.startswith("$argon2id$")
    assert opens(office, PASSWORD, sign_in.password_hash)
    assert PASSWORD not in sign_in.password_hash
    assert sign_in.password_hash not in repr(sign_in)
    assert sign_in.session_key not in repr(sign_in)


def test_one_password_has_many_hashes(office: Context) -> None:
    """Two people with the same password cannot be told from two with different ones."""
    accounts.create(office, "ana", "ana", PASSWORD)
    accounts.create(office, "vesna", "vesna", PASSWORD)

    assert found(office, "ana").password_hash != found(office, "vesna").password_hash


def test_letters_are_the_same_however_they_are_put_together() -> None:
    """A keyboard that writes š as s and a hook opens what another made with one sign."""
    assert accounts.peppered("s\u030cifra", "salt") == accounts.peppered("šifra", "salt")
    assert accounts.peppered("šifra", "salt") != accounts.peppered("sifra", "salt")
    assert accounts.peppered("šifra", "salt") != accounts.peppered("šifra", "other")


def test_what_is_hashed_is_an_hmac() -> None:
    """The definition, by hand."""
    assert accounts.peppered("lozinka", "salt") == base64.b64encode(hmac.new(b"salt", b"lozinka", hashlib.sha512).digest()).decode()


@pytest.mark.parametrize(
    ("login", "password", "places"),
    [
        ("an", "kupina-vetar", []),
        ("a" * 32, "kupina-vetar", []),
        ("9-a_b.c", "ћуран-зумбул", []),
        ("a", "kupina-vetar", ["login"]),
        ("a" * 33, "kupina-vetar", ["login"]),
        ("Ana", "kupina-vetar", ["login"]),
        (".ana", "kupina-vetar", ["login"]),
        ("ana\n", "kupina-vetar", ["login"]),
        ("ána", "kupina-vetar", ["login"]),
        ("ana", "kupina-veta", ["password"]),
        ("ana", "x" * 12, ["password"]),
        ("", "", ["login", "password"]),
    ],
)
def test_what_will_do(login: str, password: str, places: list[str]) -> None:
    """Names that can be told over the phone; passwords of twelve characters and more. Everything wrong is said at once."""
    problems = []
    try:
        accounts.require_acceptable(login, password)
    except InvalidInputError as error:
        problems = [problem.path for problem in error.problems]

    assert problems == places


def test_a_sign_in_is_made_once(office: Context) -> None:
    """One for a person, one for a name, and for people only whom the record knows."""
    accounts.create(office, "ana", "ana", PASSWORD)

    with pytest.raises(ConflictError):
        accounts.create(office, "ana", "ana2", PASSWORD)
    with pytest.raises(ConflictError):
        accounts.create(office, "vesna", "ana", PASSWORD)
    with pytest.raises(NotFoundError):
        accounts.create(office, "nobody", "nobody", PASSWORD)
    with pytest.raises(InvalidInputError):
        accounts.create(office, "vesna", "vesna", "short")
    assert [each.login for each in accounts.everyone(office)] == ["ana"]


def test_shutting_one_ends_its_sessions_and_no_others(office: Context) -> None:
    """The key of its sessions is made anew, so that a copied cookie opens nothing either."""
    accounts.create(office, "ana", "ana", PASSWORD)
    accounts.create(office, "vesna", "vesna", PASSWORD)
    before = {each.login: each.session_key for each in accounts.everyone(office)}
    accounts.disable(office, "ANA")
    after = {each.login: each for each in accounts.everyone(office)}

    assert (after["ana"].active, after["vesna"].active) == (False, True)
    assert after["ana"].session_key != before["ana"]
    assert after["vesna"].session_key == before["vesna"]
    with pytest.raises(NotFoundError):
        accounts.disable(office, "nobody")


def test_what_is_remembered_of_one(office: Context) -> None:
    """The language that was chosen wins over the person's; a newer hash takes the place of the old one."""
    key = accounts.create(office, "ana", "ana", PASSWORD)
    accounts.choose_language(office, key, Language.SR_CYRL)
    accounts.keep_password_hash(office, key, "$argon2id$newer")

    assert found(office).language is Language.SR_CYRL
    assert found(office).password_hash == "$argon2id$newer"


@pytest.mark.parametrize(("minutes", "is_noted"), [(4.9, False), (5, False), (5.1, True)])
def test_being_here_is_noted_now_and_then(office: Context, minutes: float, is_noted: bool) -> None:  # noqa: FBT001
    """Not with each page: five minutes are exact enough, and reading stays reading."""
    accounts.create(office, "ana", "ana", PASSWORD)
    accounts.note_seen(office, found(office))
    first = found(office).last_seen_at
    later = office.at(office.now() + timedelta(minutes=minutes))
    accounts.note_seen(later, found(later))

    assert first == office.now()
    assert (found(office).last_seen_at == later.now()) is is_noted
