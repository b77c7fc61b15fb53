"""Passkeys: they answer once, here, to what was asked, for their own sign-in; all else is refused alike."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.authenticator import ORIGIN, PRESENT, Authenticator, altered
from tests.web.visitor import accounts_row, enrol
from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError
from tracker.privacy.keys import SealBrokenError
from tracker.services import accounts, passkeys, second_factor
from tracker.services.accounts import SignIn
from tracker.services.context import Context
from tracker.services.passkeys import GOOD_FOR, MOST

HERE, ELSEWHERE = "session-here", "session-elsewhere"


def at(ctx: Context, address: str = ORIGIN) -> Context:
    """Return the system as people reach it under an address."""
    web = ctx.settings.web.model_copy(update={"public_url": address})
    return replace(ctx, settings=ctx.settings.model_copy(update={"web": web}))


def somebody(ctx: Context, login: str = "ana") -> SignIn:
    """Return somebody with a second factor."""
    enrol(ctx, login)
    return accounts_row(ctx, login)


def owner(ctx: Context, device: Authenticator, login: str = "ana") -> SignIn:
    """Return somebody whose passkey the device is."""
    account = somebody(ctx, login)
    keep(ctx, account, device)
    return account


def keep(ctx: Context, account: SignIn, device: Authenticator, name: str = "Blue key") -> None:
    """Add the device's passkey to a sign-in."""
    question = passkeys.offer(ctx, account, HERE)
    passkeys.add(ctx, account, HERE, question.challenge, device.make(question.options), name)


def is_taken(ctx: Context, account: SignIn, device: Authenticator, **client: object) -> bool:
    """Ask for the passkey, and let the device answer."""
    question = passkeys.ask(ctx, account, HERE)
    assert question is not None
    return passkeys.check(ctx, account, HERE, question.challenge, device.show(question.options, **client))


def test_it_is_added_and_answers(ctx: Context) -> None:
    """Again and again, each time to a new question; its name and its days are told to its owner. On both databases."""
    ctx, device = at(ctx), Authenticator()
    account = somebody(ctx)
    assert passkeys.ask(ctx, account, HERE) is None
    keep(ctx, account, device, "  Blue   key ")
    assert [is_taken(ctx, account, device) for _ in range(3)] == [True] * 3

    (known,) = passkeys.listed(ctx, account)
    assert (known.name, known.created_at, known.last_used_at) == ("Blue key", ctx.now(), ctx.now())
    assert "Blue" not in repr(known)


def test_a_device_that_does_not_count_is_taken(sqlite_ctx: Context) -> None:
    """Passkeys that wander between a person's devices say 0 each time."""
    ctx, device = at(sqlite_ctx), Authenticator(step=0)
    account = owner(ctx, device)

    assert is_taken(ctx, account, device)
    assert is_taken(ctx, account, device)


def test_what_is_asked(sqlite_ctx: Context) -> None:
    """For our name, with the owner recognised, nothing told of the device's make, and nothing that names the office or the person."""
    ctx, device = at(sqlite_ctx, f"{ORIGIN}:8443/"), Authenticator(origin=f"{ORIGIN}:8443")
    account = owner(ctx, device)
    new, known = json.loads(passkeys.offer(ctx, account, HERE).options), passkeys.ask(ctx, account, HERE)
    assert known is not None
    old = json.loads(known.options)

    assert (new["rp"], new["attestation"]) == ({"id": "tracker.example", "name": "Docket"}, "none")
    assert new["authenticatorSelection"]["userVerification"] == old["userVerification"] == "required"
    assert new["user"]["name"] == "ana"
    assert [each["id"] for each in new["excludeCredentials"]] == [each["id"] for each in old["allowCredentials"]]


