"""Tests of the plain form that all spellings share."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.folding import _TABLE, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Виши суд у Нишу", "VIŠI SUD U NIŠU"),
        ("Виши суд у Нишу", "visi  sud u nisu "),
        ("Виши суд у Ђаковици", "Visi sud u Djakovici"),
        ("Љиг и Њиве и Џеп", "Ljig i Njive i Dzep"),
        ("Wojewódzki Sąd Administracyjny w Łodzi", "wojewodzki sad administracyjny w lodzi"),
        ("Kž¹", "kz1"),
    ],
)
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    """Script, marks, case and spaces do not tell two names apart."""
    assert fold(one) == fold(other)


def test_different_names_stay_different() -> None:
    """Niš and Nić are two places."""
    assert fold("Niš") != fold("Nić")
    assert fold("") == ""


@given(st.text() | st.text(st.characters(categories=["Mn", "Lu", "Ll"])))
def test_letter_by_letter_says_what_the_whole_would(text: str) -> None:
    """Blind indexes are made of this form: it must never change."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    whole = "".join(letter for letter in spread if not unicodedata.combining(letter)).translate(_TABLE)

    assert fold(text) == " ".join(whole.casefold().split())
