"""Tests of the plain form that all spellings share."""

import pytest

from tracker.domain.folding import fold


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
