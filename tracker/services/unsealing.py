"""Opening what a page shows: one altered value is shown as such, told and noted, and the rest of the page still works."""

from types import TracebackType
from typing import Self

import structlog

from tracker.privacy.keys import KeyRing, SealBrokenError
from tracker.services import audit
from tracker.services.context import Context

REFERENCE_LENGTH = 8

_log = structlog.get_logger(__name__)


class UnreadableText(str):
    """What stands in the place of a text whose seal is broken; pages say it in the reader's language."""

    __slots__ = ("reference",)

    reference: str

    def __new__(cls, reference: str) -> Self:
        """Make the text for one place; ``reference`` is what the operator finds it by."""
        made = super().__new__(cls, f"⚠ {reference}")
        made.reference = reference
        return made


def reference(keys: KeyRing, where: str, row: str) -> str:
    """Return a short name of one sealed value, which tells nothing of it and is always the same."""
    return keys.token("broken-seal", f"{where}\x1f{row}")[:REFERENCE_LENGTH]


class Legible:
    """Opens sealed values for one page, as `KeyRing.open` does; used as a context manager, it notes at the end what was broken."""

    def __init__(self, ctx: Context) -> None:
        """Open with the keys of ``ctx``."""
        self._ctx = ctx
        self._broken: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def open(self, where: str, row: str, blob: bytes) -> str:
        """Return the text that was sealed for this place, or what stands for it where its seal is broken.

        Raises:
            MissingKeyError: its key is not in the ring: then nothing on the page would be readable.
        """
        try:
            return self._ctx.keys.open(where, row, blob)
        except SealBrokenError:
            name = reference(self._ctx.keys, where, row)
            self._broken[name] = where
            return UnreadableText(name)

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        """Note every broken seal."""
        for name, where in self._broken.items():
            _log.error("seal.broken", place=where, reference=name)
        if self._broken and error is None:
            audit.record(self._ctx, "seal.broken", details={"places": sorted({*self._broken.values()}), "references": [*self._broken]})
