"""Read a jurisdiction pack from its TOML file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tracker.domain.errors import NotConfiguredError
from tracker.domain.flags import Level, Limits, Severity
from tracker.domain.folding import fold
from tracker.domain.pack import CaseNumberPattern, LegalReference, Pack, PackChange, PackCourt, Recess
from tracker.domain.retention import RetentionRules
from tracker.formats.pack_checks import Fault, faults
from tracker.formats.toml_lines import line_of, lines_of
from tracker.resources import folder
from tracker.schemas.pack import PackDocument, StatedNumbers, StatedRecess

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class PackFault:
    """One thing that is wrong with a pack: the key it stands at, why, and on which line where that is known."""

    key: str
    reason: str
    line: int | None = None


class UnfitPackError(NotConfiguredError):
    """A pack that cannot be used, with everything that is wrong with it."""

    def __init__(self, name: str, found: Iterable[PackFault]) -> None:
        """Tell the faults in the order of the file."""
        self.faults = tuple(sorted(found, key=lambda fault: (fault.line or 0, fault.key)))
        told = [_told(name, fault) for fault in self.faults[:MOST_TOLD]]
        left = len(self.faults) - len(told)
        super().__init__("\n".join([*told, f"{name}: and {left} more"] if left else told))


def shipped_packs() -> tuple[str, ...]:
    """Return the codes of the packs that come with the program."""
    return tuple(sorted(each.stem for each in folder("packs").glob("*.toml")))


@lru_cache(maxsize=8)
def load_pack(code: str, today: date | None = None) -> Pack:
    """Return the pack of a country (ISO 3166 alpha-2), as it lies in ``packs/CODE.toml``.

    Raises:
        NotConfiguredError: there is no such pack, or it cannot be used (every place is named).
    """
    if code not in shipped_packs():
        raise NotConfiguredError(f"there is no jurisdiction pack {code}; there are: {', '.join(shipped_packs())}")
    return read_pack(folder("packs") / f"{code}.toml", today)


def read_pack(path: Path, today: date | None = None) -> Pack:
    """Return the pack that lies in a file, which is called as its country: ``CODE.toml``.

    Raises:
        UnfitPackError: the file cannot be read, or what it holds cannot be used.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnfitPackError(path.name, [PackFault("", f"cannot be read ({error.strerror or type(error).__name__})")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnfitPackError(path.name, [PackFault("", "is not UTF-8", line)]) from None
    pack = parse_pack(text, path.name, today)
    if path.name != f"{pack.code}.toml":
        raise UnfitPackError(path.name, _located(text, [(("code",), f"expected the file to be called {pack.code}.toml")]))
    return pack


def parse_pack(text: str, name: str, today: date | None = None) -> Pack:
    """Return the pack that ``text`` states; ``name`` stands for it in errors, with ``today`` its dates are checked too.

    Raises:
        UnfitPackError: it is no TOML, something in it is missing, unknown or impossible, or its parts do not fit together.
    """
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = str(error).rpartition("(")[2].rstrip(")")
        raise UnfitPackError(name, [PackFault("", f"is not valid TOML ({where})")]) from None
    except (ValueError, RecursionError):
        raise UnfitPackError(name, [PackFault("", "is not valid TOML (a number too long, or lists too deep)")]) from None
    try:
        document = PackDocument.model_validate(stated)
    except ValidationError as error:
        raise UnfitPackError(name, _located(text, map(_fault, error.errors(include_url=False)))) from None
    pack = _pack(document)
    if found := list(faults(pack, today)):
        raise UnfitPackError(name, _located(text, found))
    return pack


def _pack(document: PackDocument) -> Pack:
    return Pack(
        code=document.code,
        version=document.version,
        name=document.name,
        timezone=document.timezone,
        languages=tuple(document.languages),
        holidays=document.holidays,
        thresholds={rule: _limits(stated) for rule, stated in document.rules.items()},
        legal={key: LegalReference(key=key, **dict(stated)) for key, stated in document.legal.items()},
        courts=tuple(PackCourt(**{**dict(each), "contested": each.contested or ""}) for each in document.courts),
        retention=RetentionRules(**document.retention),
        recess=tuple(map(_recess, document.recess)),
        case_numbers=_numbers(document.case_numbers),
        stages=tuple(document.stages),
        rests_on={rule: tuple(keys) for rule, keys in document.rests_on.items()},
        changes=tuple(PackChange(**dict(each)) for each in document.changes),
    )


def _limits(stated: Mapping[str, Any]) -> Limits:
    levels = {name: value for name, value in stated.items() if isinstance(value, list)}
    return Limits(
        levels={name: tuple(Level(limit, Severity(severity)) for limit, severity in value) for name, value in levels.items()},
        numbers={name: value for name, value in stated.items() if name not in levels},
    )


def _recess(stated: StatedRecess) -> Recess:
    (first_month, first_day), (last_month, last_day) = (map(int, each.split("-")) for each in (stated.begins, stated.ends))
    return Recess((first_month, first_day), (last_month, last_day))


def _numbers(stated: StatedNumbers) -> CaseNumberPattern:
    return CaseNumberPattern(
        registers=frozenset(map(_mark, stated.registers)),
        court_marks=frozenset(map(_mark, stated.court_marks)),
        divisions=stated.divisions,
        examples=tuple(stated.examples),
    )


def _mark(written: str) -> str:
    """Return a register or a court's mark as the normal form of a number holds it."""
    return "".join(sign for sign in fold(written).upper() if sign.isalnum())


def _fault(error: Any) -> Fault:  # noqa: ANN401 - pydantic's own description
    """Return an error of the shape in the words of the field; a value of the file is never repeated."""
    place = tuple(part for part in error["loc"] if part != "[key]")
    match error["type"]:
        case "missing":
            return place, "missing"
        case "extra_forbidden":
            return place, "is not known here"
        case "value_error":
            return place, str(error["ctx"]["error"])
        case _:
            reason = str(error["msg"])
            return place, reason[:1].lower() + reason[1:]


def _located(text: str, found: Iterable[Fault]) -> list[PackFault]:
    lines = lines_of(text)
    return [PackFault(".".join(map(str, place)), reason, line_of(lines, place)) for place, reason in found]


def _told(name: str, fault: PackFault) -> str:
    line = "" if fault.line is None else f", line {fault.line}"
    return ": ".join(part for part in (name + line, fault.key, fault.reason) if part)
