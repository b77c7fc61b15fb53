"""The invented caseload is sound and alive on any day."""

import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.demo.caseload import demo
from tracker.demo.people import PEOPLE, SIGN_INS
from tracker.formats.caseload.document import read
from tracker.formats.court_holidays import court_days
from tracker.formats.pack_toml import load_pack

BELGRADE = ZoneInfo("Europe/Belgrade")
MONDAY = date(2026, 11, 23)
HELD = {"HELD", "HELD_PARTLY"}


@lru_cache(maxsize=2)
def read_for(today: date) -> dict[str, Any]:
    """Return the document of a day as an import reads it."""
    return read(json.dumps(demo(today, load_pack("RS"), court_days("RS"))).encode(), "RS")


def hearings(document: dict[str, Any]) -> list[tuple[dict[str, Any], datetime]]:
    """Return every hearing with its local start."""
    return [(each, each["starts_at"].astimezone(BELGRADE)) for case in document["proceedings"] for each in case["hearings"]]


@given(today=st.dates(date(2005, 1, 1), date(2120, 12, 31)))
@example(today=date(2028, 2, 29))
@example(today=date(2026, 12, 31))
@example(today=date(2027, 1, 1))
@example(today=date(2026, 5, 1))
@example(today=date(2026, 7, 20))
@example(today=date(2015, 2, 3))
@settings(max_examples=25, deadline=None)
def test_it_is_sound_and_alive_on_any_day(today: date) -> None:
    """Accepted by the format; hearings ahead within days; none on a day on which courts are closed; nothing in the future has happened."""
    document, is_open = read_for(today), court_days("RS")
    found = hearings(document)
    ahead = [(hearing, at.date()) for hearing, at in found if at.date() > today and "outcome" not in hearing]

    assert all(is_open(at.date()) for _, at in found)
    assert min(day for _, day in ahead) == next(day for day in (today + timedelta(days=n) for n in range(1, 30)) if is_open(day))
    assert sum(day <= today + timedelta(days=14) for _, day in ahead) >= 3
    assert all(hearing.get("outcome") not in HELD for hearing, at in found if at.date() > today)
    assert all(event["on"] <= today for case in document["proceedings"] for event in case["stage_events"])
    assert all(
        entry["on"] <= today
        for case in document["proceedings"]
        for kind in ("statements", "incidents", "assessments")
        for entry in case.get(kind, ())
    )


def test_it_is_the_same_for_the_same_day() -> None:
    """No chance decides what people see in a demonstration."""
    pack = load_pack("RS")
    assert demo(MONDAY, pack, court_days("RS")) == demo(MONDAY, pack, court_days("RS"))


def test_it_is_of_the_size_of_a_small_office() -> None:
    """Courts, people, cases, victims and hearings as announced."""
    document = read_for(MONDAY)
    levels = Counter(court["level"] for court in document["courts"])

    assert levels == {"HIGHER": 25, "APPELLATE": 4}
    assert Counter(person["role"] for person in document["people"]) == {
        "ADVOCATE": 3, "LAWYER": 2, "SUPERVISOR": 1, "ANALYST": 1, "STEWARD": 1, "ADMIN": 1,
    }  # fmt: skip
    assert len(document["proceedings"]) in range(38, 44)
    assert sum(len(case["victims"]) for case in document["proceedings"]) in range(55, 66)
    assert len(hearings(document)) in range(350, 451)


def test_judged_cases_are_as_uneven_as_real_ones() -> None:
    """About twenty-two first judgments in eight years; pleas within weeks, trials within years; some begun anew."""
    lengths = []
    quashed = 0
    for case in read_for(MONDAY)["proceedings"]:
        events = {event["kind"]: event["on"] for event in reversed(case["stage_events"])}
        quashed += "APPEAL_QUASHED_REMITTED" in events
        if "FIRST_INSTANCE_JUDGMENT" in events:
            lengths.append((events["FIRST_INSTANCE_JUDGMENT"] - events["INDICTMENT_FILED"]).days)

    assert len(lengths) in range(22, 26)
    assert sum(length <= 365 for length in lengths) >= 6
    assert sum(length > 1095 for length in lengths) >= 4
    assert sum(lengths) / len(lengths) == pytest.approx(2.2 * 365, rel=0.15)
    assert quashed >= 3


def test_the_first_advocate_has_a_rich_day() -> None:
    """Many open cases are hers, with something tomorrow, something moved and something called off."""
    mine = [
        case for case in read_for(MONDAY)["proceedings"] if any(each["person"] == SIGN_INS[0][1] for each in case.get("assignments", ()))
    ]
    future = datetime.combine(MONDAY, time.max, BELGRADE)
    ahead = [each for case in mine for each in case["hearings"] if each["starts_at"] > future]

    assert len(mine) >= 12
    assert any("superseded_by" in hearing for hearing in ahead)
    assert any(hearing.get("outcome") == "CANCELLED" for hearing in ahead)
    assert sum("outcome" not in hearing for hearing in ahead) >= 10


def test_nobody_in_it_exists() -> None:
    """Numbers are from the range that Ofcom keeps for fiction, addresses from the domain that is kept for examples."""
    assert all(person.get("phone", "+447700900000").startswith("+447700900") for person in PEOPLE)
    assert all(person["email"].endswith(".example") for person in PEOPLE)


def test_each_role_can_be_tried() -> None:
    """One sign-in for each of them."""
    roles = {person["id"]: person["role"] for person in PEOPLE}

    assert {roles[person] for _, person in SIGN_INS} == set(roles.values())
