"""The jurisdiction packs that ship, and what is said of a broken one."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tracker.discovery import discover
from tracker.domain.codes.people import CourtLevel
from tracker.domain.errors import NotConfiguredError
from tracker.domain.flags import FlagRule
from tracker.formats.court_holidays import court_days
from tracker.formats.pack_toml import _limits, load_pack, parse_pack
from tracker.resources import folder

RULES = discover("tracker.domain.rules", "RULE", FlagRule)
TEXT = (folder("packs") / "RS.toml").read_text(encoding="utf-8")
FROM_MEMORY = {
    "CEPEJ-2y", "CJEU-C38/18", "ECHR-6", "EU-THB-17", "EU-VRD-6", "EU-VRD-19", "EU-VRD-22", "EU-VRD-23", "GDPR-9", "GRETA",
    "RS-ZKP-104", "RS-ZKP-254", "RS-ZKP-388", "RS-ZMUKD",
}  # fmt: skip


def test_serbia_knows_its_courts() -> None:
    """25 higher and 4 appellate courts, each once, with official names in both scripts."""
    pack = load_pack("RS")

    settled = [court for court in pack.courts if not court.contested]
    assert Counter(court.level for court in settled) == {CourtLevel.HIGHER: 25, CourtLevel.APPELLATE: 4}
    assert len({court.id for court in pack.courts}) == len({court.name for court in pack.courts}) == 31
    assert all(court.name_latin.isascii() or set(court.name_latin) & set("čćžšđČĆŽŠĐ") for court in pack.courts)
    assert ("Виши суд у Шапцу", "Viši sud u Šapcu", "Šabac") in {(court.name, court.name_latin, court.seat) for court in pack.courts}


def test_contested_courts_of_serbia_are_marked() -> None:
    """They are no part of the 25, say why, and no appeal is said to go from them anywhere."""
    contested = [court for court in load_pack("RS").courts if court.contested]

    assert [court.seat for court in contested] == ["Kosovska Mitrovica", "Vrbas"]
    assert [court.appellate for court in contested] == [None, None]


def test_every_higher_court_of_serbia_has_its_appellate_court() -> None:
    """And only those."""
    courts = {court.id: court for court in load_pack("RS").courts}
    below = Counter(courts[court.appellate].seat for court in courts.values() if court.appellate)

    assert below == {"Kragujevac": 8, "Niš": 7, "Novi Sad": 6, "Beograd": 4}


def test_serbia_knows_its_time() -> None:
    """Belgrade's zone, and the holidays on which its courts are closed."""
    pack = load_pack("RS")
    is_court_day = court_days(pack.holidays)

    assert ZoneInfo(pack.timezone).key == "Europe/Belgrade"
    assert pack.languages == ("sr-Latn", "sr-Cyrl", "en")
    assert is_court_day.__name__ == "is_court_day"
    assert [pack.is_recess(date(2026, month, day)) for month, day in ((7, 14), (7, 15), (8, 15), (8, 16))] == [False, True, True, False]


def test_no_lawyer_has_confirmed_the_serbian_pack_yet() -> None:
    """Every flag says so; what was compared with its source says when, the rest is from memory."""
    legal = load_pack("RS").legal

    assert [key for key, reference in legal.items() if reference.verified_on is not None] == []
    assert {key for key, reference in legal.items() if reference.read_on is None} == FROM_MEMORY


def test_every_provision_of_serbia_is_told_in_serbian() -> None:
    """In Cyrillic letters, from which the Latin ones are derived."""
    assert [key for key, reference in load_pack("RS").legal.items() if not set("аеио") & set(reference.text_sr or "")] == []


def test_rules_and_pack_fit_together() -> None:
    """Every legal key of a rule is in the pack, and every threshold in the pack belongs to a rule."""
    pack = load_pack("RS")

    assert {key for rule in RULES for key in (*rule.legal, *pack.legal_keys(rule))} <= set(pack.legal)
    assert set(pack.thresholds) <= {rule.code for rule in RULES}


