"""The retention rules, run: first told, then done; what is reduced still counts in the figures."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from jobs.retain import JOB
from tests.conftest import acting
from tests.factories.caseload import Document, small, spelt
from tests.leftovers import dump
from tracker.domain.codes.people import Role
from tracker.domain.consent import ConsentScope
from tracker.domain.errors import ForbiddenError, InvalidInputError, NotFoundError
from tracker.services import consents, holds
from tracker.services.audit_proof import verify
from tracker.services.caseload_export import export_caseload
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.services.figures import statistics
from tracker.services.retaining import reports, retain
from tracker.services.subject_export import export_subject, write_subject
from tracker.services.sweeping import sweep

FINAL = date(2019, 5, 1)
REDUCED = date(2025, 4, 30)
"""Five years after it was closed, which was 365 days after it became final; 2020 has 366."""


def over(name: str = "p9") -> Document:
    """Return a document of one case that is long over, and one that lives."""
    whole = small()
    case = {
        "id": name, "court": "c1", "lead_offence": "THB_MINOR", "disposition_mode": "TRIAL", "end_cause": "FINAL_JUDGMENT",
        "case_numbers": [{"court": "c1", "text": "K 900/14"}],
        "victims": [{"id": f"{name}-v", "pseudonym": "Gavran"}],
        "stage_events": [
            {"kind": "INDICTMENT_FILED", "on": "2014-03-01"}, {"kind": "FIRST_INSTANCE_JUDGMENT", "on": "2017-03-01"},
            {"kind": "FINAL", "on": FINAL.isoformat()},
        ],
        "hearings": [{"id": f"{name}-h", "starts_at": "2016-03-01T10:00:00+01:00", "outcome": "HELD", "summoned": [f"{name}-v"]}],
    }  # fmt: skip
    whole["proceedings"].append(case)
    return whole


def on(ctx: Context, day: date) -> Context:
    """Return the system on the morning of a day."""
    return ctx.at(ctx.now() + timedelta((day - ctx.office_today()).days))


def figures(ctx: Context) -> str:
    """Return every figure, with its groups."""
    return json.dumps([statistics(ctx, by=by) for by in (None, "lead_offence", "year_of_start", "disposition_mode")], sort_keys=True)


@pytest.mark.parametrize(("day", "reduced"), [(REDUCED - timedelta(1), 0), (REDUCED, 1), (REDUCED + timedelta(1), 1)])
def test_it_is_told_before_it_is_done(sqlite_ctx: Context, day: date, reduced: int) -> None:
    """To the day; by default nothing goes, and the report is there for stewards only."""
    import_caseload(sqlite_ctx, spelt(over()))
    then = on(sqlite_ctx, day)
    counts = JOB.run(then)

    assert (counts["reduced"], counts["acted"]) == (reduced, 0)
    assert {each["id"] for each in export_caseload(then)["proceedings"]} == {"p1", "p9"}
    assert reports(acting(then, 1, Role.STEWARD))[0].counts["reduced"] == reduced
    with pytest.raises(ForbiddenError):
        reports(acting(then, 1, Role.ADMIN))


def test_what_is_reduced_still_counts_and_leads_to_nobody(ctx: Context) -> None:
    """Figures stay to the last digit; no id, number, pseudonym or date of the case is left; the log still adds up; twice is once."""
    import_caseload(ctx, spelt(over()))
    then = on(ctx, REDUCED)
    sweep(then)
    before = figures(then)
    assert retain(then, act=True)["reduced"] == 1

    assert figures(then) == before
    assert retain(then, act=True)["reduced"] == 0
    assert not any(word in dump(then) for word in ("p9", "Gavran", "2014-03-01", "2017-03-01", "K 900/14"))
    assert [each["id"] for each in export_caseload(then)["proceedings"]] == ["p1"]
    assert verify(then).ok
    with pytest.raises(InvalidInputError, match="was erased"):
        import_caseload(then, spelt(over()))


def test_a_hold_keeps_a_case_back(ctx: Context) -> None:
    """Until it is released; its reason is sealed."""
    import_caseload(ctx, spelt(over()))
    then = on(ctx, REDUCED)
    holds.place(then, "p9", "Tužba za suđenje u razumnom roku")
    counts = retain(then, act=True)
    assert (counts["reduced"], counts["held"]) == (0, 1)
    assert [(each.proceeding, each.reason) for each in holds.listed(then)] == [("p9", "Tužba za suđenje u razumnom roku")]

    assert holds.release(then, "p9")
    assert not holds.release(then, "p9")
    assert retain(then, act=True)["reduced"] == 1
    for wrong in ("", "x" * 501):
        with pytest.raises(InvalidInputError):
            holds.place(then, "p1", wrong)
    with pytest.raises(NotFoundError):
        holds.place(then, "p9", "reason")


@pytest.mark.parametrize(("days", "erased"), [(29, 0), (30, 1), (31, 1)])
def test_thirty_days_after_a_withdrawal_she_is_gone(ctx: Context, days: int, erased: int) -> None:
    """Not before; the other victim stays."""
    import_caseload(ctx, spelt(small()))
    ref = consents.reference(ctx, "v1")
    consents.withdraw(ctx, ref, ConsentScope.RECORD)
    then = on(ctx, ctx.office_today() + timedelta(days))

    assert retain(then, act=True)["withdrawn"] == erased
    assert len(export_caseload(then)["proceedings"][0]["victims"]) == 2 - erased


def test_everything_about_one_person_and_nobody_else(ctx: Context) -> None:
    """A victim's own data with her pseudonym; no other victim, no colleague; a colleague's own with name and phone."""
    import_caseload(ctx, spelt(small()))
    hers = json.dumps(export_subject(ctx, "v1", "victim"), ensure_ascii=False)
    theirs = json.dumps(export_subject(ctx, "n1", "person"), ensure_ascii=False)

    assert "Breza" in hers
    assert '"v2"' not in hers
    assert "Primerović" not in hers
    assert "Đurđa Primerović" in theirs
    assert "+447700900101" in theirs
    assert "Breza" not in theirs
    with pytest.raises(NotFoundError):
        export_subject(ctx, "nobody", "victim")


def test_the_file_is_its_owners_alone(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Readable by nobody else; a folder that is not there is told in words."""
    import_caseload(sqlite_ctx, spelt(small()))
    write_subject(sqlite_ctx, "v1", "victim", tmp_path / "v1.json")

    assert (tmp_path / "v1.json").stat().st_mode & 0o777 == 0o600
    with pytest.raises(InvalidInputError, match="cannot be written"):
        write_subject(sqlite_ctx, "v1", "victim", tmp_path / "none/v1.json")
