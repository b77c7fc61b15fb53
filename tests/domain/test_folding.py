"""Tests of the plain form that all spellings share."""

import unicodedata
from random import Random

import cyrtranslit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.folding import _TABLE, fold, name_key


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


LETTERS = "абвгдђежзијклљмнњопрстћуфхцчџш"
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=12)
MARKS = str.maketrans({"č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "dj"})


@given(st.lists(WORDS, min_size=1, max_size=4), st.randoms())
def test_a_name_has_one_key_in_every_spelling(words: list[str], chance: Random) -> None:
    """Latin as Cyrillic, with and without marks, in capitals, in any order of words."""
    latin = [cyrtranslit.to_latin(word, "sr") for word in words]
    plain = [word.translate(MARKS) for word in latin]
    shuffled = chance.sample(plain, len(plain))

    assert name_key(" ".join(words)) == name_key(" ".join(latin)) == name_key(" ".join(plain))
    assert name_key("  ".join(shuffled)) == name_key("-".join(plain)) == name_key(" ".join(latin).upper()) == name_key(" ".join(words))


def test_who_is_who() -> None:
    """One woman in four spellings; her sister, and she under her first name alone, are others."""
    spellings = ("Марија Ђорђевић", "Djordjević Marija", "MARIJA DJORDJEVIC", " marija,  đorđević ")

    assert {name_key(each) for each in spellings} == {"djordjevic marija"}
    assert len({name_key(each) for each in ("Marija Đorđević", "Marijana Đorđević", "Marija", "Marija Marija Đorđević")}) == 4


@given(st.text())
def test_every_text_has_a_key(text: str) -> None:
    """Half characters too; a key is its own key."""
    assert name_key(name_key(text)) == name_key(text)
