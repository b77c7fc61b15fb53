"""What must fit together in a pack: each slip is told at its place, and a sound pack tells nothing."""

from datetime import date

import pytest

from tracker.domain.errors import NotConfiguredError
from tracker.formats.pack_checks import faults
from tracker.formats.pack_toml import UnfitPackError, load_pack, parse_pack, shipped_packs
from tracker.resources import folder

TEXT = (folder("packs") / "RS.toml").read_text(encoding="utf-8")
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("code", shipped_packs())
def test_what_ships_fits_together(code: str) -> None:
    """On every day from the one on which it was written."""
    assert list(faults(load_pack(code), TODAY)) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('id = "RS-VS-NIS"', 'id = "RS-VS-PIROT"', "courts.15.id", "RS-VS-PIROT stands here twice"),
        ("Виши суд у Нишу", "Виши суд у Пироту", "courts.15.name", "Виши суд у Пироту stands here twice"),
        (
            'seat = "Šabac", appellate = "RS-AS-NOVI-SAD"',
            'seat = "Šabac", appellate = "X"',
            "courts.28.appellate",
            "X is the id of no",
        ),
        ('holidays = "RS"', 'holidays = "XX"', "holidays", "the program knows no public holidays"),
        ('begins = "07-15"', 'begins = "08-16"', "recess.0", "ends before it begins"),
        ('"sr-Latn", "sr-Cyrl"', '"sr-Latn", "sr-Latn"', "languages", "sr-Latn stands here twice"),
        ('"REPORTED",', '"REPORTED", "REPORTED",', "stages", "REPORTED stands here twice"),
        ('"K 11/24"', '"Kmf 11/24"', "case_numbers.examples.0", "does not fit the registers"),
        ('"K 11/24"', '"I K 11/24"', "case_numbers.examples.0", "does not fit the registers"),
        ('"K 11/24"', '"K/Wa 11/24"', "case_numbers.examples.0", "does not fit the registers"),
        ('"K 11/24"', '"eleven"', "case_numbers.examples.0", "does not fit the registers"),
        ("[rules.confrontation]", "[rules.confrontations]", "rules.confrontations", "the program has no such rule; expected one of conf"),
        ("[rules.confrontation]", "[rules.confrontations]", "rules.confrontation", "missing: every rule of the program"),
        ('[legal."RS-ZKP-388"]', '[legal."RS-ZKP-389"]', "rests_on.no-hearing-held", "rests on RS-ZKP-388, which has no text"),
        ('[legal."CEPEJ"]', '[legal."CEPEX"]', "rules.wasted-appearance", "rests on CEPEJ, which has no text"),
        ("[rests_on]\n", '[rests_on]\nconfrontation = ["X"]\n', "rests_on.confrontation", "rests on X, which has no text"),
        ("[rests_on]\n", '[rests_on]\nnothing = ["GRETA"]\n', "rests_on.nothing", "the program has no such rule"),
        ('version = "2026.2"\nname', 'version = "2026.3"\nname', "changes.1.version", "the newest change is not that of version 2026.3"),
        ("on = 2026-11-25", "on = 2026-11-22", "changes.1.on", "is before the change above it"),
        ('[legal."GRETA"]\n', '[legal."GRETA"]\nverified_on = 2026-11-26\n', "legal.GRETA.verified_on", "lies in the future"),
        ('[legal."GRETA"]\n', '[legal."GRETA"]\nread_on = 2026-11-26\n', "legal.GRETA.read_on", "lies in the future"),
        ("on = 2026-11-25", "on = 2026-11-26", "changes.1.on", "lies in the future"),
        ("hearings = [[2, 3]", "hearing = [[2, 3]", "rules.repeated-confrontation.hearing", "is not known here; expected hearings"),
        ("hearings = [[2, 3]", "hearing = [[2, 3]", "rules.repeated-confrontation.hearings", "missing; expected pairs"),
        ("over_days = [[3, 1]]", "over_days = 3", "rules.outcome-missing.over_days", "missing; expected pairs"),
        (TEXT[TEXT.index('text_sr = "GRETA') :].partition("\n")[0], "", "legal.GRETA.text_sr", "missing: this pack speaks"),
    ],
)
def test_what_does_not_fit_is_told_with_key_and_line(old: str, new: str, key: str, reason: str) -> None:
    """The line is that of the key in the file, or of its table."""
    assert TEXT.count(old) >= 1
    text = TEXT.replace(old, new, 1)
    with pytest.raises(UnfitPackError) as refused:
        parse_pack(text, "RS.toml", TODAY)
    found = [fault for fault in refused.value.faults if fault.key == key and fault.reason.startswith(reason)]

    assert len(found) == 1
    assert f"RS.toml{'' if found[0].line is None else f', line {found[0].line}'}: {key}: {reason}" in str(refused.value)


def test_a_confirmation_of_today_counts() -> None:
    """The day itself is no future; without a day nothing can be told."""
    confirmed = TEXT.replace('[legal."GRETA"]\n', '[legal."GRETA"]\nverified_on = 2026-11-25\n')

    assert parse_pack(confirmed, "RS.toml", TODAY).is_confirmed(("GRETA",))
    assert parse_pack(confirmed, "RS.toml").is_confirmed(("GRETA",))


def test_everything_is_told_at_once_and_no_more_than_a_screen() -> None:
    """Two slips are two lines; a file full of them is cut after twenty."""
    two = TEXT.replace('begins = "07-15"', 'begins = "08-16"').replace('holidays = "RS"', 'holidays = "XX"')
    many = TEXT.replace('level = "HIGHER"', 'level = "LOWER"')
    told = []
    for text in (two, many):
        with pytest.raises(NotConfiguredError) as refused:
            parse_pack(text, "RS.toml")
        told.append(str(refused.value).splitlines())

    assert len(told[0]) == 2
    assert (len(told[1]), told[1][-1]) == (21, "RS.toml: and 7 more")
