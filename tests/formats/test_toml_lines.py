"""Lines of keys in a TOML file."""

import tomllib

import pytest

from tracker.formats.toml_lines import Place, line_of, lines_of

TEXT = """\
# a comment with a = sign
code = "RS"
courts = [
  { id = "a" },
  # said in between
  { id = "b" },
]

[rules.no-hearing-held]
over_days = [[90, 2]]

[legal."EU-THB-12.4a"]
text = "x"

[[changes]]
on = 2026-01-01
[[changes]]
on = 2026-01-02
"""
LINES = lines_of(TEXT)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("code",), 2), (("courts",), 3), (("courts", 0, "id"), 4), (("courts", 1, "id"), 6), (("rules", "no-hearing-held"), 9),
        (("rules", "no-hearing-held", "over_days", 0), 10), (("legal", "EU-THB-12.4a", "text"), 13), (("changes", 0, "on"), 16),
        (("changes", 1, "on"), 18), (("changes", 1, "why"), 17), (("nothing",), None), ((), None),
    ],
)  # fmt: skip
def test_a_key_is_found_or_what_is_around_it(place: Place, line: int | None) -> None:
    """Tables, keys with and without quotes, entries of lists, and lists of tables."""
    assert tomllib.loads(TEXT)
    assert line_of(LINES, place) == line


@pytest.mark.parametrize("hostile", ["[" * 10_000, "a" * 100_000 + " =", '"' * 50_000, "[[a]]\n" * 5_000, "\x00=\n", "= 1\n[]\n"])
def test_no_text_breaks_it(hostile: str) -> None:
    """It is a guess for a message, not a reader."""
    assert isinstance(lines_of(hostile), dict)
