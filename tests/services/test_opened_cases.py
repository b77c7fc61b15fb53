"""A case opened without being assigned: one case, four hours, a reason, and supervisors know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests import rows
from tests.conftest import acting
from tests.office import Office
from tracker.domain.case_numbers import normalise
from tracker.domain.codes.people import Role
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, TooOftenError
from tracker.privacy.places import CASE_NUMBER_INDEX, CASE_NUMBER_TEXT
from tracker.services import audit, opened_cases
from tracker.services.case_list import Narrowing, cases
from tracker.services.case_page import case
from tracker.services.context import Context
from tracker.services.feeds import feed, new_token
from tracker.storage.queries import audit as log
from tracker.storage.tables.opened_cases import OpenedCase
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import CaseNumber

WHY = "Koleginica je bolesna, a ročište počinje za sat vremena."


@dataclass(slots=True)
class Scene:
    """A case with an advocate and her supervisor; another advocate, with a supervisor of her own, who needs to read it."""

    ctx: Context
    assigned: int
    opener: int
    boss: int
    own_boss: int

    def as_opener(self, **later: float) -> Context:
        """Return the context of whoever opens, some time later."""
        return acting(self.ctx.at(self.ctx.now() + timedelta(**later)), self.opener, Role.ADVOCATE)

    def told(self, person: int, **later: float) -> list[str]:
        """Return what waits for a word of somebody's."""
        ctx = acting(self.ctx.at(self.ctx.now() + timedelta(**later)), person, Role.SUPERVISOR)
        return [each.ref for each in opened_cases.announced(ctx)]


def scene(ctx: Context) -> Scene:
    """Set the scene."""
    office = Office.open(ctx)
    boss, own_boss = (office.person(assigned=None, role="SUPERVISOR", external_id=name) for name in ("S1", "S2"))
    assigned = office.person(external_id="N1", supervisor_id=boss)
    opener = office.person(assigned=None, external_id="N2", supervisor_id=own_boss)
    with ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE proceeding SET external_id = 'P-1', ref = 'ref1'"))
        number = {"ref": "n1", "proceeding_id": office.proceeding, "court_id": office.court, "is_parsed": True}
        text = ctx.keys.seal(CASE_NUMBER_TEXT, "n1", "K 11/24")
        index = ctx.keys.index(CASE_NUMBER_INDEX, normalise("K 11/24").normal)
        rows.add(db, CaseNumber, **number, text_sealed=text, number_index=index)
        for person, login in ((boss, "boss"), (own_boss, "ownboss"), (assigned, "ana"), (opener, "vesna")):
            rows.account(db, person, login=login)
    return Scene(ctx, assigned, opener, boss, own_boss)


def actions(ctx: Context) -> list[str]:
    """Return what the audit log says, in order."""
    with ctx.database.reading() as db:
        return [row.action for row in log.entries(db)]


@pytest.mark.parametrize("spelling", ["K 11/24", "К. бр. 11/2024", "k11/24", "P-1", "ref1", "  K 11/24  "])
def test_any_spelling_opens_the_one_case(sqlite_ctx: Context, spelling: str) -> None:
    """Number, file's reference, or the name in addresses."""
    it = scene(sqlite_ctx)
    with pytest.raises(NotFoundError):
        case(it.as_opener(), "ref1")

    assert opened_cases.open_case(it.as_opener(), spelling, WHY) == "ref1"
    assert case(it.as_opener(), "ref1").is_theirs is False
    assert [line.name.ref for line in cases(it.as_opener(), Narrowing()).lines] == ["ref1"]


@pytest.mark.parametrize(
    ("later", "reads"), [(timedelta(hours=4, seconds=-1), True), (timedelta(hours=4), False), (timedelta(hours=4, seconds=1), False)]
)
def test_four_hours_and_not_a_second_more(ctx: Context, later: timedelta, reads: bool) -> None:  # noqa: FBT001
    """On both databases."""
    it = scene(ctx)
    opened_cases.open_case(it.as_opener(), "K 11/24", WHY)
    then = it.as_opener(seconds=later.total_seconds())

    assert bool(cases(then, Narrowing()).lines) is reads
    if reads:
        assert case(then, "ref1").file == "P-1"
    else:
        with pytest.raises(NotFoundError):
            case(then, "ref1")


