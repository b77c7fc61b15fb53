"""People for administrators: masked, found by an opaque name, shown in clear for one look that is written down."""

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests import rows
from tests.conftest import acting
from tests.web.visitor import enrol
from tracker.domain.codes.people import Role
from tracker.domain.codes.sign_ins import LinkPurpose
from tracker.domain.errors import ForbiddenError, NotFoundError
from tracker.privacy.places import PERSON_NAME
from tracker.services import colleagues, people, sign_in_links
from tracker.services.context import Context
from tracker.storage.tables.audit import AuditEntry
from tracker.storage.tables.people import PersonIdentity

NAME = "Đurđica CANARY  <b>Kos</b>"


def taken_on(ctx: Context, role: str = "LAWYER") -> str:
    """Return the external id of somebody new."""
    return people.take_on(ctx, *people.fields(ctx, role, NAME, "064 123 4567", email="kos@primer.example"))


def test_everybody_is_there_and_masked(ctx: Context) -> None:
    """A letter of each word and as many dots for every name; what belongs to the sign-in; the link that is open."""
    enrol(ctx, "ana")
    person = taken_on(ctx)
    sign_in_links.make(ctx, person, LinkPurpose.INVITATION)
    found = {each.person: each for each in colleagues.everybody(ctx)}
    ana, new = found["person-of-ana"], found[person]

    assert (ana.login, ana.active, ana.has_second_factor, ana.role, ana.link, ana.masked) == ("ana", True, True, Role.ADVOCATE, None, "")
    assert new.masked == "Đ••• C••• <•••"
    assert (new.login, new.active, new.link) == (None, False, LinkPurpose.INVITATION)
    assert new.link_until == ctx.now() + sign_in_links.GOOD_FOR
    assert "CANARY" not in repr(found)


def test_one_is_found_by_an_opaque_name_only(sqlite_ctx: Context) -> None:
    """Neither by the external id, which comes from documents, nor by a number that can be counted."""
    person = taken_on(sqlite_ctx)
    ref = colleagues.ref_of(sqlite_ctx.keys, person)

    assert colleagues.one(sqlite_ctx, ref).person == person
    for guess in (person, "1", "", "š", "\x00", "x" * 5000, ref[:-1]):
        with pytest.raises(NotFoundError):
            colleagues.one(sqlite_ctx, guess)


def test_a_look_at_a_name_is_written_down(ctx: Context) -> None:
    """Who looked at whom, and not the name."""
    admin = acting(ctx, enrol(ctx, "vera", Role.ADMIN), Role.ADMIN)
    person = taken_on(ctx)
    assert colleagues.name_of(admin, colleagues.ref_of(ctx.keys, person)) == NAME
    with ctx.database.reading() as db:
        query = sa.select(col(AuditEntry.action), col(AuditEntry.person), col(AuditEntry.subject)).order_by(col(AuditEntry.seq).desc())
        last = db.connection().execute(query).first()

    assert last is not None
    assert tuple(last) == ("person.revealed", "person-of-vera", person)


def test_a_broken_seal_breaks_no_list(sqlite_ctx: Context) -> None:
    """The list says which name cannot be read, and the rest is there."""
    sealed = sqlite_ctx.keys.seal(PERSON_NAME, "mira", "Mira Primerović")
    with sqlite_ctx.database.writing() as db:
        person = rows.person(db, external_id="mira")
        rows.add(db, PersonIdentity, person_id=person, name_sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    (mira,) = colleagues.everybody(sqlite_ctx)

    assert mira.masked.startswith("⚠")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_sees_people(sqlite_ctx: Context, role: Role) -> None:
    """The list, one person and a name are for administrators."""
    ref = colleagues.ref_of(sqlite_ctx.keys, taken_on(sqlite_ctx))
    somebody = acting(sqlite_ctx, 7, role)

    with pytest.raises(ForbiddenError):
        colleagues.everybody(somebody)
    with pytest.raises(ForbiddenError):
        colleagues.one(somebody, ref)
    with pytest.raises(ForbiddenError):
        colleagues.name_of(somebody, ref)
