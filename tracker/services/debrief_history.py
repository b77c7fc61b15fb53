"""What a hearing's entries said before somebody corrected them, for whoever works on the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.domain.debrief import Difference, corrections
from tracker.services import case_record
from tracker.services.context import Context

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: by whom (sign-in name), when, and each answer before and after."""

    login: str | None
    written_at: datetime
    answers: tuple[Difference, ...]


def history(ctx: Context, case: str, hearing: Entry, appearances: Mapping[str, Entry]) -> tuple[Correction, ...]:
    """Return the corrections of a hearing and of what it did to victims (entries by external id), newest first.

    Raises:
        NotFoundError: there is no such case, or it is not the person's to write to.
    """
    entries = [(None, "hearings", hearing), *((victim, "appearances", entry) for victim, entry in appearances.items())]
    found = []
    for victim, kind, after in entries:
        for before in case_record.history(ctx, case, kind, case_record.key(kind, after)):
            if before.entry is not None:
                answers = tuple(corrections(victim, before.entry, after))
                found.append(Correction(before.login, before.written_at, answers))
                after = before.entry  # noqa: PLW2901 - the next one is older: it was changed to this
    return tuple(sorted((each for each in found if each.answers), key=lambda each: each.written_at, reverse=True))