def test_nobody_else_gets_in_with_it(sqlite_ctx: Context) -> None:
    """It is one person's, for reading."""
    it = scene(sqlite_ctx)
    other = Office(sqlite_ctx, 1, 1).person(assigned=None)
    opened_cases.open_case(it.as_opener(), "K 11/24", WHY)

    with pytest.raises(NotFoundError):
        case(acting(sqlite_ctx, other, Role.ADVOCATE), "ref1")
    assert feed(sqlite_ctx, new_token(it.as_opener(), it.opener)).body.count(b"BEGIN:VEVENT") == 0


def test_supervisors_are_told_at_once(ctx: Context) -> None:
    """Whoever answers for the opener, and for those assigned; with a message, and on their board until they confirm it."""
    it = scene(ctx)
    opened_cases.open_case(it.as_opener(), "K 11/24", WHY)
    messages = Office(ctx, 1, 1).messages()

    assert {line.recipient for line in messages} == {"S1", "S2"}
    assert {(line.kind.value, line.severity, line.needs_ack) for line in messages} == {("access-opened", 4, True)}
    assert all("11/24" not in (line.body or "") and "P-1" not in (line.body or "") for line in messages)
    (ref,) = it.told(it.boss)
    assert it.told(it.own_boss, hours=30) == [ref]
    assert it.told(it.assigned) == []

    opened_cases.confirm(acting(ctx, it.boss, Role.SUPERVISOR), ref)
    opened_cases.confirm(acting(ctx, it.boss, Role.SUPERVISOR), ref)
    assert it.told(it.boss) == []
    assert it.told(it.own_boss) == [ref]
    assert actions(ctx) == ["case.opened", "messages.read", "case.open-confirmed"]


def test_the_notice_names_the_case_only_to_who_may_see_it(sqlite_ctx: Context) -> None:
    """Both supervisors read who and why; only the one whose team has the case gets its address."""
    it = scene(sqlite_ctx)
    opened_cases.open_case(it.as_opener(), "K 11/24", WHY)
    (mine,) = opened_cases.announced(acting(sqlite_ctx, it.boss, Role.SUPERVISOR))
    (others,) = opened_cases.announced(acting(sqlite_ctx, it.own_boss, Role.SUPERVISOR))

    assert (mine.login, mine.reason, mine.case) == ("vesna", WHY, "ref1")
    assert (others.login, others.reason, others.case) == ("vesna", WHY, None)
    assert WHY not in repr(mine)


def test_where_nobody_answers_for_them_all_supervisors_are_told(sqlite_ctx: Context) -> None:
    """Then those assigned; where there is nobody at all, the case stays closed."""
    it = scene(sqlite_ctx)
    with sqlite_ctx.database.writing() as db:
        db.connection().execute(sa.update(Person).values(supervisor_id=None))
    opened_cases.open_case(it.as_opener(), "K 11/24", WHY)
    assert {line.recipient for line in Office(sqlite_ctx, 1, 1).messages()} == {"S1", "S2"}

    with sqlite_ctx.database.writing() as db:
        db.connection().execute(sa.delete(OpenedCase))
        db.connection().execute(sa.update(Person).where(col(Person.id).in_([it.boss, it.own_boss])).values(role="ANALYST"))
    opened_cases.open_case(it.as_opener(hours=1), "K 11/24", WHY)
    assert {line.recipient for line in Office(sqlite_ctx, 1, 1).messages()} == {"S1", "S2", "N1"}

    with sqlite_ctx.database.writing() as db:
        db.connection().execute(sa.delete(OpenedCase))
        db.connection().execute(sa.text("DELETE FROM assignment"))
    with pytest.raises(ConflictError):
        opened_cases.open_case(it.as_opener(hours=2), "K 11/24", WHY)
    assert cases(it.as_opener(hours=2), Narrowing()).lines == ()


