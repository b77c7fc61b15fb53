"""A remainder says the same as the case it was, and nothing that leads back to a day."""

import json
import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.clocks import FIRST_INSTANCE, TOTAL, Course, Ending, LeftOut, Moment, Spell, measure
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.remainder import CLOCKS, Remainder, is_over, kept, told

DAYS = st.dates(date(1990, 1, 1), date(2026, 1, 1))
MILESTONES = st.dictionaries(st.sampled_from(StageKind), st.builds(Moment, DAYS, st.booleans()))
COURSES = st.builds(Course, MILESTONES, st.none() | DAYS, st.none() | DAYS)
TODAY = date(2026, 11, 23)
MORE_THAN_A_YEAR = re.compile(r"\d{4}-\d|\d{4}/\d|\d{8}")


def remainder(course: Course) -> Remainder:
    """Return the remainder of a course, as it comes back from the database."""
    return Remainder("THB_ADULT", "c", "HIGHER", "TRIAL", ("x",), told(json.loads(json.dumps(kept(course, TODAY)))))


@given(course=COURSES)
def test_figures_of_today_and_later_come_out_as_before(course: Course) -> None:
    """For every clock, whatever the course, once nothing runs any more."""
    if not is_over(kept(course, TODAY)):
        return
    for later in (TODAY, TODAY + timedelta(4000)):
        for clock in CLOCKS:
            assert remainder(course).measured(clock, later) == measure(clock, course, later)


@given(course=COURSES)
def test_no_day_is_kept(course: Course) -> None:
    """Years and lengths only: of several cases of a year nobody can tell which one it was."""
    stored = json.dumps(kept(course, TODAY))

    assert not MORE_THAN_A_YEAR.search(stored)
    assert all(
        isinstance(each, LeftOut) or {each.start_year, each.end_year} <= set(range(1990, 2027))
        for each in told(kept(course, TODAY)).values()
    )


def test_a_running_clock_is_not_over() -> None:
    """Its length would freeze."""
    assert not is_over(kept(Course({StageKind.INDICTMENT_FILED: Moment(date(2020, 1, 1))}), TODAY))
    assert is_over(kept(Course({}), TODAY))


def test_an_earlier_data_date_is_answered_by_years() -> None:
    """Not begun, open since the middle of its first year, or ended, as far as years can tell."""
    course = Course({StageKind.INDICTMENT_FILED: Moment(date(2015, 3, 1)), StageKind.FINAL: Moment(date(2019, 3, 1))})
    left = remainder(course)

    assert left.measured(TOTAL, date(2014, 12, 31)) is LeftOut.NO_START
    assert left.measured(TOTAL, date(2015, 3, 1)) == Spell(0, Ending.OPEN, 0, 2015, 2015, 1, 0)
    assert left.measured(TOTAL, date(2016, 7, 1)) == Spell(366, Ending.OPEN, 0, 2015, 2016, 1, 0)
    assert left.measured(TOTAL, date(2019, 1, 1)) == Spell(1461, Ending.EVENT, 0, 2015, 2019, 2, 0)
    assert left.measured(FIRST_INSTANCE, TODAY) == Spell(1461, Ending.CENSORED, 0, 2015, 2019, 2, 0)


def test_delayed_entry_is_kept_for_earlier_dates_too() -> None:
    """A case that was not yet followed then is left out."""
    course = Course(
        {StageKind.INDICTMENT_FILED: Moment(date(2015, 7, 1)), StageKind.FINAL: Moment(date(2019, 3, 1))}, None, date(2017, 7, 1)
    )
    left = remainder(course)

    assert left.measured(TOTAL, date(2016, 7, 1)) is LeftOut.ENDED_UNFOLLOWED
    assert left.measured(TOTAL, date(2018, 7, 1)) == Spell(1096, Ending.OPEN, 731, 2015, 2018, 1, 0)
