"""Who victims are: seen by who asks and may, written down, found only within one's own cases."""

from typing import Any

import pytest
import sqlalchemy as sa

from tests import rows
from tests.conftest import acting
from tests.factories import sealed
from tests.factories.docket import Docket
from tests.factories.facts import in_trial
from tracker.domain.codes.people import Role
from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError
from tracker.domain.facts import Victim
from tracker.privacy import places
from tracker.privacy.keys import MissingKeyError
from tracker.services import audit, identities
from tracker.services.case_list import Narrowing, cases
from tracker.services.context import Context
from tracker.services.identities import checked, keep, masked, names_of_people, reveal, victim_ref
from tracker.services.key_rotation import rotate
from tracker.services.opened_cases import OPEN_FOR
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.people import PersonIdentity
from tracker.storage.tables.victims import VictimIdentity

NAME, PHONE = "Марија Ђорђевић", "+381641234567"
ENTERED = {"name": f" {NAME} ", "phone": PHONE, "address": "CANARY street 1\nNiš", "note": ""}


@pytest.fixture
def docket(ctx: Context) -> Docket:
    """An advocate with one case and one victim in it."""
    found = Docket.of(ctx)
    found.case(in_trial(id="a", victims=(Victim("v"), Victim("w"))))
    return found


def her(docket: Docket, name: str = "a-v") -> tuple[str, str]:
    """Return the case and the victim as addresses call them."""
    return "ref-a", victim_ref(docket.ctx.keys, name)


def enter(docket: Docket, **fields: str) -> None:
    """Keep something about her."""
    keep(docket.ctx, *her(docket), checked({**ENTERED, **fields}), masked(docket.ctx, *her(docket)).seen)


