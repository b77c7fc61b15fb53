"""The program in another country: real calendars, a sweep and pages under the Polish pack, in which nothing is Serbian."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests.architecture.test_no_country import FACTS
from tests.calendars import COURT, FOLDER, KRAKOW, KRAKOW_AT, bring_in, counts
from tests.web.visitor import PASSWORD, SECRET, Visitor, accounts_row
from tracker.domain.case_numbers import normalise
from tracker.domain.clock import FixedClock
from tracker.domain.codes.people import CourtLevel, Language
from tracker.formats.court_holidays import court_days
from tracker.formats.pack_toml import load_pack
from tracker.services import accounts, second_factor
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.services.sweeping import sweep
from tracker.storage.tables.courts import Court
from tracker.web.app import create_app

POLAND = load_pack("PL")
NOW = datetime.fromisoformat("2022-01-20T08:00:00+01:00")
CASE = {
    "format": "court-caseload/1",
    "jurisdiction": "PL",
    "courts": [{"id": "krakow", "name": COURT}],
    "people": [{"id": "ana", "name": "Ana", "role": "ADVOCATE"}],
    "proceedings": [
        {
            "id": "p",
            "court": "krakow",
            "lead_offence": "OTHER",
            "case_numbers": [{"court": "krakow", "text": "I SA/Kr 1014/21"}],
            "stage_events": [{"kind": "INDICTMENT_FILED", "on": "2019-01-10"}, {"kind": "MAIN_HEARING_OPENED", "on": "2019-03-01"}],
            "assignments": [{"person": "ana", "as": "ADVOCATE"}],
        }
    ],
}


@pytest.fixture
def there(sqlite_ctx: Context) -> Context:
    """The system in Poland, on a day of the calendars."""
    return replace(sqlite_ctx, pack=POLAND, clock=FixedClock(NOW))


def test_poland_has_its_administrative_courts() -> None:
    """One supreme and sixteen regional ones, whose appeals go to it; the courts of the calendars are among them."""
    below = [court for court in POLAND.courts if court.appellate == "PL-NSA"]

    assert len(below) == len(POLAND.courts) - 1 == 16
    assert [court.id for court in POLAND.courts if court.level is CourtLevel.SUPREME] == ["PL-NSA"]
    assert COURT in {court.name for court in POLAND.courts}


def test_polish_courts_work_on_serbian_holidays_only() -> None:
    """On Statehood Day they sit, on Corpus Christi they do not; they have no vacation."""
    works = court_days(POLAND.holidays)

    assert works(datetime(2026, 2, 16).date())  # noqa: DTZ001 - a date
    assert not works(datetime(2026, 6, 4).date())  # noqa: DTZ001 - a date
    assert not POLAND.is_recess(datetime(2026, 7, 20).date())  # noqa: DTZ001 - a date


@pytest.mark.parametrize(
    ("text", "expected"),
    [("II SA/Gd 123/26", True), ("I SAB/Wr 11/21", True), ("II OSK 131/17", True), ("SA/Łd 5/26", True), ("K 11/24", False),
     ("II SA/Zg 5/26", False), ("nonsense", False)],
)  # fmt: skip
def test_numbers_are_expected_as_the_courts_write_them(text: str, expected: bool) -> None:  # noqa: FBT001 - a row of the table
    """A register and a mark that no court there has are odd; they are read all the same."""
    assert POLAND.case_numbers.expects(normalise(text)) is expected


def test_every_number_of_the_real_calendars_is_expected(there: Context) -> None:
    """3,011 sessions of four courts, brought in at Warsaw's time."""
    names = {"gdansk-2021-12-31": "w Gdańsku", "lublin-2021-12-31": "w Lublinie", "wroclaw-2022-01-18": "we Wrocławiu"}
    bring_in(there, KRAKOW, at=KRAKOW_AT)
    for file, place in names.items():
        bring_in(there, FOLDER / f"{file}.csv", court=f"Wojewódzki Sąd Administracyjny {place}", at=NOW)
    numbers = {line.split(",")[1] for path in FOLDER.glob("*.csv") for line in path.read_text(encoding="utf-8").splitlines()[1:]}

    assert [number for number in numbers if not POLAND.case_numbers.expects(normalise(number))] == []
    with there.database.reading() as db:
        assert set(db.connection().execute(sa.select(col(Court.timezone))).scalars()) == {"Europe/Warsaw"}


def test_a_case_is_swept_and_shown_without_a_serbian_word(there: Context) -> None:
    """Its hearings come from the calendar, its flags rest on what the pack names, and the page is in English however one asks."""
    import_caseload(there, json.dumps(CASE).encode())
    assert counts(bring_in(there, KRAKOW, at=KRAKOW_AT)) == {"added": 828}
    assert sweep(there)["opened"] >= 1
    accounts.create(there, "ana", "ana", PASSWORD)
    second_factor.install(there, accounts_row(there, "ana"), SECRET)
    visitor = Visitor(create_app(there))
    visitor.sign_in("ana")
    listed = visitor.get("/proceedings/", Accept_Language="sr-Cyrl").text
    address = listed[listed.index('href="/proceedings/', listed.index("case-number") - 200) + 6 :].partition('"')[0]
    page = visitor.get(address, Accept_Language="sr-Latn")

    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert "I SA/Kr 1014/21" in page.text
    assert "European Convention on Human Rights, art. 6(1)" in page.text
    assert "Legal basis not yet confirmed by a lawyer" in page.text
    for text in (listed, page.text):
        polish = text.replace("Wojewódzki Sąd Administracyjny", "").replace("SA/Kr 1014/21", "").replace("SA/Gd 123/26", "")
        assert {found[0] for found in FACTS.finditer(polish)} <= {"SAB/Wr 11/21"}


def test_only_the_languages_of_the_pack_can_be_chosen(there: Context) -> None:
    """A language that the pack does not name is no page, and a form that asks for it is refused."""
    visitor = Visitor(create_app(there))

    assert 'lang="sr-Latn"' not in visitor.get("/login").text
    assert visitor.post("/language", language=Language.SR_LATN.value).status_code == 404
    assert visitor.post("/language", language=Language.EN.value).status_code == 303
