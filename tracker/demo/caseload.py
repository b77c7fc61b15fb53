"""The whole invented caseload as one document of the exchange format."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tracker.demo import closed, coming, contact, delay
from tracker.demo.case import Case
from tracker.demo.days import Days
from tracker.demo.people import PEOPLE
from tracker.domain.court_days import IsCourtDay
from tracker.domain.pack import Pack


def demo(today: date, pack: Pack, is_court_day: IsCourtDay) -> dict[str, Any]:
    """Return about 40 proceedings placed around ``today``, the same ones for the same day; Serbian courts, invented people.

    ``is_court_day`` keeps hearings off weekends and holidays.
    """
    zone = ZoneInfo(pack.timezone)
    courts = [court for court in pack.courts if not court.contested]
    days = Days(today, zone, is_court_day, pack.recess)
    stories = [*coming.STORIES, *contact.STORIES, *delay.STORIES]
    cases = []
    for number, (seat, story) in enumerate(stories, 1):
        case = Case(days, number, courts, seat)
        story(case)
        cases.append(case.entry)
    for number, judged in enumerate(closed.JUDGED, len(cases) + 1):
        case = Case(days, number, courts, judged.seat)
        closed.tell(case, judged)
        cases.append(case.entry)
    return {
        "format": "court-caseload/1",
        "jurisdiction": pack.code,
        "courts": [
            {"id": court.id, "name": court.name_latin, "level": court.level.value, "seat": court.seat, "timezone": zone.key}
            for court in courts
        ],
        "people": [dict(person) for person in PEOPLE],
        "proceedings": cases,
    }
