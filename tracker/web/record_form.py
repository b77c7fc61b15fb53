"""What a form of the record is: the kind of entry it writes, and its fields, each a property of the exchange format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from tracker.discovery import discover
from tracker.domain.debrief import number
from tracker.services.case_record import KEYS

Entry = Mapping[str, Any]
FORMS = "tracker.web.record_forms"
LONGEST = 500


class Input(StrEnum):
    """How a field is filled in."""

    CODE = "code"
    DAY = "day"
    NUMBER = "number"
    VICTIM = "victim"
    HEARING = "hearing"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One property; ``title`` and the names of ``codes`` are marked for translation."""

    name: str
    title: str
    input: Input
    codes: Mapping[str, str] | None = None
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class RecordForm:
    """One kind of entry: ``kind`` is its list in the exchange format, ``slug`` its place in addresses, ``order`` what a list goes by."""

    kind: str
    slug: str
    title: str
    add: str
    fields: tuple[Field, ...]
    order: str

    @property
    def has_ids(self) -> bool:
        """Tell whether entries have ids of their own, so that everything about them can be changed."""
        return self.kind not in KEYS

    def is_fixed(self, field: Field) -> bool:
        """Tell whether a field names the entry: another value would be another entry."""
        return field.name in KEYS.get(self.kind, ())


@lru_cache(maxsize=1)
def all_forms() -> Mapping[str, RecordForm]:
    """Return every form by its place in addresses, in order of file name."""
    return {form.slug: form for form in discover(FORMS, "FORM", RecordForm)}


def filled(form: RecordForm, old: Entry, sent: Mapping[str, str], choices: Mapping[Input, Sequence[str]]) -> tuple[Entry, set[str]]:
    """Return the entry as a form sent it, and the names of fields that hold what none of their choices is, or nothing where they must.

    What the form does not ask stays as it is in ``old``; an emptied field is left out. Days and numbers are judged by the record.
    """
    entry: dict[str, Any] = dict(old)
    wrong = set()
    for field in form.fields:
        if old and form.is_fixed(field):
            continue
        text = sent.get(field.name, "").strip()[:LONGEST]
        entry.pop(field.name, None)
        if not text:
            wrong |= {field.name} if field.is_required else set()
            continue
        allowed = field.codes if field.input is Input.CODE else choices.get(field.input)
        if allowed is not None and text not in allowed:
            wrong.add(field.name)
        entry[field.name] = number(text) if field.input is Input.NUMBER else text
    return entry, wrong
