"""The figures from the record: right numbers, the exact shape, and small ones kept back from who may not see cases."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests import rows
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError, InvalidInputError
from tracker.services.context import Actor, Context
from tracker.services.figures import DIMENSIONS, length_report, statistics

CANARY = "CANARY"
SHAPE = {"as_of", "definitions", "scope", "groups", "curves", "tables"}
START = date(2015, 1, 1)


def case(db: Session, court: int, *, days: int | None, start: date = START, **values: object) -> int:
    """Add a proceeding indicted on ``start`` and judged ``days`` later (None: open)."""
    found = rows.proceeding(db, court, external_id=f"{CANARY}-{court}-{start}-{days}-{len(values)}-{id(values)}", **values)
    rows.stage(db, found, "INDICTMENT_FILED", start.isoformat())
    if days is not None:
        rows.stage(db, found, "FIRST_INSTANCE_JUDGMENT", (start + timedelta(days)).isoformat())
    rows.victim(db, found)
    return found


def caseload(ctx: Context) -> None:
    """Twenty adults' cases judged after 100, 200 ... 2000 days, four minors' cases of which one is open."""
    with ctx.database.writing() as db:
        court = rows.court(db)
        for number in range(1, 21):
            case(db, court, days=100 * number, disposition_mode="PLEA_AGREEMENT" if number <= 3 else "TRIAL")
        for days in (50, 60, 70, None):
            case(db, court, days=days, lead_offence="THB_MINOR", disposition_mode="TRIAL")


def whole(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the indicators of the whole caseload."""
    first = document["groups"][0]
    assert (first["dimension"], first["value"]) == ("all", "all")
    return dict(first["indicators"])


def test_empty_record_has_the_full_shape(ctx: Context) -> None:
    """No proceeding: every indicator is there, with n = 0 and no value."""
    document = statistics(ctx)
    assert set(document) == SHAPE
    assert document["as_of"] == "2026-11-23"
    assert document["groups"][0]["n"] == 0
    assert whole(document)["first_instance.median_days"] == {"value": None, "low": None, "high": None, "n": 0, "suppressed": False}
    assert document["tables"] == {"astra": []}


def test_internal_figures_of_a_small_caseload(ctx: Context) -> None:
    """The median, the shares still open and the mean of the completed ones are those worked out by hand."""
    caseload(ctx)
    document = statistics(ctx)
    group = document["groups"][0]
    assert (group["n"], group["open"]) == (24, 1)
    found = whole(document)
    assert found["first_instance.median_days"]["value"] == 900
    assert found["first_instance.mean_completed_days"] == {
        "value": pytest.approx(21180 / 23), "low": None, "high": None, "n": 23, "suppressed": False,
    }  # fmt: skip
    assert found["first_instance.open_share_1y"]["value"] == pytest.approx(18 / 24)
    assert found["first_instance.open_share_7y"]["value"] == pytest.approx(1 / 24)
    assert found["first_instance.open_share"]["value"] == pytest.approx(1 / 24)
    json.dumps(document)


def test_curve_begins_with_everything_open(ctx: Context) -> None:
    """One curve for the whole, as [days, survival, at risk, events]."""
    caseload(ctx)
    curve = statistics(ctx)["curves"][0]
    assert (curve["clock"], curve["dimension"], curve["value"]) == ("first_instance", "all", "all")
    assert curve["points"][:2] == [[0, 1.0, 24, 0], [50, pytest.approx(23 / 24), 24, 1]]


def test_left_out_and_imputed_are_counted(ctx: Context) -> None:
    """What cannot be measured is told, not hidden in the figure."""
    with ctx.database.writing() as db:
        court = rows.court(db)
        rows.proceeding(db, court)
        rows.stage(db, backwards := rows.proceeding(db, court), "INDICTMENT_FILED", "2020-05-01")
        rows.stage(db, backwards, "FIRST_INSTANCE_JUDGMENT", "2020-04-30")
        rows.stage(db, vague := rows.proceeding(db, court), "INDICTMENT_FILED", "2020-05-01", "YEAR")
        rows.stage(db, vague, "FIRST_INSTANCE_JUDGMENT", "2020-08-01")
        rows.stage(db, rows.proceeding(db, court), "INDICTMENT_FILED", "2027-01-01")
    found = whole(statistics(ctx))
    assert found["first_instance.left_out_no_start"]["value"] == 2
    assert found["first_instance.left_out_end_before_start"]["value"] == 1
    assert found["first_instance.left_out_ended_unfollowed"]["value"] == 0
    assert found["first_instance.median_days"]["value"] == 31
    assert found["first_instance.imputed_share"]["value"] == 0.5


def test_figures_are_replayed_for_a_past_day(ctx: Context) -> None:
    """As of 2016 only what had happened by then is known."""
    caseload(ctx)
    past = statistics(ctx.at(ctx.now() - timedelta(days=365 * 10)))
    assert past["groups"][0]["open"] > 1


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_splits_the_whole(ctx: Context, dimension: str) -> None:
    """The groups of a dimension add up to the whole."""
    caseload(ctx)
    first, *others = statistics(ctx, by=dimension)["groups"]
    assert {group["dimension"] for group in others} == {dimension}
    assert sum(group["n"] for group in others) == first["n"]
    assert sum(group["open"] for group in others) == first["open"]


