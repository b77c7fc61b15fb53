"""What holds for every rule there is."""

import re
from pathlib import Path

import pytest

from tests.factories.facts import at, in_trial, proceeding
from tracker.discovery import discover, module_names
from tracker.domain.flags import FlagRule, Severity
from tracker.domain.reading import Reading
from tracker.formats.pack_toml import load_pack

ROOT = Path(__file__).parents[3]
RULES = discover("tracker.domain.rules", "RULE", FlagRule)
BOOK = (ROOT / "docs/rules.md").read_text(encoding="utf-8")


def test_codes_are_unique_and_named_like_their_files() -> None:
    """One file, one rule."""
    assert [rule.code.replace("-", "_") for rule in RULES] == list(module_names("tracker.domain.rules"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_where_it_comes_from(rule: FlagRule) -> None:
    """A source in its docstring, a paragraph in the book, a test of its own, somebody to tell."""
    name = rule.code.replace("-", "_")
    source = (ROOT / f"tracker/domain/rules/{name}.py").read_text(encoding="utf-8")

    assert re.search(r"^Source: rules\.md, .+", source, re.MULTILINE)
    assert f"### {rule.code}\n" in BOOK
    assert (ROOT / f"tests/domain/rules/test_{name}.py").exists()
    assert rule.tells
    assert set(rule.tells.values()) <= set(Severity)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_speaks_in_whole_sentences_without_a_name(rule: FlagRule) -> None:
    """A title, what is true, what can be done."""
    assert all((rule.wording.title, rule.wording.says, rule.wording.remedy))
    assert rule.wording.says[-1] in ".?"
    assert rule.wording.remedy.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_silent_about_what_is_not_recorded(rule: FlagRule) -> None:
    """Of an empty proceeding, and of a trial that has only just opened."""
    limits = load_pack("RS").limits(rule.code)
    for facts in (proceeding(), in_trial(filed="2026-11-01", opened="2026-11-20")):
        assert rule.check(Reading(facts, at("2026-11-23")), limits).findings == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_names_every_threshold_that_it_reads(rule: FlagRule) -> None:
    """A pack is checked against these names: one that is not named here could be missing, and the sweep would stop at it."""
    source = (ROOT / f"tracker/domain/rules/{rule.code.replace('-', '_')}.py").read_text(encoding="utf-8")

    assert set(re.findall(r'limits\.levels\["(\w+)"\]', source)) == set(rule.levels)
    assert set(re.findall(r'limits\.numbers\["(\w+)"\]', source)) == set(rule.numbers)