def noted(ctx: Context) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Return what the log says of identities in the case."""
    return [(line.action, line.subject, dict(line.details)) for line in audit.of_case(ctx, "a") if line.action.startswith("identity")][::-1]


def kept(ctx: Context) -> dict[str, Any]:
    """Return her row as it lies in the database."""
    with ctx.database.reading() as db:
        table = sa.inspect(VictimIdentity).local_table
        return dict(db.connection().execute(sa.select(table).order_by(table.c.victim_id)).mappings().first() or {})


def test_masked_says_what_there_is_and_nothing_of_it(docket: Docket) -> None:
    """The pseudonym is what people work with; of the rest not a letter, not a length."""
    assert masked(docket.ctx, *her(docket)).is_empty
    enter(docket)
    found = masked(docket.ctx, *her(docket))

    assert (found.pseudonym, found.kept) == ("Name of v", {"name": True, "phone": True, "address": True, "note": False})
    assert not {NAME, PHONE, "CANARY", "Name of v"} & set(repr(found).split("'"))
    assert masked(docket.ctx, *her(docket, "a-w")).is_empty


def test_looking_is_written_down(docket: Docket) -> None:
    """Who, whom, in which case, which fields; what was entered and seen stands nowhere in the log, nor in clear in the database."""
    enter(docket)
    shown = reveal(docket.ctx, *her(docket))

    assert shown.fields == {"name": NAME, "phone": PHONE, "address": "CANARY street 1\nNiš", "note": ""}
    fields = {"fields": ["name", "phone", "address"]}
    assert noted(docket.ctx) == [("identity.changed", "a-v", fields), ("identity.revealed", "a-v", fields)]
    lies = repr((kept(docket.ctx), shown, noted(docket.ctx)))
    assert not [word for word in ("CANARY", NAME, PHONE, PHONE[1:]) if word in lies]


def test_only_what_changed_is_written(docket: Docket) -> None:
    """The same again writes nothing; what is emptied is gone, with its index."""
    enter(docket)
    before = kept(docket.ctx)
    enter(docket)
    assert kept(docket.ctx) == before
    enter(docket, name="", note="x")

    after = kept(docket.ctx)
    assert (after["name_sealed"], after["name_index"], after["phone_sealed"]) == (None, None, before["phone_sealed"])
    assert noted(docket.ctx)[-1] == ("identity.changed", "a-v", {"fields": ["name", "note"]})


def test_nobody_overwrites_what_they_have_not_seen(docket: Docket) -> None:
    """Two people with the same empty form: the second one is told."""
    seen = masked(docket.ctx, *her(docket)).seen
    enter(docket)
    for stale in (seen, "", "š"):
        with pytest.raises(ConflictError):
            keep(docket.ctx, *her(docket), checked({"name": "Ana"}), stale)

    assert reveal(docket.ctx, *her(docket)).fields["name"] == NAME


def test_only_people_of_the_case_with_the_permission(docket: Docket, ctx: Context) -> None:
    """Somebody else's case, another case's victim, a guess, a role that does not reveal: all the same nothing."""
    with ctx.database.writing() as db:
        stranger = rows.person(db)
    docket.case(in_trial(id="b", victims=()))
    case, victim = her(docket)
    for who, where in (
        (acting(ctx, stranger, Role.ADVOCATE), (case, victim)),
        (acting(ctx, docket.person, Role.STEWARD), (case, victim)),
        (acting(ctx, docket.person, Role.ADMIN), (case, victim)),
        (docket.ctx, ("ref-b", victim)),
        (docket.ctx, (case, "a-v")),
        (docket.ctx, (case, "guess\ud800")),
        (docket.ctx, ("nothing", victim)),
    ):
        for act in (lambda who=who, where=where: masked(who, *where), lambda who=who, where=where: reveal(who, *where)):
            with pytest.raises(NotFoundError):
                act()
        with pytest.raises(NotFoundError):
            keep(who, *where, checked({"name": "x"}), "")

    assert noted(ctx) == []
    assert kept(ctx)["name_sealed"] is None


def test_who_only_opened_the_case_may_look_and_not_write(docket: Docket, ctx: Context) -> None:
    """Four hours to read, in the log like any other look; changing is for those who work on it."""
    enter(docket)
    with ctx.database.writing() as db:
        helper, case = rows.person(db), db.connection().execute(sa.text("SELECT id FROM proceeding")).scalar_one()
        hours = {"opened_at": ctx.now(), "expires_at": ctx.now() + OPEN_FOR}
        rows.add(db, OpenedCase, ref="o", person_id=helper, proceeding_id=case, reason_sealed=b"", **hours)
    opener = acting(ctx, helper, Role.ADVOCATE)
    shown = reveal(opener, *her(docket))

    assert (shown.fields["name"], shown.masked.is_theirs) == (NAME, False)
    with pytest.raises(NotFoundError):
        keep(opener, *her(docket), checked({"name": "x"}), shown.masked.seen)
    with pytest.raises(NotFoundError):
        reveal(opener.at(ctx.now() + OPEN_FOR), *her(docket))


@pytest.mark.parametrize(
    ("field", "text"), [("name", "x" * 201), ("phone", "1" * 61), ("address", "a\0"), ("note", "\x1b[2J"), ("name", "\ud83d")]
)
def test_what_cannot_be_kept_is_told_by_its_field(field: str, text: str) -> None:
    """And not repeated."""
    with pytest.raises(InvalidInputError) as refused:
        checked({field: f"{text}CANARY" if len(text) < 10 else text})

    assert [problem.path for problem in refused.value.problems] == [field]
    assert "CANARY" not in str(refused.value)


def found(ctx: Context, text: str) -> list[str]:
    """Return the cases that the finder gives."""
    return [line.file for line in cases(ctx, Narrowing(text=text)).lines]


@pytest.mark.parametrize("text", [NAME, "djordjević marija", "MARIJA DJORDJEVIC", " Đorđević,  Marija", "Name of v", "V of NAME"])
def test_a_victim_is_found_by_exact_name_within_ones_cases(docket: Docket, text: str) -> None:
    """In any spelling, name or pseudonym; nobody else finds her, however they write it."""
    enter(docket)
    with docket.ctx.database.writing() as db:
        stranger = rows.person(db)

    assert found(docket.ctx, text) == ["a"]
    assert found(acting(docket.ctx, stranger, Role.ADVOCATE), text) == []


@pytest.mark.parametrize("text", ["Marija", "Марија Ђорђеви", "%", "_", "-", "' OR 1=1 --", "Marija Đorđević Đorđević", "\ud800", "х" * 60])
def test_nothing_less_than_the_whole_name_finds_her(docket: Docket, text: str) -> None:
    """No part, no pattern, no trick."""
    enter(docket)

    assert found(docket.ctx, text) == []


def test_a_broken_value_is_shown_as_such_and_kept(docket: Docket) -> None:
    """The rest is readable, the log has it, and only a new text takes its place."""
    enter(docket)
    with docket.ctx.database.writing() as db:
        altered = sa.update(VictimIdentity).where(sa.column("name_sealed").is_not(None)).values(name_sealed=bytes((1, 1)) + bytes(40))
        db.connection().execute(altered)
    shown = reveal(docket.ctx, *her(docket))
    keep(docket.ctx, *her(docket), checked({**ENTERED, "name": ""}), shown.masked.seen)

    assert identities.is_unreadable(shown.fields["name"])
    assert shown.fields["phone"] == PHONE
    assert kept(docket.ctx)["name_sealed"] is not None
    with docket.ctx.database.reading() as db:
        places_told = db.connection().execute(sa.text("SELECT details FROM audit_entry WHERE action = 'seal.broken'")).scalars().all()
    assert len(places_told) >= 1
    keep(docket.ctx, *her(docket), checked(ENTERED), shown.masked.seen)
    assert reveal(docket.ctx, *her(docket)).fields["name"] == NAME


def test_another_key_later_all_is_there(docket: Docket) -> None:
    """Sealed anew, she is read and found as before; without the key its number is told."""
    keys = docket.ctx.keys
    docket.ctx = sealed.under(docket.ctx, sealed.ring(1))
    with docket.ctx.database.writing() as db:
        db.connection().execute(sa.update(VictimIdentity).values(pseudonym_sealed=None, pseudonym_index=None))
    enter(docket)
    newer = sealed.under(docket.ctx, sealed.ring(2))
    rotate(newer)

    assert reveal(newer, *her(docket)).fields["name"] == NAME
    assert found(newer, NAME) == ["a"]
    with pytest.raises(MissingKeyError, match="key 2"):
        reveal(sealed.under(docket.ctx, sealed.ring(1, 1)), *her(docket))
    assert keys is not docket.ctx.keys


def test_colleagues_have_names(ctx: Context) -> None:
    """Those who have one, by their ids."""
    with ctx.database.writing() as db:
        person, other = rows.person(db, external_id="ana"), rows.person(db)
        rows.add(db, PersonIdentity, person_id=person, name_sealed=ctx.keys.seal(places.PERSON_NAME, "ana", "Ана"))

    assert names_of_people(ctx, [person, other]) == {person: "Ана"}
