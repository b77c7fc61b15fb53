"""The words of messages: nothing in them, one part long, in every language."""

from dataclasses import replace
from datetime import date, time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.codes.people import Language, SmsDetail
from tracker.domain.messages import AlertKind
from tracker.formats.pack_toml import load_pack
from tracker.privacy.wording import (
    ONE_PART,
    PLACEHOLDERS,
    UnsafeTemplateError,
    Words,
    compose,
    gsm_length,
    is_safe,
    load_templates,
    plain_name,
    plain_room,
    templates,
)

COURTS = [court.name for court in load_pack("RS").courts]
LONGEST_COURT = max(COURTS, key=len)
WORDS = Words(
    code="7F3K",
    link="https://tracker.example.org/a/" + "x" * 22,
    today=date(2026, 11, 20),
    on=date(2026, 11, 24),
    at=time(9, 30),
    court="Виши суд Београд",
    room="sudnica 12",
)
NOW = [AlertKind.HEARING_AHEAD, AlertKind.HEARING_MOVED, AlertKind.HEARING_CANCELLED, AlertKind.FLAG_RAISED]


def test_every_kind_has_words_in_both_languages() -> None:
    """English and plain Serbian Latin."""
    assert set(product(NOW, [Language.EN, Language.SR_LATN])) <= set(templates())


def test_the_allow_list_of_placeholders_is_what_the_rules_say() -> None:
    """Adding one is a decision about people's safety."""
    assert {"count", "date", "time", "court", "code", "link"} == PLACEHOLDERS


@pytest.mark.parametrize("court", sorted({*COURTS, LONGEST_COURT}))
@pytest.mark.parametrize("detail", list(SmsDetail))
def test_every_message_fits_one_part(court: str, detail: SmsDetail) -> None:
    """In every language and kind, for every court of the pack, with a room and a far date."""
    far = replace(WORDS, court=court, on=date(2027, 9, 29))
    for kind, language in templates():
        text = compose(kind, language, detail, far)

        assert gsm_length(text) <= ONE_PART
        assert text.isascii()
        assert is_safe(text.replace(far.link, ""))


@pytest.mark.parametrize(
    ("language", "detail", "text"),
    [
        (Language.EN, SmsDetail.CODE, "Reminder: 1 item. Code 7F3K. LINK"),
        (Language.EN, SmsDetail.TIME, "Hearing Tue 24 Nov 09:30. Code 7F3K. LINK"),
        (Language.EN, SmsDetail.PLACE, "Hearing Tue 24 Nov 09:30, Visi sud Beograd, room 12. Code 7F3K. LINK"),
        (Language.SR_LATN, SmsDetail.TIME, "Rociste uto 24.11. 09:30. Kod 7F3K. LINK"),
        (Language.SR_CYRL, SmsDetail.TIME, "Rociste uto 24.11. 09:30. Kod 7F3K. LINK"),
        (None, SmsDetail.TIME, "Hearing Tue 24 Nov 09:30. Code 7F3K. LINK"),
    ],
)
def test_a_reminder_at_each_level(language: Language | None, detail: SmsDetail, text: str) -> None:
    """As the examples of the rules have it; who reads Cyrillic is written to in plain Latin."""
    words = replace(WORDS, court="Виши суд Београд")

    assert compose(AlertKind.HEARING_AHEAD, language, detail, words) == text.replace("LINK", WORDS.link)


def test_without_a_time_only_the_day_is_told() -> None:
    """And no stray blank or point is left behind."""
    words = replace(WORDS, at=None)

    assert compose(AlertKind.HEARING_AHEAD, Language.EN, SmsDetail.TIME, words).startswith("Hearing Tue 24 Nov. Code")
    assert compose(AlertKind.HEARING_AHEAD, Language.SR_LATN, SmsDetail.TIME, words).startswith("Rociste uto 24.11. Kod")


def test_a_place_too_long_for_one_part_is_left_out() -> None:
    """PLACE falls back to TIME."""
    words = replace(WORDS, court="Sud " * 30)

    assert compose(AlertKind.HEARING_AHEAD, Language.EN, SmsDetail.PLACE, words).startswith("Hearing Tue 24 Nov 09:30. Code")


def test_an_address_too_long_for_the_time_leaves_the_code() -> None:
    """TIME falls back to CODE."""
    words = replace(WORDS, link="https://" + "x" * 120)

    assert compose(AlertKind.HEARING_AHEAD, Language.EN, SmsDetail.TIME, words).startswith("Reminder: 1 item.")


@pytest.mark.parametrize("court", ["Court for Human Trafficking", "Суд за трговину људима", "Sąd Karny Ofiary", None])
def test_a_place_that_would_say_what_it_is_about_is_left_out(court: str | None) -> None:
    """Names of courts come from outside."""
    text = compose(AlertKind.HEARING_AHEAD, Language.EN, SmsDetail.PLACE, replace(WORDS, court=court))

    assert text.startswith("Hearing Tue 24 Nov 09:30. Code")


@pytest.mark.parametrize(
    ("room", "shown"),
    [("12", "12"), ("Sala 12a", "12A"), ("sudnica  3", "3"), ("B-14", "B-14"), ("12 (K 11/24)", None), ("K 11/24", None), ("Marija", None)],
)
def test_a_room_is_a_number_or_nothing(room: str, shown: str | None) -> None:
    """Free text might say whose case it is."""
    assert plain_room(room) == shown


def test_a_court_is_named_in_plain_letters() -> None:
    """Whatever script it is written in."""
    assert plain_name("Виши суд Ниш") == "Visi sud Nis"
    assert plain_name("Wojewódzki Sąd Administracyjny w Łodzi") == "Wojewodzki Sad Administracyjny w Lodzi"


@pytest.mark.parametrize(("text", "length"), [("a" * 160, 160), ("[a]", 5), ("č", ONE_PART + 1), ("", 0)])
def test_length_in_places_of_the_alphabet(text: str, length: int) -> None:
    """Brackets take two places; a letter outside the alphabet fits in no part."""
    assert gsm_length(text) == length


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("CODE: Hello {name}", "name"),
        ("CODE: {case_number}", "case_number"),
        ("CODE: {code.__class__}", "__class__"),
        ("CODE: {code!r}", "code"),
        ("CODE: {link:>99}", "link"),
        ("CODE: {}", "placeholder"),
        ("CODE: Your trafficking case", "forbidden word"),
        ("CODE: Trgovina ljudima", "forbidden word"),
        ("CODE: Саслушање жртве", "forbidden word"),
        ("CODE: Hilfe fur Opfer", "forbidden word"),
        ("CODE: ASTRA {code}", "forbidden word"),
        ("CODE: Ročište {code}", "ASCII"),
        ("TIME: {date}", "CODE"),
    ],
)
def test_an_unsafe_template_is_refused(tmp_path: Path, template: str, problem: str) -> None:
    """A forbidden placeholder or word, in any language, fails the build."""
    (tmp_path / "hearing-ahead.en.txt").write_text(template, encoding="utf-8")

    with pytest.raises(UnsafeTemplateError, match=problem):
        load_templates(tmp_path)


@given(court=st.text(max_size=80), room=st.text(max_size=20), detail=st.sampled_from(SmsDetail), language=st.sampled_from(Language))
def test_whatever_a_court_is_called(court: str, room: str, detail: SmsDetail, language: Language) -> None:
    """One part, plain letters, no forbidden word."""
    for kind in NOW:
        text = compose(kind, language, detail, replace(WORDS, court=court, room=room))

        assert gsm_length(text) <= ONE_PART
        assert is_safe(text.replace(WORDS.link, ""))
