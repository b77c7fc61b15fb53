"""Tests of the list of proceedings."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import sqlalchemy as sa

from tests import rows
from tests.conftest import acting
from tests.factories.docket import Docket
from tests.factories.facts import day, hearing, in_trial, proceeding, stage
from tracker.domain.codes.people import Role
from tracker.domain.codes.proceeding import EndCause, LeadOffence, StageKind
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.facts import ProceedingFacts
from tracker.domain.phases import Phase
from tracker.services.case_list import PAGE, FlagsOf, Narrowing, cases
from tracker.services.context import Context
from tracker.services.opened_cases import open_case


def trial(name: str, **values: Any) -> ProceedingFacts:  # noqa: ANN401 - any field
    """Return a case in trial."""
    return in_trial(**{"id": name, "victims": (), **values})


def found(docket: Docket, **narrowing: object) -> list[str]:
    """Return the files found, in order."""
    return [line.file for line in cases(docket.ctx, Narrowing(**narrowing)).lines]  # type: ignore[arg-type]


@contextmanager
def statements(ctx: Context) -> Iterator[list[str]]:
    """Keep the values that are sent to the database."""
    sent: list[str] = []

    def keep(*call: object) -> None:
        sent.append(str(call[3]))

    sa.event.listen(ctx.database.engine, "before_cursor_execute", keep)
    yield sent
    sa.event.remove(ctx.database.engine, "before_cursor_execute", keep)


def test_only_ones_own_cases_are_there(ctx: Context) -> None:
    """Assigned today: not yesterday, not tomorrow, not somebody else's; twice assigned is once listed."""
    docket = Docket.of(ctx)
    docket.case(trial("mine"))
    docket.case(trial("foreign"), assigned_as=None)
    docket.case(trial("over"), to_on=day("2026-11-22"))
    docket.case(trial("ahead"), from_on=day("2026-11-24"))
    docket.case(trial("last-day"), from_on=day("2026-11-23"), to_on=day("2026-11-23"))

    assert found(docket) == ["last-day", "mine"]


def test_a_line_says_where_the_case_stands(ctx: Context) -> None:
    """Number, court, stage, next hearing, open flags by severity; dismissed and closed ones do not count."""
    docket = Docket.of(ctx)
    facts = trial("a", hearings=(hearing("past", "2026-10-01"), hearing("next", "2026-12-01"), hearing("later", "2026-12-24")))
    docket.case(facts, "K 11/24")
    docket.flag(facts, "confrontation", 4)
    docket.flag(facts, "wasted-appearance", 2, dismissed_severity=2)
    docket.flag(facts, "no-hearing-held", 2, closed_on=day("2026-11-01"))
    (line,) = cases(docket.ctx, Narrowing()).lines

    assert (line.name.label, line.court, line.zone) == ("K 11/24", "Court A", "Europe/Belgrade")
    assert (line.phase, line.stage, line.stage_on) == (Phase.TRIAL, StageKind.MAIN_HEARING_OPENED, day("2026-03-02"))
    assert line.next_hearing == hearing("next", "2026-12-01").starts_at
    assert line.flags == (FlagsOf(4, 1),)
    assert not line.is_closed


@pytest.mark.parametrize("text", ["K 11/24", "К.бр. 11/2024", "k11/24", "1K 11/24"])
def test_a_number_is_found_in_any_spelling(ctx: Context, text: str) -> None:
    """Through its blind index; another number is not."""
    docket = Docket.of(ctx)
    docket.case(trial("a"), "K 11/24")
    docket.case(trial("b"), "K 12/24")

    assert found(docket, text=text) == ["a"]


def test_a_reference_is_found_too(ctx: Context) -> None:
    """The file's own name, or the one in addresses; what is not there is no error."""
    docket = Docket.of(ctx)
    ref = docket.case(trial("a1"))

    assert (found(docket, text=" a1 "), found(docket, text=ref), found(docket, text="nonsense")) == (["a1"], ["a1"], [])


@pytest.mark.parametrize("text", ["Марија Ђорђевић", "Marija", "K 11/24", "k11/24", "1K.br.11/2024"])
def test_no_name_and_no_number_goes_to_the_database_in_clear(ctx: Context, text: str) -> None:
    """It would stand in the log of a database that logs its statements: blind indexes alone go there; whoever opens a case, too."""
    docket = Docket.of(ctx)
    docket.case(trial("a1"), "K 11/24")
    with ctx.database.writing() as db:
        stranger = rows.person(db)
    with statements(ctx) as sent:
        found(docket, text=text)
        with suppress(NotFoundError, ConflictError):
            open_case(acting(ctx, stranger, Role.ADVOCATE), text, "The advocate is ill and the hearing is today.")

    assert sent
    assert not [each for each in sent if text in each]


def test_the_list_is_narrowed(ctx: Context) -> None:
    """By stage (a trial after a remittal is a retrial), by end, court, offence and open flags."""
    docket = Docket.of(ctx)
    again = (stage(StageKind.APPEAL_QUASHED_REMITTED, "2026-01-01"), stage(StageKind.EVIDENCE_CLOSED, "2026-02-01"))
    docket.case(trial("trial"))
    docket.case(proceeding(id="again", stage_events=again))
    docket.case(proceeding(id="final", stage_events=(stage(StageKind.FINAL, "2026-01-01"),), lead_offence=LeadOffence.THB_MINOR))
    docket.case(trial("lost", end_cause=EndCause.LOST_TO_FOLLOW_UP, ended_on=day("2026-11-23")))
    docket.flag(trial("trial"), "confrontation", 4)

    assert found(docket, phase=Phase.TRIAL) == ["lost", "trial"]
    assert found(docket, phase=Phase.RETRIAL) == ["again"]
    assert found(docket, phase=Phase.FINAL) == ["final"]
    assert found(docket, is_closed=True) == ["lost", "final"]
    assert found(docket, is_closed=False) == ["again", "trial"]
    assert found(docket, offence=LeadOffence.THB_MINOR) == ["final"]
    assert found(docket, with_flags=True) == ["trial"]
    assert found(docket, court="CA") == ["lost", "final", "again", "trial"]
    assert found(docket, court="elsewhere") == []


def test_pages_follow_each_other_without_gap_or_repetition(ctx: Context) -> None:
    """Exactly one page is the last one; one case more makes two, and a case added meanwhile does not shift them."""
    docket = Docket.of(ctx)
    names = [f"c{number:03}" for number in range(PAGE + 1)]
    for name in names[:PAGE]:
        docket.case(proceeding(id=name))
    assert cases(docket.ctx, Narrowing()).after is None

    docket.case(proceeding(id=names[PAGE]))
    first = cases(docket.ctx, Narrowing())
    docket.case(proceeding(id="new"))
    second = cases(docket.ctx, Narrowing(after=first.after))

    assert [line.file for line in (*first.lines, *second.lines)] == names[::-1]
    assert second.after is None
