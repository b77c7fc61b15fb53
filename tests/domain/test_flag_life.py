"""The life of flags: opened, raised, lowered, closed, come back."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.facts import day
from tracker.domain.flag_life import Changes, StoredFlag, changes
from tracker.domain.flags import SILENCE, CloseReason, Finding, FlagKind, FlagRule, Severity, SubjectKind, Wording

TODAY = day("2026-11-23")


def rule(kind: FlagKind = FlagKind.STATE, *, version: int = 1, looks_ahead: bool = False) -> FlagRule:
    """Return a rule that is never asked."""
    return FlagRule(
        "some-rule",
        version,
        kind,
        SubjectKind.VICTIM,
        (),
        {},
        Wording("", "", ""),
        lambda _reading, _limits: SILENCE,
        looks_ahead=looks_ahead,
    )


def finding(severity: int = 3, since: str = "2026-11-20") -> Finding:
    """Return a finding on one victim."""
    return Finding("v", Severity(severity), day(since), {"count": severity})


def kept(kind: FlagKind = FlagKind.STATE, severity: int = 3, **values: object) -> StoredFlag:
    """Return the flag that `finding` would have left."""
    flag = StoredFlag(7, "some-rule", 1, kind, "v", "", severity, day("2026-11-20"), {"count": severity}, day("2026-11-20"))
    return replace(flag, **values)  # type: ignore[arg-type] # any field


def difference(stored: list[StoredFlag], found: list[tuple[FlagRule, Finding]], today: date = TODAY) -> Changes:
    """Return what has to be written."""
    return changes(stored, found, today)


def test_what_is_the_same_is_not_written() -> None:
    """Nor is the silence after silence."""
    assert difference([kept()], [(rule(), finding())]) == Changes()
    assert difference([], []) == Changes()


def test_a_state_opens_when_it_becomes_true_and_closes_when_it_no_longer_is() -> None:
    """Resolved by itself; a later return is a new episode."""
    opened = difference([], [(rule(), finding())]).openings
    closed = difference([kept()], []).closings

    assert [(each.close_reason, each.is_news) for each in opened] == [(None, True)]
    assert [(each.flag.id, each.reason, each.on) for each in closed] == [(7, CloseReason.RESOLVED, TODAY)]


def test_a_flag_never_closes_before_it_was_opened() -> None:
    """Also when the clock went back."""
    assert difference([kept()], [], day("2026-11-01")).closings[0].on == day("2026-11-20")


@pytest.mark.parametrize(
    ("before", "after", "is_raised", "is_news"),
    [(2, 3, True, True), (3, 4, True, True), (1, 2, True, False), (4, 3, False, False), (3, 1, False, False)],
)
def test_up_is_news_down_is_not(before: int, after: int, is_raised: bool, is_news: bool) -> None:  # noqa: FBT001 - a table
    """Only what reaches severity 3 is told at once."""
    revision = difference([kept(severity=before)], [(rule(), finding(after))]).revisions[0]

    assert (revision.is_raised, revision.is_news) == (is_raised, is_news)


def test_facts_since_and_rule_version_are_kept_up_to_date_quietly() -> None:
    """A person reads what is true now."""
    for changed in ((rule(), finding(since="2026-11-21")), (rule(version=2), finding()), (rule(), replace(finding(), facts={"count": 9}))):
        revision = difference([kept()], [changed]).revisions[0]

        assert (revision.is_raised, revision.is_news, revision.is_reopened) == (False, False, False)


@pytest.mark.parametrize(
    ("dismissed", "after", "quiet_up_to", "is_news"), [(3, 2, 3, False), (3, 4, None, True), (2, 3, None, True), (4, 4, 4, False)]
)
def test_a_dismissed_state_stays_quiet_until_its_severity_rises(dismissed: int, after: int, quiet_up_to: int | None, is_news: bool) -> None:  # noqa: FBT001 - a table
    """Above that at which it was dismissed."""
    stored = kept(severity=1, dismissed_severity=dismissed)
    revision = difference([stored], [(rule(), finding(after))]).revisions[0]

    assert (revision.dismissed_severity, revision.is_news) == (quiet_up_to, is_news)


@pytest.mark.parametrize(("since", "reason"), [("2026-08-25", None), ("2026-08-24", CloseReason.BEFORE_TRACKING)])
def test_an_event_of_more_than_90_days_ago_arrives_closed(since: str, reason: CloseReason | None) -> None:
    """Part of the history, no one's task. A state is what it is, however old."""
    assert difference([], [(rule(FlagKind.EVENT), finding(since=since))]).openings[0].close_reason is reason
    assert difference([], [(rule(), finding(since="2020-01-01"))]).openings[0].close_reason is None


@pytest.mark.parametrize(
    ("since", "severity", "looks_ahead", "is_news"),
    [
        ("2026-11-09", 3, False, True),
        ("2026-11-08", 3, False, False),
        ("2026-11-08", 3, True, True),
        ("2020-01-01", 4, True, True),
        ("2026-11-23", 2, False, False),
        ("2026-11-23", 2, True, False),
    ],
)
def test_late_facts_raise_no_message_unless_the_rule_looks_ahead(since: str, severity: int, looks_ahead: bool, is_news: bool) -> None:  # noqa: FBT001 - a table
    """More than 14 days back when it is found, or when it is raised."""
    found = [(rule(looks_ahead=looks_ahead), finding(severity, since))]

    assert difference([], found).openings[0].is_news is is_news
    assert difference([kept(severity=1)], found).revisions[0].is_news is is_news


def test_an_event_whose_fact_vanishes_closes_as_corrected_and_returns_without_a_new_alert() -> None:
    """The same row: an event is never raised twice."""
    closed = difference([kept(FlagKind.EVENT)], []).closings[0]
    corrected = kept(FlagKind.EVENT, closed_on=TODAY, close_reason=CloseReason.CORRECTED)
    returned = difference([corrected], [(rule(FlagKind.EVENT), finding(4))])

    assert closed.reason is CloseReason.CORRECTED
    assert returned.openings == []
    assert [(each.flag.id, each.is_reopened, each.is_news) for each in returned.revisions] == [(7, True, False)]


@pytest.mark.parametrize("reason", [CloseReason.BY_PERSON, CloseReason.BEFORE_TRACKING])
def test_a_closed_event_stays_closed(reason: CloseReason) -> None:
    """A person's closing is final, and history is history."""
    closed = kept(FlagKind.EVENT, closed_on=TODAY, close_reason=reason)

    assert difference([closed], [(rule(FlagKind.EVENT), finding(4))]) == Changes()
    assert difference([closed], []) == Changes()


def test_events_of_one_subject_are_told_apart_by_their_fact() -> None:
    """Each fact is a flag of its own."""
    found = [(rule(FlagKind.EVENT), replace(finding(), fact=fact)) for fact in ("a", "b")]

    assert [each.finding.fact for each in difference([kept(FlagKind.EVENT, fact="a")], found).openings] == ["b"]