@pytest.mark.parametrize(
    ("address", "is_possible"),
    [
        ("https://tracker.example", True), ("https://tracker.example:8443/", True), ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False), ("https://192.0.2.1", False), ("https://[2001:db8::1]", False), ("http://tracker.example", False),
    ],
)  # fmt: skip
def test_where_there_can_be_passkeys(sqlite_ctx: Context, address: str, is_possible: bool) -> None:  # noqa: FBT001
    """Browsers make them for names, and where nobody can listen."""
    assert passkeys.is_possible(at(sqlite_ctx, address)) is is_possible


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://tracker.example.evil.example"}, {"origin": "https://tracker.example:444"}, {"origin": "http://tracker.example"},
        {"challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, {"type": "webauthn.get"}, {"type": "webauthn.create"}, {},
    ],
)  # fmt: skip
def test_answers_to_something_else_are_refused(sqlite_ctx: Context, wrong: dict[str, str]) -> None:
    """From another place, to another question, of the other kind; ``{}`` is what is right, and taken."""
    ctx, device = at(sqlite_ctx), Authenticator()
    account = owner(ctx, device)
    question = passkeys.offer(ctx, account, HERE)
    is_right = not wrong or wrong == {"type": "webauthn.get"}
    assert is_taken(ctx, account, device, **wrong) is is_right

    second = Authenticator()
    with suppress(InvalidInputError):
        passkeys.add(ctx, account, HERE, question.challenge, second.make(question.options, **wrong), "Second")
    assert len(passkeys.listed(ctx, account)) == (2 if not wrong or wrong == {"type": "webauthn.create"} else 1)


@pytest.mark.parametrize("dishonest", [{"rp_id": "evil.example"}, {"flags": PRESENT}, {"flags": 0}, {"origin": "https://evil.example"}])
def test_dishonest_devices_are_refused(sqlite_ctx: Context, dishonest: dict[str, str | int]) -> None:
    """Made for another name, or without recognising the owner: neither added nor taken."""
    ctx, device = at(sqlite_ctx), Authenticator()
    account = owner(ctx, device)
    for name, value in dishonest.items():
        setattr(device, name, value)
    assert not is_taken(ctx, account, device)

    device.id = b"another"
    with pytest.raises(InvalidInputError):
        keep(ctx, account, device)


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
def test_an_altered_answer_is_refused(sqlite_ctx: Context, part: str) -> None:
    """One bit is enough."""
    ctx, device = at(sqlite_ctx), Authenticator()
    account = owner(ctx, device)
    question = passkeys.ask(ctx, account, HERE)
    assert question is not None

    assert not passkeys.check(ctx, account, HERE, question.challenge, altered(device.show(question.options), part))


def test_an_answer_is_taken_once(ctx: Context) -> None:
    """Sent again, also by eight at the same moment, and from a device that does not count: one gets in. On both databases."""
    ctx, device = at(ctx), Authenticator(step=0)
    account = owner(ctx, device)
    question = passkeys.ask(ctx, account, HERE)
    assert question is not None
    answer = device.show(question.options)
    taken: list[bool] = []
    tries = [
        threading.Thread(target=lambda: taken.append(passkeys.check(ctx, account, HERE, question.challenge, answer))) for _ in range(8)
    ]
    for each in tries:
        each.start()
    for each in tries:
        each.join()

    assert sorted(taken) == [False] * 7 + [True]
    assert not passkeys.check(ctx.at(ctx.now() + GOOD_FOR), account, HERE, question.challenge, answer)


def test_a_counter_that_goes_back_is_refused(sqlite_ctx: Context) -> None:
    """Somebody copied the device, or plays back what it said."""
    ctx, device = at(sqlite_ctx), Authenticator(counter=10)
    account = owner(ctx, device)
    assert is_taken(ctx, account, device)
    device.counter = 9
    assert [is_taken(ctx, account, device) for _ in range(3)] == [False, False, True]


@pytest.mark.parametrize(("seconds", "is_good"), [(-1, True), (0, False), (1, False)])
def test_a_question_is_good_for_ten_minutes(sqlite_ctx: Context, seconds: int, is_good: bool) -> None:  # noqa: FBT001
    """And not a second longer."""
    ctx, device = at(sqlite_ctx), Authenticator()
    account = owner(ctx, device)
    question = passkeys.ask(ctx, account, HERE)
    assert question is not None
    then = ctx.at(ctx.now() + GOOD_FOR + timedelta(seconds=seconds))

    assert passkeys.check(then, account, HERE, question.challenge, device.show(question.options)) is is_good


def test_a_question_is_of_its_session_and_its_kind(sqlite_ctx: Context) -> None:
    """Carried elsewhere, kept over the end of all sessions, or asked for something else, it is none."""
    ctx, device = at(sqlite_ctx), Authenticator()
    account = owner(ctx, device)
    question, other = passkeys.ask(ctx, account, HERE), passkeys.offer(ctx, account, HERE)
    assert question is not None
    answer = device.show(question.options)
    assert not passkeys.check(ctx, account, ELSEWHERE, question.challenge, answer)
    assert not passkeys.check(ctx, account, HERE, other.challenge, answer)
    accounts.end_sessions(ctx, "ana")

    assert not passkeys.check(ctx, accounts_row(ctx, "ana"), HERE, question.challenge, answer)


