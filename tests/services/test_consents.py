"""Consents: given, renewed, withdrawn, by a reference that says nothing; a withdrawal counts at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import rows
from tests.conftest import acting
from tests.factories.caseload import small, spelt
from tracker.domain.codes.people import Role
from tracker.domain.consent import Consent, ConsentScope, ConsentState, counts, erase_by, state
from tracker.domain.errors import ForbiddenError, InvalidInputError, NotFoundError
from tracker.services import audit, consents
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.storage.queries.durations import people_of


@pytest.fixture
def steward(ctx: Context) -> Context:
    """A steward in an office of one case with two victims."""
    import_caseload(ctx, spelt(small()))
    with ctx.database.writing() as db:
        person = rows.person(db, role="STEWARD")
    return acting(ctx, person, Role.STEWARD)


def counted(ctx: Context) -> int:
    """Return how many people may be counted."""
    with ctx.database.reading() as db:
        return sum(len(found) for found in people_of(db, 0, 10**6, ctx.office_today()).values())


def dates(ctx: Context, days: int = 365, **more: object) -> dict[str, object]:
    """Return what is entered about a consent given today."""
    today = ctx.office_today()
    return {"given_on": today.isoformat(), "expires_on": (today + timedelta(days)).isoformat(), "statistics": True} | more


@pytest.mark.parametrize(
    ("ends_in", "withdrawn_in", "found"),
    [
        (None, None, "UNDATED"), (31, None, "VALID"), (30, None, "ENDING"), (0, None, "ENDING"), (-1, None, "EXPIRED"),
        (31, 0, "WITHDRAWN"), (31, -1, "WITHDRAWN"), (31, 1, "VALID"),
    ],
)  # fmt: skip
def test_where_a_consent_stands(sqlite_ctx: Context, ends_in: int | None, withdrawn_in: int | None, found: str) -> None:
    """It holds on its last day; a withdrawal from its own day on."""
    today = sqlite_ctx.office_today()
    days = [None if each is None else today + timedelta(each) for each in (ends_in, withdrawn_in)]
    consent = Consent(expires_on=days[0], withdrawn_on=days[1])

    assert state(consent, today) is ConsentState(found)
    assert counts(consent, today) is (found in {"UNDATED", "VALID", "ENDING"} and withdrawn_in is None)
    assert erase_by(consent, 30) == (None if days[1] is None else days[1] + timedelta(30))


def test_a_withdrawal_takes_her_out_of_the_figures_at_once(steward: Context) -> None:
    """The other victim stays; doing it twice changes nothing; giving consent anew lifts it."""
    line = consents.listed(steward)[0]
    assert counted(steward) == 2
    consents.withdraw(steward, line.reference, ConsentScope.RECORD)
    consents.withdraw(steward, line.reference, ConsentScope.RECORD)

    assert counted(steward) == 1
    page = consents.one(steward, line.reference)
    assert (page.line.state, page.line.erase_by) == (ConsentState.WITHDRAWN, steward.office_today() + timedelta(30))
    assert [act.scope for act in page.history] == [ConsentScope.RECORD]

    consents.give(steward, line.reference, dates(steward))
    assert counted(steward) == 2
    assert [each.action for each in audit.of_case(steward, "p1")][:2] == ["consent.given", "consent.withdrawn"]


def test_figures_alone_can_be_refused(steward: Context) -> None:
    """The case stays recorded, she is not counted, and nothing is erased for it."""
    line = consents.listed(steward)[0]
    consents.withdraw(steward, line.reference, ConsentScope.STATISTICS)

    assert counted(steward) == 1
    assert consents.one(steward, line.reference).line.erase_by is None


def test_every_withdrawal_makes_its_case_due(steward: Context) -> None:
    """The rule about consents is asked in the next sweep."""
    with steward.database.writing() as db:
        db.connection().execute(sa.text("UPDATE proceeding SET review_on = '2030-01-01'"))
    consents.withdraw(steward, consents.listed(steward)[0].reference, ConsentScope.RECORD)
    with steward.database.reading() as db:
        assert str(db.connection().execute(sa.text("SELECT review_on FROM proceeding")).scalar_one()) == "1970-01-01"


@pytest.mark.parametrize(
    ("wrong", "places"),
    [
        ({"given_on": ""}, ["given_on"]), ({"expires_on": "soon"}, ["expires_on"]), ({"given_on": "2026-11-24"}, ["given_on"]),
        ({"expires_on": "2026-11-22"}, ["expires_on"]), ({"expires_on": "2028-11-24"}, ["expires_on"]),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(steward: Context, wrong: dict[str, object], places: list[str]) -> None:
    """Missing, no date, in the future, in the past, further than two years; told at the field."""
    with pytest.raises(InvalidInputError) as refused:
        consents.give(steward, consents.listed(steward)[0].reference, dates(steward) | wrong)

    assert [problem.path for problem in refused.value.problems] == places


def test_the_list_names_nobody(steward: Context) -> None:
    """References are derived with the office's keys; neither ids nor pseudonyms stand in what the steward gets."""
    told = repr(consents.listed(steward)) + repr(consents.one(steward, consents.listed(steward)[0].reference))

    assert not any(word in told for word in ("v1", "v2", "p1", "Breza"))


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.LAWYER, Role.SUPERVISOR, Role.ANALYST, Role.ADMIN])
@pytest.mark.parametrize(
    "act", [consents.listed, lambda ctx: consents.one(ctx, "x"), lambda ctx: consents.withdraw(ctx, "x", ConsentScope.RECORD)]
)
def test_only_stewards_keep_consents(sqlite_ctx: Context, role: Role, act: Callable[[Context], object]) -> None:
    """Everybody else finds nothing."""
    with pytest.raises(ForbiddenError):
        act(acting(sqlite_ctx, 1, role))


def test_a_guess_finds_nothing(steward: Context) -> None:
    """Whatever it is."""
    for guess in ("", "0" * 12, "v1", "š", "' OR 1=1 --"):
        with pytest.raises(NotFoundError):
            consents.one(steward, guess)
