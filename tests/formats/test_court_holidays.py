"""Working days of courts by country."""

from datetime import date

from tracker.formats.court_holidays import court_days


def test_serbian_holidays_are_no_working_days() -> None:
    """Armistice Day, and the substitute day after Statehood Day fell on a Sunday."""
    works = court_days("RS")

    assert not works(date(2026, 11, 11))
    assert not works(date(2026, 2, 17))
    assert works(date(2026, 11, 12))


def test_week_ends_are_no_working_days() -> None:
    """Saturday and Sunday."""
    assert [court_days("RS")(date(2026, 11, day)) for day in (20, 21, 22, 23)] == [True, False, False, True]


def test_an_unknown_country_works_on_every_weekday() -> None:
    """Rather a reminder a little late than none."""
    assert court_days("XX")(date(2026, 12, 25))
    assert not court_days("XX")(date(2026, 12, 26))
