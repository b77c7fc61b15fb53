"""The figures: computed from the record, and shown whole or through disclosure control."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tracker.discovery import discover
from tracker.domain.access import Permission, may
from tracker.domain.clocks import LeftOut, ProcessClock, Spell, measure
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.errors import ForbiddenError, InvalidInputError, Problem
from tracker.domain.figure import DEFINITIONS, WHOLE, Cohort, Curve, Figure, Group, Indicator, Report, Row, told
from tracker.domain.remainder import Remainder
from tracker.privacy.suppression import PublishedTable, suppress
from tracker.services.context import Context
from tracker.storage.queries.durations import TimedProceeding, timed_proceedings
from tracker.storage.queries.remainders import remainders

Scope = Literal["internal", "public"]
YEAR_OF_START = "year_of_start"
DIMENSIONS = ("lead_offence", "court_level", "court", "disposition_mode", YEAR_OF_START)
FIRST_INSTANCE = "first_instance"
SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class LengthReport:
    """How long the first instance takes: what its page shows.

    ``suppressed`` tells that small numbers were kept back; a hidden count is then None and shown as ``mark``.
    """

    as_of: date
    definitions: str
    suppressed: bool
    mark: str
    whole: Group
    indicators: Mapping[str, Indicator]
    curve: Curve
    rows: tuple[Row, ...]


def length_report(ctx: Context) -> LengthReport:
    """Return the first-instance figures as the actor may see them: whole to who may see small numbers, else without them."""
    scope: Scope = "internal" if _may_see_small_numbers(ctx) else "public"
    shown = _shown(ctx, by=None, scope=scope)
    whole = shown.groups[0]
    return LengthReport(
        as_of=ctx.office_today(),
        definitions=DEFINITIONS,
        suppressed=isinstance(shown, PublishedTable),
        mark=_mark(shown),
        whole=whole,
        indicators={indicator.name.removeprefix(f"{FIRST_INSTANCE}."): indicator for indicator in whole.indicators},
        curve=next((curve for curve in whole.curves if curve.clock == FIRST_INSTANCE), Curve(FIRST_INSTANCE, ())),
        rows=shown.rows,
    )


def statistics(ctx: Context, *, by: str | None = None, scope: Scope = "internal") -> dict[str, Any]:
    """Return every figure as the JSON document of ``tracker statistics`` (see docs/figures.md).

    Raises:
        ForbiddenError: the actor may not see small numbers and asks for the internal scope.
        InvalidInputError: there is no such dimension.
    """
    if scope == "internal" and not _may_see_small_numbers(ctx):
        raise ForbiddenError("figures with small numbers are for those who may see them")
    if by is not None and by not in DIMENSIONS:
        raise InvalidInputError([Problem("by", f"expected one of {', '.join(DIMENSIONS)}")])
    shown = _shown(ctx, by=by, scope=scope)
    mark = _mark(shown)
    return {
        "as_of": ctx.office_today().isoformat(),
        "definitions": DEFINITIONS,
        "scope": scope,
        "groups": [_group(group, mark) for group in shown.groups],
        "curves": [_curve(group, curve) for group in shown.groups for curve in group.curves],
        "tables": _tables(shown.rows, mark),
    }


def _may_see_small_numbers(ctx: Context) -> bool:
    return ctx.actor.is_system or may(ctx.actor.role, Permission.SEE_INTERNAL_FIGURES)


def _mark(shown: Report | PublishedTable) -> str:
    return shown.mark if isinstance(shown, PublishedTable) else ""


def _shown(ctx: Context, *, by: str | None, scope: Scope) -> Report | PublishedTable:
    report = _report(ctx, by=by, with_people=scope == "public")
    return report if scope == "internal" else suppress(report)


def _report(ctx: Context, *, by: str | None, with_people: bool) -> Report:
    figures = discover("tracker.domain.figures", "FIGURE", Figure)
    groups = _cohorts(ctx, {figure.clock for figure in figures}, by=by, with_people=with_people)
    whole: defaultdict[str, Cohort] = defaultdict(Cohort)
    for cohorts in groups.values():
        for clock, cohort in cohorts.items():
            whole[clock].include(cohort)
    for cohorts in (whole, *groups.values()) if with_people else ():
        _stand_in(cohorts)
    group, rows = told(figures, whole, WHOLE, WHOLE)
    values = sorted(value for value in groups if value is not None)
    return Report((group, *(told(figures, groups[value], str(by), value)[0] for value in values)), rows)


def _cohorts(ctx: Context, clocks: set[ProcessClock], *, by: str | None, with_people: bool) -> dict[str | None, dict[str, Cohort]]:
    """Count every proceeding into the cohort of its group (None: it is in none) and clock."""
    as_of = ctx.office_today()
    kinds = sorted(frozenset[StageKind]().union(*(clock.kinds for clock in clocks)))
    groups: defaultdict[str | None, defaultdict[str, Cohort]] = defaultdict(lambda: defaultdict(Cohort))
    with ctx.database.reading() as db:
        for timed in timed_proceedings(db, kinds, as_of, with_people=with_people):
            for clock in clocks:
                found = measure(clock, timed.course, as_of)
                _count(groups[_group_of(timed, found, by)][clock.name], timed, found, with_people=with_people)
        for kept in remainders(db):
            for clock in clocks:
                found = kept.measured(clock, as_of)
                _count(groups[_group_of(kept, found, by)][clock.name], kept, found, with_people=with_people)
    return dict(groups)


def _count(cohort: Cohort, case: TimedProceeding | Remainder, found: Spell | LeftOut, *, with_people: bool) -> None:
    cohort.add(case.disposition_mode, found)
    if with_people and isinstance(found, Spell):
        cohort.people.update(case.people)


def _stand_in(cohorts: Mapping[str, Cohort]) -> None:
    """Let a cohort in which nobody may be counted be about one person: no people at all would mean that nobody needs protection."""
    for cohort in cohorts.values():
        if cohort.spells and not cohort.people:
            cohort.people.add(SOMEBODY)


def _group_of(timed: TimedProceeding | Remainder, found: Spell | LeftOut, by: str | None) -> str | None:
    if by == YEAR_OF_START:
        return str(found.start_year) if isinstance(found, Spell) else None
    return None if by is None else str(getattr(timed, by))


def _group(group: Group, mark: str) -> dict[str, Any]:
    return {
        "dimension": group.dimension,
        "value": group.value,
        "n": mark if group.n is None else group.n,
        "open": mark if group.open is None else group.open,
        "indicators": {indicator.name: _indicator(indicator, mark) for indicator in group.indicators},
    }


def _indicator(indicator: Indicator, mark: str) -> dict[str, Any]:
    return {
        "value": indicator.value,
        "low": indicator.low,
        "high": indicator.high,
        "n": mark if indicator.n is None else indicator.n,
        "suppressed": indicator.suppressed,
    }


def _curve(group: Group, curve: Curve) -> dict[str, Any]:
    points = [[point.days, point.survival, point.at_risk, point.events] for point in curve.points]
    return {"clock": curve.clock, "dimension": group.dimension, "value": group.value, "points": points}


def _tables(rows: Iterable[Row], mark: str) -> dict[str, list[dict[str, Any]]]:
    tables: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        told_of = {"year": row.year, "mode": row.mode, "n": mark if row.n is None else row.n, "suppressed": row.suppressed}
        tables[row.table].append(told_of | {cell.name: cell.value for cell in row.cells})
    return {"astra": [], **tables}