def test_an_unknown_country_is_named_with_those_that_are_there() -> None:
    """Nothing is guessed."""
    with pytest.raises(NotConfiguredError, match=r"no jurisdiction pack XX; there are: (PL, )?RS"):
        load_pack("XX")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "RS"', 'code = "RS', "RS.toml: is not valid TOML (at line"),
        ('timezone = "Europe/Belgrade"\n', "", "RS.toml: timezone: missing"),
        ("Europe/Belgrade", "Europe/Atlantis", "timezone: no time zone is called 'Europe/Atlantis'"),
        ("[[3, 1]]", "[[3, 9]]", "rules.outcome-missing.over_days: expected pairs of [limit, severity]"),
        ("[[3, 1]]", "[3]", "rules.outcome-missing.over_days: expected pairs of [limit, severity]"),
        ("[[3, 1]]", "[]", "rules.outcome-missing.over_days: expected levels from the mildest to the gravest"),
        ("[[90, 2], [180, 3]]", "[[90, 3], [180, 2]]", "rules.no-hearing-held.over_days: expected levels from the mildest"),
        ("[[3, 1]]", '"three"', "rules.outcome-missing.over_days: expected a number, or a list"),
        ("[[3, 1]]", "[[36526, 1]]", "rules.outcome-missing.over_days: expected limits from 0 to 36525"),
        ("[[3, 1]]", "[[-1, 1]]", "rules.outcome-missing.over_days: expected limits from 0 to 36525"),
        ("[[3, 1]]", "-1", "rules.outcome-missing.over_days: expected limits from 0 to 36525"),
        ("[[3, 1]]", "[[true, 1]]", "rules.outcome-missing.over_days: expected pairs of [limit, severity]"),
        ("[[3, 1]]", "[" * 5000 + "]" * 5000, "is not valid TOML (a number too long, or lists too deep)"),
        ("[[3, 1]]", "9" * 5000, "is not valid TOML (a number too long, or lists too deep)"),
        ('url = "https://', 'url = "javascript://', ".url: string should match pattern '^https://'"),
        ('"Europe/Belgrade"', '"../../etc/passwd"', "timezone: no time zone is called"),
        ('"Europe/Belgrade"', '"Europe"', "timezone: no time zone is called"),
        ('level = "APPELLATE"', 'level = "LUNAR"', "courts.0.level: input should be 'BASIC', 'HIGHER'"),
        ('[legal."GRETA"]\n', '[legal."GRETA"]\nverified = true\n', "legal.GRETA.verified: is not known here"),
        ("withdrawn_days = 30 ", "withdrawn_days = true ", "retention.withdrawn_days: input should be a valid integer"),
        ("withdrawn_days = 30 ", "withdrawn_days = 36526 ", "retention.withdrawn_days: input should be less than or equal to 36525"),
        ("withdrawn_days = 30 ", "days = 30 ", "retention: days, withdrawn_days: expected each of "),
        ("read_on = 2026-11-23", "read_on = 2026-11-23T08:00:00Z", "read_on: input should be a valid date"),
        ("[[90, 2], [180, 3]]", "[[180, 2], [90, 3]]", "rules.no-hearing-held: over_days: out of order: the limits must grow"),
        ("[[90, 2], [180, 3]]", "[[90, 2], [90, 3]]", "rules.no-hearing-held: over_days: out of order: the limits must grow"),
        ("[[14, 3], [3, 4]]", "[[3, 3], [14, 4]]", "rules.no-special-status: days_ahead: out of order: the limits must shrink"),
        ('begins = "07-15"', 'begins = "02-30"', "recess.0.begins: expected a day of the year as month-day"),
        ('"sr-Latn"', '"sr-Runr"', "languages.0: input should be 'en', 'sr-Latn' or 'sr-Cyrl'"),
    ],
)
def test_a_broken_pack_is_refused_with_the_place(old: str, new: str, said: str) -> None:
    """One line, no traceback."""
    assert old in TEXT
    with pytest.raises(NotConfiguredError) as refused:
        parse_pack(TEXT.replace(old, new), "RS.toml")
    assert said in str(refused.value)


def test_a_single_number_is_a_threshold_too() -> None:
    """Next to the levels."""
    limits = _limits({"over_days": [[3, 1]], "window": 7})

    assert (limits.numbers, list(limits.levels)) == ({"window": 7}, ["over_days"])
