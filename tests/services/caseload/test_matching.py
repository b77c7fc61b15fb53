"""Stored rows are found again, each once, by the best key first."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.services.caseload.matching import partners

ROWS = st.lists(st.fixed_dictionaries({"a": st.integers(0, 2), "b": st.integers(0, 2)}), max_size=8)
KEYS = (("a", "b"), ("a",))


def test_exact_pairs_come_before_likely_ones() -> None:
    """A row that agrees in everything is not given to another one that came first."""
    stored = [{"a": 1, "b": 1}, {"a": 1, "b": 2}]

    assert partners([{"a": 1, "b": 9}, {"a": 1, "b": 1}], stored, KEYS) == [stored[1], stored[0]]


def test_equal_rows_are_paired_in_their_order() -> None:
    """Of several that agree in the key, the first takes the first."""
    stored = [{"a": 1, "b": 7}, {"a": 1, "b": 8}]

    assert partners([{"a": 1, "b": 3}, {"a": 1, "b": 4}, {"a": 1, "b": 5}], stored, KEYS) == [stored[0], stored[1], None]


@given(wanted=ROWS, stored=ROWS)
def test_no_row_is_given_away_twice_and_none_that_fits_is_left(wanted: list[dict[str, int]], stored: list[dict[str, int]]) -> None:
    """As many pairs as there can be, and every pair agrees in the last key."""
    found = partners(wanted, stored, KEYS)
    given_away = [id(row) for row in found if row is not None]

    assert len(given_away) == len(set(given_away))
    assert all(old is None or old["a"] == row["a"] for row, old in zip(wanted, found, strict=True))
    for value in range(3):
        mine, theirs = (sum(row["a"] == value for row in rows) for rows in (wanted, stored))
        assert sum(old is not None and old["a"] == value for old in found) == min(mine, theirs)
