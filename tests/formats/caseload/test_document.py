"""A whole document, read in one go."""

import json
from datetime import UTC, date, datetime

import pytest

from tests.factories.caseload import small, spelt
from tracker.domain.errors import InvalidInputError
from tracker.formats.caseload.document import read


def test_values_are_converted_and_defaults_filled_in() -> None:
    """Dates, UTC instants and floats; what is left out stays out unless the format has a default for it."""
    proceeding = read(spelt(small()), "RS")["proceedings"][0]

    hearing, claim, event = proceeding["hearings"][0], proceeding["claims"][0], proceeding["stage_events"][0]
    assert (hearing["starts_at"], hearing["type"], hearing["time_known"]) == (datetime(2026, 11, 10, 9, tzinfo=UTC), "MAIN", True)
    assert (claim["amount"], claim["decision"]) == (1000.5, "PENDING")
    assert (event["on"], event["precision"], event["instance_round"]) == (date(2024, 3, 1), "DAY", 1)
    assert "room" not in hearing
    assert "appearances" in proceeding


def test_several_mistakes_are_told_at_once_in_their_order() -> None:
    """One round of corrections, not one for each mistake."""
    document = small()
    document["courts"][1]["level"] = "HIGH"
    document["proceedings"][0]["hearings"][0]["starts_at"] = "2026-11-10 10:00"
    document["proceedings"][0]["claims"][0]["amount"] = "1000"
    del document["proceedings"][0]["lead_offence"]

    with pytest.raises(InvalidInputError) as refused:
        read(spelt(document), "RS")
    assert [problem.path for problem in refused.value.problems] == [
        "$.courts[1].level", "$.proceedings[0].hearings[0].starts_at", "$.proceedings[0].claims[0].amount", "$.proceedings[0]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b"[]", "$"),
        (b'"CANARY"', "$"),
        (b'{"format": "court-caseload/1", "format": "court-caseload/1", "jurisdiction": "RS", "courts": [], "proceedings": []}', "$"),
        (json.dumps({**small(), "jurisdiction": "PL"}).encode(), "$.jurisdiction"),
        (spelt(small()).replace(b'"amount": 1000.5', b'"amount": NaN'), "$.proceedings[0].claims[0].amount"),
        (spelt(small()).replace(b'"amount": 1000.5', b'"amount": 1e999'), "$.proceedings[0].claims[0].amount"),
        (spelt(small()).replace(b'"value": 12', b'"value": ' + b"9" * 5000), "$.proceedings[0].assets[0].value"),
        (spelt(small()).replace(b'"Breza"', b'"CANARY\\u0000"'), "$.proceedings[0].victims[0].pseudonym"),
        (spelt(small()).replace(b'"Breza"', b'"CANARY\\ud83d"'), "$.proceedings[0].victims[0].pseudonym"),
    ],
)
def test_what_cannot_be_kept_is_refused(data: bytes, path: str) -> None:
    """Another shape, a repeated property, another country, numbers and texts that no database keeps."""
    with pytest.raises(InvalidInputError) as refused:
        read(data, "RS")

    assert [problem.path for problem in refused.value.problems] == [path]
    assert "CANARY" not in str(refused.value)


def test_a_document_of_mistakes_ends_after_fifty() -> None:
    """The rest is counted."""
    document = {**small(), "courts": [{"id": 1}] * 200}

    with pytest.raises(InvalidInputError) as refused:
        read(spelt(document), "RS")
    assert len(refused.value.problems) == 51
    assert refused.value.problems[-1].message == "and 350 more"
