"""Read a caseload document: bytes in, converted and cross-checked facts out, or every problem with its place."""

from collections.abc import Mapping
from typing import Any

from tracker.formats.caseload.parsing import parse
from tracker.formats.caseload.problems import ROOT, Problems
from tracker.formats.caseload.references import check_references
from tracker.formats.caseload.shape import document_check


def read(data: bytes, jurisdiction: str, zone: str | None = None) -> dict[str, Any]:
    """Return the document with dates as `date`, instants as UTC `datetime`, numbers as the database keeps them, and defaults filled in.

    An optional property that the document leaves out stays out. ``jurisdiction`` is that of the office's pack, ``zone``
    the time zone of its courts that name none: the format's own default is right for one country only.

    Raises:
        InvalidInputError: what is wrong, where; at most 50 problems and how many more there are. Nothing of the document is repeated.
    """
    value = parse(data)
    if zone is not None:
        _place_courts(value, zone)
    problems = Problems()
    document: dict[str, Any] = document_check()(value, ROOT, problems)
    problems.refuse()
    if document["jurisdiction"] != jurisdiction:
        problems.add((ROOT, "jurisdiction"), f'expected "{jurisdiction}", the jurisdiction of this office')
    check_references(document, problems)
    problems.refuse()
    return document


def _place_courts(value: Any, zone: str) -> None:  # noqa: ANN401 - nothing of the document is checked yet
    courts = value.get("courts") if isinstance(value, Mapping) else None
    for court in courts if isinstance(courts, list) else ():
        if isinstance(court, dict):
            court.setdefault("timezone", zone)
