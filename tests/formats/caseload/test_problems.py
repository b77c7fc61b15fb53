"""Places in words, and an end to long lists."""

import pytest

from tracker.domain.errors import InvalidInputError
from tracker.formats.caseload.problems import MOST, ROOT, Problems, spelt


def test_places_are_spelt_as_json_paths() -> None:
    """Keys with dots, positions in brackets, the document itself as a dollar sign."""
    assert spelt(ROOT) == "$"
    assert spelt((((((ROOT, "proceedings"), 3), "hearings"), 0), "starts_at")) == "$.proceedings[3].hearings[0].starts_at"


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (MOST, MOST), (MOST + 1, MOST + 1), (MOST + 7, MOST + 1)])
def test_fifty_problems_are_told_and_the_rest_counted(count: int, lines: int) -> None:
    """Nobody reads a list of thousands."""
    problems = Problems()
    for index in range(count):
        problems.add((ROOT, index), "expected a list")

    with pytest.raises(InvalidInputError) as refused:
        problems.refuse()
    assert len(refused.value.problems) == lines
    assert (refused.value.problems[-1].message == f"and {count - MOST} more") is (count > MOST)


def test_nothing_wrong_is_no_refusal() -> None:
    """An empty list lets the input pass."""
    Problems().refuse()