def test_unknown_dimension_is_refused(ctx: Context) -> None:
    """It names those that there are."""
    with pytest.raises(InvalidInputError, match="lead_offence"):
        statistics(ctx, by="shoe_size")


def test_astra_table_by_year_of_judgment_with_pleas_apart(ctx: Context) -> None:
    """Bands, mean, shortest and longest of completed proceedings; plea agreements in rows of their own."""
    caseload(ctx)
    astra = statistics(ctx)["tables"]["astra"]
    pleas = [row for row in astra if row["mode"] == "plea_agreement" and row["year"] is None]
    assert [(row["n"], row["mean_days"], row["shortest_days"], row["longest_days"]) for row in pleas] == [(3, 200, 100, 300)]
    trials = next(row for row in astra if row["mode"] == "trial" and row["year"] is None)
    assert trials["n"] == 20
    bands = ("share_up_to_365", "share_366_to_1095", "share_over_1095")
    assert [trials[band] for band in bands] == [3 / 20, 7 / 20, 10 / 20]
    assert [row["year"] for row in astra if row["mode"] == "trial"] == [2015, 2016, 2017, 2018, 2019, 2020, None]


def test_public_scope_keeps_small_groups_back(ctx: Context) -> None:
    """Four minors' cases are shown as <10, and the adults' group with them: it would give them away by subtraction."""
    caseload(ctx)
    document = statistics(ctx, by="lead_offence", scope="public")
    first, *others = document["groups"]
    assert first["n"] == 24
    assert {group["value"]: group["n"] for group in others} == {"THB_ADULT": "<10", "THB_MINOR": "<10"}
    for group in others:
        assert all(found["suppressed"] and found["value"] is None for found in group["indicators"].values())
    assert [curve["value"] for curve in document["curves"]] == ["all"]


def test_public_scope_keeps_back_what_rests_on_few(ctx: Context) -> None:
    """One open proceeding is not told, nor the number of completed ones, nor the shares that rest on a few."""
    caseload(ctx)
    document = statistics(ctx, scope="public")
    assert document["groups"][0]["open"] == "<10"
    found = whole(document)
    for name in ("open_share", "mean_completed_days", "open_share_1y", "open_share_7y"):
        assert found[f"first_instance.{name}"]["suppressed"], name
    assert found["first_instance.median_days"]["value"] == 900
    points = document["curves"][0]["points"]
    assert all(at_risk >= 10 and at_risk % 10 == 0 and events is None for _, _, at_risk, events in points)
    assert {days % 91 in (0, 1, 2, 3, 4, 5) for days, *_ in points} == {True}


def test_public_astra_rows_with_few_proceedings_are_hidden(ctx: Context) -> None:
    """No row of fewer than ten shows a number, and none can be had from the others."""
    caseload(ctx)
    for row in statistics(ctx, scope="public")["tables"]["astra"]:
        if row["suppressed"]:
            assert row["n"] == "<10"
            assert {row[name] for name in row if name not in ("year", "mode", "n", "suppressed")} == {None}
        else:
            assert row["n"] >= 10


def test_people_count_not_rows(ctx: Context) -> None:
    """Twelve proceedings about one and the same victim are about one person."""
    with ctx.database.writing() as db:
        court = rows.court(db)
        for number in range(12):
            found = rows.proceeding(db, court)
            rows.stage(db, found, "INDICTMENT_FILED", f"2020-01-{number + 1:02}")
            rows.victim(db, found, person_key="X")
    assert statistics(ctx, scope="public")["groups"][0]["n"] == "<10"
    assert statistics(ctx)["groups"][0]["n"] == 12


def test_no_identifier_is_in_the_figures(ctx: Context) -> None:
    """External ids of proceedings appear in no scope."""
    caseload(ctx)
    assert CANARY not in json.dumps([statistics(ctx, by="lead_offence"), statistics(ctx, by="court", scope="public")])


@pytest.mark.parametrize("role", list(Role))
def test_role_decides_what_the_page_shows(ctx: Context, role: Role) -> None:
    """Who works with cases or figures sees every number; others see what is left by disclosure control, and may not ask for more."""
    caseload(ctx)
    acting = ctx.acting_as(Actor(person_id=1, role=role))
    report = length_report(acting)
    sees_small = role in {Role.ADVOCATE, Role.LAWYER, Role.SUPERVISOR, Role.ANALYST}
    assert report.suppressed is not sees_small
    assert (report.whole.open == 1) is sees_small
    assert report.mark == ("" if sees_small else "<10")
    assert report.indicators["median_days"].value == 900
    assert report.curve.points[0].survival == 1.0
    if not sees_small:
        with pytest.raises(ForbiddenError):
            statistics(acting)