def test_somebody_elses_passkey_opens_nothing(sqlite_ctx: Context) -> None:
    """Neither in the place of hers, nor added a second time, nor removed by the wrong hand, nor with its name moved."""
    ctx, mine, hers = at(sqlite_ctx), Authenticator(), Authenticator()
    ana, vesna = owner(ctx, mine), owner(ctx, hers, "vesna")
    assert not is_taken(ctx, ana, hers)
    hers.id = mine.id
    assert not is_taken(ctx, ana, hers)
    with pytest.raises(ConflictError):
        keep(ctx, vesna, mine)
    (known,) = passkeys.listed(ctx, ana)
    with pytest.raises(NotFoundError):
        passkeys.remove(ctx, vesna, known.ref)
    assert is_taken(ctx, ana, mine)

    with ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE passkey SET name_sealed = (SELECT name_sealed FROM passkey ORDER BY id LIMIT 1)"))
    with pytest.raises(SealBrokenError):
        passkeys.listed(ctx, vesna)


@pytest.mark.parametrize("take", ["remove", "all"])
def test_removed_it_opens_nothing(ctx: Context, take: str) -> None:
    """By its owner, or with the whole second factor by an administrator's link. On both databases."""
    ctx, device = at(ctx), Authenticator()
    account = owner(ctx, device)
    question = passkeys.ask(ctx, account, HERE)
    assert question is not None
    if take == "remove":
        passkeys.remove(ctx, account, passkeys.listed(ctx, account)[0].ref)
    else:
        with ctx.database.writing() as db:
            second_factor.take_away(db, ctx, account.id, account.person)

    assert not passkeys.check(ctx, account, HERE, question.challenge, device.show(question.options))
    assert passkeys.listed(ctx, account) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_name_is_asked_for(sqlite_ctx: Context, name: str) -> None:
    """One that can be read."""
    ctx = at(sqlite_ctx)
    with pytest.raises(InvalidInputError) as refused:
        keep(ctx, somebody(ctx), Authenticator(), name)

    assert [problem.path for problem in refused.value.problems] == ["name"]


def test_ten_are_enough(sqlite_ctx: Context) -> None:
    """The eleventh is refused."""
    ctx = at(sqlite_ctx)
    account = somebody(ctx)
    for number in range(MOST):
        keep(ctx, account, Authenticator(), f"Key {number}")
    with pytest.raises(InvalidInputError):
        keep(ctx, account, Authenticator())
    assert len(passkeys.listed(ctx, account)) == MOST


@pytest.mark.parametrize("end", [accounts.end_sessions, accounts.disable])
def test_whose_session_was_ended_adds_nothing(sqlite_ctx: Context, end: Callable[[Context, str], None]) -> None:
    """The request was under way when somebody ended all sessions."""
    ctx, device = at(sqlite_ctx), Authenticator()
    account = somebody(ctx)
    question = passkeys.offer(ctx, account, HERE)
    end(ctx, "ana")
    with pytest.raises(ConflictError):
        passkeys.add(ctx, account, HERE, question.challenge, device.make(question.options), "Blue key")

    assert passkeys.listed(ctx, account) == []


@pytest.mark.parametrize("hostile", ["", "{}", "[]", "null", "\x00", "\ud800", "[" * 9_999, '{"id": 1}', "x" * 100_000])
def test_hostile_answers_are_wrong_answers(sqlite_ctx: Context, hostile: str) -> None:
    """And nothing else."""
    ctx, device = at(sqlite_ctx), Authenticator()
    account = owner(ctx, device)
    question, new = passkeys.ask(ctx, account, HERE), passkeys.offer(ctx, account, HERE)
    assert question is not None
    assert not passkeys.check(ctx, account, HERE, question.challenge, hostile)
    with pytest.raises(InvalidInputError):
        passkeys.add(ctx, account, HERE, new.challenge, hostile, "Name")


def test_nothing_of_it_lies_open(sqlite_ctx: Context) -> None:
    """What somebody calls a key may be a name."""
    ctx = at(sqlite_ctx)
    keep(ctx, somebody(ctx), Authenticator(), "CANARY of Ana")
    with ctx.database.engine.connect() as connection:
        stored = str([tuple(row) for row in connection.execute(sa.text("SELECT * FROM passkey"))])

    assert "CANARY" not in stored
