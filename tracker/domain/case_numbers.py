"""Court case numbers: the many ways in which people write one, and the one normal form that finds them all.

A number is *register number/year*: ``K 11/24``. Around it stand a panel (``1K 95/11``), a division in Roman figures
(``I SA/Kr 1014/21``), words (``K. br. 11/24``, ``Kž 1 no. 3234/2013``) and a sheet (``K 123/2020-45``).

The normal form keeps what tells two cases apart and drops what does not:

- register: plain capital letters without dots, hyphens and spaces, so that ``K-Po1``, ``K.Po1`` and ``K Po 1`` agree;
  the slash of Polish administrative courts stays (``SA/KR``);
- division: kept, since each division counts its own cases;
- year: four digits. Two digits mean 1970-2069. The pivot is fixed and does not move with the calendar: a normal form
  goes into a blind index that must read the same in thirty years;
- panel and sheet: dropped. A case keeps its number when another judge takes it, and a sheet is a page of its file.

Source: register marks as in the Serbian Court Rules of Procedure (Sl. gl. RS 110/2009 and later), examples of published
decisions 2010-2025; signatures of Polish administrative courts as their public calendars print them. Checked 2026-11-23.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.domain.errors import InvalidInputError, Problem
from tracker.domain.folding import fold

LONGEST = 60
"""Characters of the longest text that is read as a number; it bounds the work of a hostile input."""
PIVOT = 70

_EXPECTED = "not a case number; expected a register, a number and a year"
_MARKERS = frozenset({"BR", "BROJ", "NO", "NR", "NUM", "SYGN", "AKT"})
_ROMAN = frozenset({f"{ten}{one}" for ten in ("", "X") for one in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")}) - {""}
_TOKEN = re.compile(r"[A-Z]+|[0-9]+|/|-")
_ALLOWED = re.compile(r"(?:[A-Z /:-]|[0-9](?!\.[0-9])|\.)*")
"""Also keeps out ``K 1.234/20``, which is either register K1 or a number above a thousand."""
_NO_MARKER = rf"(?!(?:{'|'.join(sorted(_MARKERS))})(?![A-Z]))"
_COMMON = re.compile(
    rf"(?:([IVX]+) )?({_NO_MARKER}[A-Z]{{1,5}}[0-9]?(?:/{_NO_MARKER}[A-Z]{{1,3}})?) "
    r"([1-9][0-9]{0,6})/([0-9]{2}|19[0-9]{2}|20[0-9]{2})"
)
"""How nearly every number is written; reading it at a glance makes an import twice as fast, and says the same."""
_LONGEST_NUMBER = 7
_LONGEST_WORD = 5
_LONGEST_REGISTER = 10


@dataclass(frozen=True, slots=True)
class CaseNumberForm:
    """A case number taken apart; one that is not understood has ``parsed`` false and only a ``normal`` form.

    ``normal`` is equal for all spellings of one number and is what the blind index is made of.
    """

    normal: str
    parsed: bool = False
    register: str = ""
    number: int = 0
    year: int = 0
    division: str = ""
    panel: str = ""
    sheet: str = ""


def parse(text: str, example: str = "") -> CaseNumberForm:
    """Return a case number that a person entered; ``example`` is one of the country's, for the message.

    Raises:
        InvalidInputError: it is none (the text is not repeated).
    """
    form = normalise(text)
    if not form.parsed:
        raise InvalidInputError([Problem("", f"{_EXPECTED}, as in {example}" if example else _EXPECTED)])
    return form


def normalise(text: str) -> CaseNumberForm:
    """Return a case number that another system wrote, understood or not.

    What cannot be understood keeps a plain form of its letters and digits, without a slash, so that it can never
    be taken for a number that was understood.
    """
    plain = fold(text).upper()
    common = _COMMON.fullmatch(plain) if len(plain) <= LONGEST else None
    if common is not None and (not common[1] or common[1] in _ROMAN):
        return _form(common[2], int(common[3]), _year(common[4]) or 0, division=common[1] or "")
    if len(plain) <= LONGEST and _ALLOWED.fullmatch(plain):
        form = _understood(_TOKEN.findall(plain))
        if form is not None:
            return form
    spaced = "".join(sign if sign.isalnum() else " " for sign in plain)
    return CaseNumberForm(" ".join(spaced.split()) or plain)


def is_reference(text: str) -> bool:
    """Tell whether a text may be the reference of a file: with a digit, in one word, and no case number.

    Only such a text is compared as it is. Numbers and names are looked for by their blind indexes alone: a database that logs its
    statements would log them in clear.
    """
    has_digit = any(sign.isdigit() for sign in text)
    return has_digit and text.isprintable() and len(text.split()) == 1 and not normalise(text).parsed


def _understood(tokens: Sequence[str]) -> CaseNumberForm | None:
    tail = _tail(tokens)
    if tail is None:
        return None
    head, number, year, sheet = tail
    head = [token for token in head if token not in _MARKERS]
    panel, head = _leading_panel(head)
    division, head = _leading_division(head)
    register = _register(head)
    if register is None:
        return None
    return _form(register, number, year, division=division, panel=panel, sheet=sheet)


def _form(register: str, number: int, year: int, *, division: str = "", panel: str = "", sheet: str = "") -> CaseNumberForm:
    normal = f"{division} {register} {number}/{year}" if division else f"{register} {number}/{year}"
    return CaseNumberForm(normal, True, register, number, year, division, panel, sheet)  # noqa: FBT003 - all fields, in order


def _tail(tokens: Sequence[str]) -> tuple[list[str], int, int, str] | None:
    """Split off ``number / year [- sheet]`` from the right."""
    sheet = ""
    if len(tokens) > 2 and tokens[-2] == "-" and tokens[-1].isdigit():  # noqa: PLR2004 - a hyphen and a sheet
        *tokens, _, sheet = tokens
    if len(tokens) < 4 or tokens[-2] != "/":  # noqa: PLR2004 - register, number, slash, year
        return None
    *head, number, _, year = tokens
    expanded = _year(year)
    if expanded is None or not number.isdigit() or len(number) > _LONGEST_NUMBER or not int(number):
        return None
    return head, int(number), expanded, sheet


def _year(text: str) -> int | None:
    if not text.isdigit() or len(text) not in {2, 4}:
        return None
    year = int(text)
    if len(text) == 2:  # noqa: PLR2004 - two digits
        return year + (2000 if year < PIVOT else 1900)
    return year if 1900 <= year < 2100 else None  # noqa: PLR2004 - a court's year


def _leading_panel(head: list[str]) -> tuple[str, list[str]]:
    if head and head[0].isdigit() and len(head[0]) <= 2:  # noqa: PLR2004 - no court has a hundred panels
        rest = head[1:]
        return head[0], rest[1:] if rest[:1] == ["-"] else rest
    return "", head


def _leading_division(head: list[str]) -> tuple[str, list[str]]:
    """Take a Roman figure for a division only where a register of its own follows: ``I 12/20`` is register I."""
    if head and head[0] in _ROMAN:
        rest = head[2:] if head[1:2] == ["-"] else head[1:]
        if rest and rest[0].isalpha():
            return head[0], rest
    return "", head


def _register(head: list[str]) -> str | None:
    """Join the parts of a register; a digit in it stands alone and after a letter (``Kz1``, ``R4r``, ``Po1``)."""
    while head and head[-1] == "-":
        head = head[:-1]
    if not head or not head[0].isalpha() or head[-1] == "/":
        return None
    for before, token in pairwise([*head, "."]):
        if before.isdigit() and (len(before) > 1 or token.isdigit()):
            return None
        if len(before) > _LONGEST_WORD or (before == token):
            return None
    register = "".join(part for part in head if part != "-")
    return register if len(register) <= _LONGEST_REGISTER and register.count("/") <= 1 else None