def test_five_attempts_an_hour(ctx: Context) -> None:
    """Found or not, each is in the log with its reason; the sixth is refused, and an hour after the first another one is let through."""
    it = scene(ctx)
    for number in range(5):
        with pytest.raises(NotFoundError):
            opened_cases.open_case(it.as_opener(minutes=number), f"K {number}/99", WHY)
    with pytest.raises(TooOftenError):
        opened_cases.open_case(it.as_opener(minutes=59), "K 11/24", WHY)
    assert actions(ctx) == ["case.open-refused"] * 6
    assert opened_cases.open_case(it.as_opener(minutes=120, seconds=1), "K 11/24", WHY) == "ref1"


def test_given_back_it_is_closed(ctx: Context) -> None:
    """Once; somebody else's cannot be given back."""
    it = scene(ctx)
    opened_cases.open_case(it.as_opener(), "K 11/24", WHY)
    (opening,) = opened_cases.mine(it.as_opener())
    with pytest.raises(NotFoundError):
        opened_cases.give_back(acting(ctx, it.assigned, Role.ADVOCATE), opening.ref)
    opened_cases.give_back(it.as_opener(hours=1), opening.ref)

    assert opened_cases.mine(it.as_opener(hours=1)) == []
    with pytest.raises(NotFoundError):
        opened_cases.give_back(it.as_opener(hours=1), opening.ref)
    assert actions(ctx) == ["case.opened", "case.given-back"]


def test_ones_own_case_is_simply_shown(sqlite_ctx: Context) -> None:
    """Nothing is opened, nobody is told."""
    it = scene(sqlite_ctx)

    assert opened_cases.open_case(acting(sqlite_ctx, it.assigned, Role.ADVOCATE), "K 11/24", WHY) == "ref1"
    assert actions(sqlite_ctx) == []


@pytest.mark.parametrize(
    ("wanted", "reason", "wrong"),
    [
        ("", WHY, {"case"}),
        ("K 1/24", "x" * 19, {"reason"}),
        ("x" * 61, "x" * 501, {"case", "reason"}),
        ("  ", " " * 30, {"case", "reason"}),
    ],
)
def test_a_number_and_a_reason_are_needed(sqlite_ctx: Context, wanted: str, reason: str, wrong: set[str]) -> None:
    """Twenty characters that say something, at most five hundred."""
    it = scene(sqlite_ctx)
    with pytest.raises(InvalidInputError) as refused:
        opened_cases.open_case(it.as_opener(), wanted, reason)

    assert {problem.path for problem in refused.value.problems} == wrong


@pytest.mark.parametrize("role", [Role.ADMIN, Role.STEWARD, Role.ANALYST])
@pytest.mark.parametrize(
    "act", [lambda ctx: opened_cases.open_case(ctx, "K 11/24", WHY), lambda ctx: opened_cases.give_back(ctx, "x"), opened_cases.mine]
)
def test_others_open_nothing(sqlite_ctx: Context, role: Role, act: Callable[[Context], object]) -> None:
    """People whose work needs no case have no emergency."""
    it = scene(sqlite_ctx)
    with pytest.raises(ForbiddenError):
        act(acting(sqlite_ctx, it.opener, role))


def test_the_reason_is_sealed_and_stands_in_the_log(sqlite_ctx: Context) -> None:
    """No byte of it lies open."""
    it = scene(sqlite_ctx)
    opened_cases.open_case(it.as_opener(), "K 11/24", WHY)
    with sqlite_ctx.database.engine.connect() as connection:
        tables = [connection.execute(sa.text(f"SELECT * FROM {table}")) for table in ("opened_case", "audit_entry")]  # noqa: S608 - our own names
        stored = str([tuple(row) for table in tables for row in table])

    assert "bolesna" not in stored
    assert audit.of_case(sqlite_ctx, "P-1")[0].reason == WHY
    assert WHY in [each.reason for each in case(acting(sqlite_ctx, it.assigned, Role.ADVOCATE), "ref1").opened]
