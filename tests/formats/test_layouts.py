"""Tests of the layouts of court calendars."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tracker.domain.codes.hearing import ClosedToPublic, HearingOutcome, HearingType
from tracker.domain.errors import InvalidInputError
from tracker.formats.layouts import Layout, load_layout, shipped

CALENDARS = Path(__file__).parents[1] / "data" / "court-calendars"
COLUMNS = '[columns]\ncase_number = "number"\ndate = "day"\n'


@pytest.fixture
def layout() -> Layout:
    """The ready-made layout."""
    return load_layout()


def test_every_shipped_layout_loads() -> None:
    """What comes with the program is of the right shape."""
    assert shipped() == ["court-csv", "serbian-spreadsheet"]
    assert {load_layout(name).zone for name in shipped()} == {"Europe/Warsaw", "Europe/Belgrade"}


@pytest.mark.parametrize(
    ("result", "session_type", "outcome"),
    [
        ("", "jawne", None),
        ("Odroczono rozprawę", "jawne", HearingOutcome.POSTPONED_ON_DAY),
        ("*Odroczono rozprawę", "niejawne", HearingOutcome.POSTPONED_ON_DAY),
        ("odmówiono dopuszczenia do udziału; odroczono rozprawę", "jawne", HearingOutcome.POSTPONED_ON_DAY),
        ("Odroczono ogłoszenie orzeczenia", "jawne", HearingOutcome.HELD),
        ("Odroczono ogłoszenie orzeczenia", "publikacja", HearingOutcome.POSTPONED_ON_DAY),
        ("Zdjęto z wokandy", "niejawne", HearingOutcome.CANCELLED),
        ("zdjęto z wokandy i skierowano na rozprawę", "niejawne", HearingOutcome.CANCELLED),
        ("zmieniono termin pos. niejawnego", "niejawne", HearingOutcome.POSTPONED_IN_ADVANCE),
        ("ODDALONO SKARGE", "jawne", HearingOutcome.HELD),
        ("Publikacja orzeczenia odroczona z dnia 15 grudnia 2021 r.", "publikacja", None),
        ("Publikacja orzeczenia odroczona z dnia 15 grudnia 2021 r.; Oddalono skargę", "publikacja", HearingOutcome.HELD),
        ("INNE", "niejawne", HearingOutcome.UNKNOWN),
    ],
)
def test_polish_results(layout: Layout, result: str, session_type: str, outcome: HearingOutcome | None) -> None:
    """Words of real calendars; a remark is no outcome, an unknown word is UNKNOWN."""
    assert layout.outcome(result, session_type) == outcome


def test_nearly_every_real_result_is_understood(layout: Layout) -> None:
    """Of 1,602 real results five are not understood: three are cut-off subjects or "other", two leave the public hearing open."""
    counts: Counter[HearingOutcome | None] = Counter()
    for path in CALENDARS.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            counts.update(layout.outcome(row["result"], row["session_type"]) for row in csv.DictReader(file) if row["result"])
    assert counts == {
        HearingOutcome.HELD: 1520,
        HearingOutcome.CANCELLED: 48,
        HearingOutcome.POSTPONED_ON_DAY: 13,
        HearingOutcome.POSTPONED_IN_ADVANCE: 7,
        HearingOutcome.UNKNOWN: 5,
        None: 9,
    }


def test_session_types(layout: Layout) -> None:
    """Public, closed, delivery of the judgment; a word that is not known means nothing."""
    assert layout.meaning("jawne").closed_to_public == ClosedToPublic.NO
    assert layout.meaning("Niejawne").closed_to_public == ClosedToPublic.FULL
    assert layout.meaning("publikacja").type == HearingType.SENTENCING
    assert layout.meaning("zdalne").type is None
    assert layout.meaning("").closed_to_public is None


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("одложено", "POSTPONED_ON_DAY"),
        ("Odloženo unapred", "POSTPONED_IN_ADVANCE"),
        ("nije održano", "POSTPONED_ON_DAY"),
        ("Održan", "HELD"),
        ("prekid", "RECESSED"),
        ("otkazano", "CANCELLED"),
    ],
)
def test_serbian_results(result: str, outcome: str) -> None:
    """Latin or Cyrillic, with or without marks."""
    assert load_layout("serbian-spreadsheet").outcome(result, "") == outcome


def test_a_layout_of_ones_own(tmp_path: Path) -> None:
    """The least that a layout must say is its name and the two columns that make a hearing."""
    path = tmp_path / "mine.toml"
    path.write_text(f'name = "Mine"\ndelimiter = ";"\n{COLUMNS}', encoding="utf-8")
    layout = load_layout(str(path))
    assert (layout.columns.case_number, layout.delimiter, layout.zone, layout.results) == ("number", ";", None, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (COLUMNS, "name: Field required"),
        ('name = "x"', "columns: Field required"),
        (f'name = "x"\nkolumny = 1\n{COLUMNS}', "kolumny: unknown key"),
        (f'name = "x"\nzone = "Europe/Atlantis"\n{COLUMNS}', "zone: is no time zone; expected a name such as Africa/Accra"),
        (f'name = "x"\nzone = "/etc/passwd"\n{COLUMNS}', "zone: is no time zone; expected a name such as Africa/Accra"),
        (f'name = "x"\nencodings = ["utf-9"]\n{COLUMNS}', "encodings.0: is no text encoding that this program knows; expected one such as"),
        (f'name = "x"\nencodings = ["hex"]\n{COLUMNS}', "encodings.0: is no text encoding"),
        (f'name = "x"\nencodings = []\n{COLUMNS}', "encodings: Tuple should have at least 1 item"),
        (f'name = "x"\ndates = ["%Y-%m"]\n{COLUMNS}', "dates.0: does not tell day, month and year; expected one such as %Y-%m-%d"),
        (f'name = "x"\ntimes = ["%H"]\n{COLUMNS}', "times.0: does not tell hour and minute; expected one such as %H:%M"),
        (f'name = "x"\ntimes = ["%!"]\n{COLUMNS}', "times.0: does not tell hour and minute"),
        (f'name = "x"\ndelimiter = "::"\n{COLUMNS}', "delimiter: String should match"),
        (f'name = "x"\n{COLUMNS}[[results]]\nwords = ["a"]\noutcome = "WON"\n', "results.0.outcome: Input should be 'HELD'"),
        (f'name = "x"\n{COLUMNS}[[results]]\nwords = []\n', "results.0.words: Tuple should have at least 1 item"),
        ("name = ", "is not valid TOML (at "),
    ],
)
def test_a_wrong_layout_names_the_key_and_what_was_expected(tmp_path: Path, text: str, message: str) -> None:
    """One line a mistake."""
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInputError) as refusal:
        load_layout(str(path))
    assert f"{path}: {message}" in str(refusal.value)


def test_a_layout_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    """The ready-made names are offered."""
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInputError, match="is not UTF-8 text"):
        load_layout(str(path))
    with pytest.raises(InvalidInputError, match="expected a TOML file or one of court-csv, serbian-spreadsheet"):
        load_layout(str(tmp_path / "none.toml"))
