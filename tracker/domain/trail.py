"""The audit log's own terms: which actions there are, and what may be told of one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ACTION = re.compile(r"[a-z-]{1,20}\.[a-z-]{1,19}")
DETAIL_NAME = re.compile(r"[a-z_]{1,40}")
DETAIL_TEXT = re.compile(r"[A-Za-z0-9_.:/-]{1,64}")

Detail = int | bool | str
Details = Mapping[str, Detail | list[str]]


@dataclass(frozen=True, slots=True)
class Audited:
    """The actions of one area: code to the words by which people know it (English, marked for translation)."""

    actions: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse a code that would not fit its column, or reads unlike the others."""
        wrong = [code for code in self.actions if not ACTION.fullmatch(code)]
        if wrong:
            raise ValueError(f"no codes of actions: {', '.join(wrong)}")
        object.__setattr__(self, "actions", MappingProxyType(dict(self.actions)))


def require_codes(details: Details) -> None:
    """Do nothing where ``details`` hold numbers and codes only, which is all that the log may know of a value.

    Raises:
        ValueError: one could be somebody's words, name or number (it is not repeated).
    """
    for name, value in details.items():
        texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        if not DETAIL_NAME.fullmatch(name) or not all(isinstance(each, str) and DETAIL_TEXT.fullmatch(each) for each in texts):
            raise ValueError("the audit log takes numbers and codes only")
        if not isinstance(value, int | str | list):
            raise ValueError("the audit log takes numbers and codes only")  # noqa: TRY004 - one kind of refusal for all
