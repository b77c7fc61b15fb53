"""One plain form for all spellings: Cyrillic and Latin, with and without diacritics, in any case."""

import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        (
            *("a", "b", "v", "g", "d", "dj", "e", "z", "z", "i", "j", "k", "l", "lj", "m"),
            *("n", "nj", "o", "p", "r", "s", "t", "c", "u", "f", "h", "c", "c", "dz", "s"),
        ),
        strict=True,
    )
)
_TABLE = str.maketrans(_CYRILLIC | {"đ": "dj", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe"})


_REMEMBERED = 5000


class _Plain(dict[int, str]):
    """The plain form of each letter, worked out once; letter by letter, since sorting a long run of marks takes its square in time."""

    def __missing__(self, code: int) -> str:
        spread = unicodedata.normalize("NFKD", chr(code)).casefold()
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter)).translate(_TABLE)
        if len(self) < _REMEMBERED:
            self[code] = plain
        return plain


_PLAIN = _Plain()


def fold(text: str) -> str:
    """Return ``text`` in small plain letters with single spaces, so that two spellings of one name compare equal.

    Serbian Cyrillic becomes Latin, marks on letters go, ``đ`` becomes ``dj``: "Виши суд у Нишу", "VIŠI SUD U NIŠU"
    and "visi sud  u nisu" are one. For comparing only: the way back is lost.
    """
    if not text.isascii():
        text = text.translate(_PLAIN)
    return " ".join(text.casefold().split())


def name_key(text: str) -> str:
    """Return the form under which a person's name is looked up: spelling, order of words and hyphens make no difference.

    "Марија Ђорђевић", "Djordjević Marija" and "MARIJA DJORDJEVIC" are one; a name with another word is another name.
    """
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return " ".join(sorted(letters.split()))
