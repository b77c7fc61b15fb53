"""Tests of case numbers: what must be understood, what must not, and that all spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import case_numbers
from tracker.domain.case_numbers import is_reference, normalise, parse
from tracker.domain.errors import InvalidInputError


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("K 11/24", "K 11/2024"),
        ("Kž1 127/25", "KZ1 127/2025"),
        ("Kzz 1060/2025", "KZZ 1060/2025"),
        ("K.br.4219/10", "K 4219/2010"),
        ("1K no. 95/11", "K 95/2011"),
        ("Kž 1 no. 3234/2013", "KZ1 3234/2013"),
        ("К 24/10", "K 24/2010"),
        ("K-Po1 12/2020", "KPO1 12/2020"),
        ("Kv-Po1 3/21", "KVPO1 3/2021"),
        ("Kž1-Po1 7/2019", "KZ1PO1 7/2019"),
        ("Už-1526/2017", "UZ 1526/2017"),
        ("R4r. 1/17", "R4R 1/2017"),
        ("KTI 12/19", "KTI 12/2019"),
        ("K 123/2020-45", "K 123/2020"),
        ("SPK 4/22", "SPK 4/2022"),
        ("I SA/Kr 1014/21", "I SA/KR 1014/2021"),
        ("III SAB/Lu 3/21", "III SAB/LU 3/2021"),
        ("II OSK 12/21", "II OSK 12/2021"),
        ("sygn. akt II K 12/20", "II K 12/2020"),
        ("I 12/20", "I 12/2020"),
        ("V/A. 1/00", "V/A 1/2000"),
        ("I-K-12/20", "I K 12/2020"),
    ],
)
def test_known_forms_are_understood(text: str, normal: str) -> None:
    """Every form that was met in real decisions and calendars has its normal form."""
    assert parse(text).normal == normal


@pytest.mark.parametrize(
    "text",
    ["foo", "2020/11", "", "K", "K 11", "K 11/", "K/11/24", "K 11/024", "K 0/24", "K 11/1899", "K 11/2100", "-K 1/20", "K 1.234/20",
     "K 1,234/20", "K 11/24 i K 12/24", "KONVERZACIJA 1/20", "K--Po 1/20", "12 34 K 1/20", "123K 1/20", "KABC-DEFG-HIJK 1/20",
     "SA/Kr/Wa 1/20", "Kz12 1 1/20", "K 12345678/20", "K 11/24" + " " * 3 + "9" * 60, "К 11 24", "K\x0011/24"],
)  # fmt: skip
def test_what_is_no_number_is_refused_and_kept_by_imports(text: str) -> None:
    """People are told; an import keeps the text without a parsed form."""
    with pytest.raises(InvalidInputError) as refusal:
        parse(text)
    assert str(refusal.value) == "not a case number; expected a register, a number and a year"
    with pytest.raises(InvalidInputError, match=r"and a year, as in II SA/Gd 123/26$"):
        parse(text, "II SA/Gd 123/26")
    assert normalise(text).parsed is False


@pytest.mark.parametrize(
    "spelling",
    ["K 11/24", "k 11/2024", "K.11/24", "K. br. 11/24", "K-11/24", "K br 11 / 24.", "К. бр. 11/24", "K11/24", "K No. 11/24", "K № 11/24",
     "4K 11/24", "4. K 11/24", "K 11/24-3", "K 011/24", " K\t11/24 "],
)  # fmt: skip
def test_all_spellings_of_one_number_meet(spelling: str) -> None:
    """The same case is found whichever way its number is written."""
    assert normalise(spelling).normal == "K 11/2024"


@pytest.mark.parametrize(
    ("one", "other"),
    [("K 11/24", "K1 1/24"), ("K 11/24", "K1 11/24"), ("I SA/Kr 1/21", "II SA/Kr 1/21"), ("I SA/Kr 1/21", "I SAB/Kr 1/21"),
     ("K 11/24", "K 11/23"), ("K 11/24", "Kv 11/24"), ("Kž1127/25", "Kž1 127/25"), ("K 1 1 24", "K 1/24")],
)  # fmt: skip
def test_different_cases_stay_apart(one: str, other: str) -> None:
    """A digit of the number never wanders into the register, and a division counts its own cases."""
    assert normalise(one).normal != normalise(other).normal


@pytest.mark.parametrize(("year", "expected"), [("69", 2069), ("70", 1970), ("00", 2000), ("99", 1999), ("1900", 1900), ("2099", 2099)])
def test_two_digits_of_a_year_mean_1970_to_2069(year: str, expected: int) -> None:
    """The pivot is fixed, so a normal form never changes its meaning."""
    assert parse(f"K 1/{year}").year == expected


def test_parts_are_told() -> None:
    """Panel and sheet are not in the normal form but are understood."""
    form = parse("4K-Po1 12/2020-45")
    assert (form.panel, form.register, form.number, form.year, form.sheet) == ("4", "KPO1", 12, 2020, "45")
    assert parse("I SA/Kr 1014/21").division == "I"


def test_a_number_that_is_not_understood_still_has_one_plain_form() -> None:
    """Two spellings of a foreign number meet too, and never in the form of an understood one."""
    assert normalise("jkhc/0201-2015").normal == normalise("JKHC 0201 2015").normal == "JKHC 0201 2015"
    assert normalise("???").normal == "???"


@given(st.text(max_size=80))
def test_any_text_has_a_form_and_is_found_again_by_it(text: str) -> None:
    """Normalising never fails, and a normal form is its own normal form."""
    form = normalise(text)
    again = normalise(form.normal)
    assert again.normal == form.normal
    assert form.parsed == ("/" in form.normal and form.year > 0)


@given(
    register=st.sampled_from(["K", "Kž1", "K-Po1", "Kzz", "Už", "КТИ", "SA/Kr"]),
    number=st.integers(1, 9_999_999),
    year=st.integers(1970, 2069),
    join=st.sampled_from([" ", ". ", "-", ". br. ", " no. "]),
)
def test_short_and_long_years_meet(register: str, number: int, year: int, join: str) -> None:
    """Two digits or four, with whatever stands between register and number."""
    long = normalise(f"{register}{join}{number}/{year}")
    assert long.parsed
    assert long.normal == normalise(f"{register} {number}/{year % 100:02}").normal


@given(st.from_regex(case_numbers._COMMON, fullmatch=True))
def test_reading_at_a_glance_says_the_same(text: str) -> None:
    """The common form has a short way; the long way, taken for the same text with a stray full stop, agrees."""
    assert normalise(text) == normalise(f"{text}.")


@pytest.mark.parametrize("unit", ["1", "K", "-", "/", ".", "1.", "K1", "K 1/20 ", "1 ", "Ž"])
def test_a_hostile_text_is_refused_by_its_length(unit: str) -> None:
    """No pattern is tried on more letters than a case number has, so a megabyte of anything costs one pass to fold."""
    for length in (case_numbers.LONGEST + 1, 200_000):
        assert normalise(f"{unit * length} K 1/20"[-length:]).parsed is False


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("RS-2025-0032", True), ("p1", True), ("9f3c2a71", True), ("Предмет7", True),
        ("Marija", False), ("Марија Ђорђевић", False), ("K 11/24", False), ("k11/24", False), ("Marija 2", False),
        ("", False), ("a\x001", False),
    ],
)  # fmt: skip
def test_what_may_be_the_reference_of_a_file(text: str, is_one: bool) -> None:  # noqa: FBT001
    """One word with a digit; a number and a name are none."""
    assert is_reference(text) is is_one
