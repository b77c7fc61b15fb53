"""What the audit log may be told."""

import pytest

from tracker.domain.trail import Audited, require_codes


@pytest.mark.parametrize(
    "details",
    [{}, {"count": 3}, {"fields": ["name", "phone"]}, {"rule": "no-special-status", "is_new": True}, {"file": "2026-11-23T08:00"}],
)
def test_numbers_and_codes_are_taken(details: dict[str, int | bool | str | list[str]]) -> None:
    """Counts, codes and names of fields."""
    require_codes(details)


@pytest.mark.parametrize(
    "details",
    [
        {"name": "Marija Petrović"},
        {"fields": ["a b"]},
        {"note": "č"},
        {"a b": 1},
        {"x": ""},
        {"x": "y" * 65},
        {"x": 1.5},
        {"x": None},
        {"x": {"y": 1}},
    ],
)
def test_what_could_be_a_value_is_refused(details: dict[str, int]) -> None:
    """Words, letters beyond ASCII, nested values; and the refusal does not repeat them."""
    with pytest.raises(ValueError, match="numbers and codes only") as refused:
        require_codes(details)

    assert "Petrov" not in str(refused.value)


def test_a_code_that_would_not_fit_is_refused() -> None:
    """Area, dot, what happened."""
    Audited({"case.read": "Looked"})
    for code in ("case", "Case.read", "case.read.twice", "case." + "x" * 20):
        with pytest.raises(ValueError, match="no codes"):
            Audited({code: "x"})
