"""How every rule reads a proceeding."""

from typing import Any

import pytest

from tests.factories.facts import appearance, at, day, hearing, held, in_trial, proceeding, stage
from tracker.domain.codes.appearance import ContactOutside, VisualContact
from tracker.domain.codes.proceeding import EndCause, StageKind
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.shared import Observed, Precision
from tracker.domain.facts import Claim, Measure, ProceedingFacts, Victim
from tracker.domain.flags import NEVER
from tracker.domain.reading import Reading, is_minor, is_sighting

TODAY = "2026-11-23"
V = Victim("v")


def read(facts: ProceedingFacts, now: str = TODAY) -> Reading:
    """Return the reading of a morning."""
    return Reading(facts, at(now))


def with_stages(*stages: tuple[StageKind, str], **values: object) -> ProceedingFacts:
    """Return a proceeding with milestones."""
    return proceeding(stage_events=tuple(stage(kind, on) for kind, on in stages), **values)


@pytest.mark.parametrize(
    ("zone", "today"), [("Europe/Belgrade", "2026-11-23"), ("America/New_York", "2026-11-22"), ("Asia/Tokyo", "2026-11-23")]
)
def test_today_is_the_date_at_the_court(zone: str, today: str) -> None:
    """One instant, several dates."""
    assert Reading(proceeding(zone=zone), at("2026-11-23 01:00")).today == day(today)


def test_every_hearing_is_dated_in_the_zone_of_the_proceedings_court() -> None:
    """Late evening in Belgrade is another day in Tokyo."""
    late = hearing("h", "2026-11-22 23:00")

    assert Reading(proceeding(zone="Asia/Tokyo", hearings=(late,)), at(TODAY)).sittings[0].on == day("2026-11-23")


def test_a_vague_milestone_has_happened_when_its_interval_is_over() -> None:
    """May 2026 counts from the 31st."""
    facts = proceeding(stage_events=(stage(StageKind.FINAL, "2026-05-10", Precision.MONTH),))

    assert not read(facts, "2026-05-30").is_over
    assert read(facts, "2026-05-30").next_fact_on() == day("2026-05-31")
    assert read(facts, "2026-05-31").is_over


@pytest.mark.parametrize(
    ("ended_on", "now", "is_over"),
    [
        ("2026-11-24", TODAY, False),
        ("2026-11-23", TODAY, True),
        (None, "2026-02-28", False),
        (None, "2026-03-01", True),
    ],
)
def test_an_end_cause_ends_the_proceeding_on_its_day(ended_on: str | None, now: str, is_over: bool) -> None:  # noqa: FBT001 - a table
    """Without a day, on that of the newest milestone, known or not yet known on the day that is replayed."""
    facts = with_stages(
        (StageKind.INDICTMENT_FILED, "2026-01-01"),
        (StageKind.EVIDENCE_CLOSED, "2026-03-01"),
        end_cause=EndCause.LOST_TO_FOLLOW_UP,
        ended_on=ended_on and day(ended_on),
    )

    assert read(facts, now).is_over is is_over


def test_an_end_cause_with_no_date_at_all_ends_the_proceeding_at_once() -> None:
    """That it ended is known."""
    assert read(proceeding(end_cause=EndCause.TRANSFERRED_ABROAD)).is_over


@pytest.mark.parametrize(("quashed_on", "is_judged"), [(None, True), ("2026-04-30", True), ("2026-05-01", False), ("2026-05-02", False)])
def test_a_judgment_stands_until_it_is_quashed(quashed_on: str | None, is_judged: bool) -> None:  # noqa: FBT001 - a table
    """Quashed on the same day counts as undone; a later judgment stands again. The same for the closing of evidence."""
    quashed = [(StageKind.APPEAL_QUASHED_REMITTED, quashed_on)] if quashed_on else []
    facts = with_stages((StageKind.FIRST_INSTANCE_JUDGMENT, "2026-05-01"), (StageKind.EVIDENCE_CLOSED, "2026-05-01"), *quashed)
    again = with_stages((StageKind.FIRST_INSTANCE_JUDGMENT, "2026-06-01"), (StageKind.FIRST_INSTANCE_JUDGMENT, "2026-05-01"), *quashed)

    assert (read(facts).is_judged, read(facts).is_evidence_closed) == (is_judged, is_judged)
    assert read(again).is_judged


@pytest.mark.parametrize(
    ("stages", "is_in_trial"),
    [
        ([(StageKind.INDICTMENT_FILED, "2026-01-01")], False),
        ([(StageKind.MAIN_HEARING_OPENED, "2026-01-01")], True),
        ([(StageKind.RETRIAL_OPENED, "2026-01-01")], True),
        ([(StageKind.MAIN_HEARING_OPENED, "2026-12-01")], False),
        ([(StageKind.MAIN_HEARING_OPENED, "2026-01-01"), (StageKind.FIRST_INSTANCE_JUDGMENT, "2026-02-01")], False),
        ([(StageKind.MAIN_HEARING_OPENED, "2026-01-01"), (StageKind.FINAL, "2026-02-01")], False),
    ],
)
def test_in_trial_is_between_opening_and_judgment(stages: list[tuple[StageKind, str]], is_in_trial: bool) -> None:  # noqa: FBT001 - a table
    """Also in a retrial; not before, not after, not when over."""
    assert read(with_stages(*stages)).is_in_trial is is_in_trial


def test_of_one_days_milestones_the_last_in_the_schemas_list_is_the_newest() -> None:
    """In whatever order they are listed."""
    facts = with_stages(
        (StageKind.APPEAL_FILED, "2026-05-01"), (StageKind.FIRST_INSTANCE_JUDGMENT, "2026-05-01"), (StageKind.ENFORCEMENT, "2026-12-01")
    )

    assert read(facts).newest_stage == (StageKind.APPEAL_FILED, day("2026-05-01"))
    assert read(proceeding()).newest_stage is None


def test_the_earliest_and_the_newest_of_a_kind_are_told_apart() -> None:
    """An indictment may be filed twice."""
    reading = read(with_stages((StageKind.INDICTMENT_FILED, "2026-02-01"), (StageKind.INDICTMENT_FILED, "2025-02-01")))

    assert reading.earliest(StageKind.INDICTMENT_FILED) == day("2025-02-01")
    assert reading.newest(StageKind.INDICTMENT_FILED, StageKind.FINAL) == day("2026-02-01")
    assert reading.earliest(StageKind.FINAL) is None


def test_hearings_and_appearances_are_in_order_of_start_then_id() -> None:
    """Those that have not taken place have no appearance; one at a hearing that is not there has no date."""
    facts = proceeding(
        hearings=(held("b", "2026-05-01"), held("c", "2026-04-01"), held("a", "2026-05-01"), hearing("z", "2026-12-01")),
        appearances=(appearance("a", "w"), appearance("z"), appearance("b"), appearance("a"), appearance("gone"), appearance("c", "w")),
    )
    reading = read(facts)

    assert [each.hearing.id for each in reading.held] == ["c", "a", "b"]
    assert [(each.sitting.hearing.id, each.appearance.victim) for each in reading.attendances] == [
        ("c", "w"),
        ("a", "v"),
        ("a", "w"),
        ("b", "v"),
    ]
    assert [each.sitting.hearing.id for each in reading.attendances_of(V)] == ["a", "b"]


def test_the_next_summons_is_the_earliest_upcoming_hearing_with_the_victim() -> None:
    """Others' summons, past and called-off hearings do not count."""
    facts = proceeding(
        hearings=(
            hearing("past", "2026-11-20", summoned=("v",)),
            hearing("off", "2026-11-24", summoned=("v",), superseded_by="x"),
            hearing("other", "2026-11-25", summoned=("w",)),
            hearing("late", "2026-12-02", summoned=("v",)),
            hearing("next", "2026-12-01", summoned=("w", "v")),
        )
    )
    summons = read(facts).next_summons(V)

    assert summons is not None
    assert summons.hearing.id == "next"
    assert read(facts).next_summons(Victim("nobody")) is None


@pytest.mark.parametrize(
    ("values", "is_in_force"),
    [
        ({"decision": MeasureDecision.GRANTED}, True),
        ({"decision": MeasureDecision.PARTLY}, True),
        ({"decision": MeasureDecision.EX_OFFICIO}, True),
        ({"decision": MeasureDecision.PENDING}, False),
        ({"decision": MeasureDecision.REFUSED}, False),
        ({"decision": MeasureDecision.REVOKED}, False),
        ({"decided_on": "2026-11-23"}, True),
        ({"decided_on": "2026-11-24"}, False),
        ({"valid_from": "2026-12-01"}, True),
        ({"valid_from": "2026-12-02"}, False),
        ({"decided_on": "2026-11-01", "valid_from": "2026-12-02"}, False),
        ({"valid_until": "2026-12-01"}, True),
        ({"valid_until": "2026-11-30"}, False),
    ],
)
def test_a_measure_is_in_force_from_its_first_to_its_last_day(values: dict[str, str], is_in_force: bool) -> None:  # noqa: FBT001 - a table
    """On 1 December, as decided by 23 November: a decision that lies ahead is not there yet."""
    dates = {name: day(value) if value[:2] == "20" else value for name, value in values.items()}
    measure = Measure(**{"id": "m", "victim": "v", "kind": MeasureKind.SCREEN, "decision": MeasureDecision.GRANTED, **dates})  # type: ignore[arg-type]

    assert read(proceeding()).is_in_force(measure, day("2026-12-01")) is is_in_force


def test_protection_is_that_of_the_victim_herself() -> None:
    """Of one of the kinds asked for."""
    measure = Measure("m", "v", MeasureKind.SCREEN, MeasureDecision.GRANTED)
    reading = read(proceeding(measures=(measure,)))

    assert reading.is_protected(V, {MeasureKind.SCREEN}, day(TODAY))
    assert not reading.is_protected(V, {MeasureKind.SPECIAL_STATUS}, day(TODAY))
    assert not reading.is_protected(Victim("w"), {MeasureKind.SCREEN}, day(TODAY))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, False),
        ({"visual_contact": VisualContact.NOT_OBSERVED, "contact_outside": ContactOutside.NOT_OBSERVED}, False),
        ({"visual_contact": VisualContact.SCREENED, "contact_outside": ContactOutside.NONE}, False),
        ({"visual_contact": VisualContact.PARTIAL}, True),
        ({"visual_contact": VisualContact.DIRECT}, True),
        ({"contact_outside": ContactOutside.CORRIDOR}, True),
        ({"contact_outside": ContactOutside.AFTERWARDS, "visual_contact": VisualContact.NONE}, True),
    ],
)
def test_a_sighting_is_seen_or_met_never_merely_unobserved(values: dict[str, Any], expected: bool) -> None:  # noqa: FBT001 - a table
    """Not recorded is not no, and not yes either."""
    assert is_sighting(appearance("h", **values)) is expected


@pytest.mark.parametrize(
    ("victim", "expected"),
    [
        (Victim("v", adult_from=day("2026-11-24")), True),
        (Victim("v", adult_from=day("2026-11-23")), False),
        (Victim("v", adult_from=day("2026-11-23"), minor_now=Observed.YES), False),
        (Victim("v", minor_now=Observed.YES), True),
        (Victim("v", minor_now=Observed.NO), False),
        (Victim("v", minor_now=Observed.NOT_OBSERVED), False),
        (Victim("v"), False),
    ],
)
def test_a_minor_is_one_by_birthday_else_as_recorded(victim: Victim, expected: bool) -> None:  # noqa: FBT001 - a table
    """An adult is everyone else."""
    assert is_minor(victim, day(TODAY)) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (proceeding(), NEVER),
        (in_trial(filed="2026-12-10"), day("2026-12-10")),
        (proceeding(hearings=(hearing("h", "2026-11-23 09:00"),)), day("2026-11-23")),
        (proceeding(hearings=(hearing("h", "2026-11-23 07:00"),)), NEVER),
        (proceeding(hearings=(hearing("h", "2026-11-23 00:00", time_known=False),)), day("2026-11-24")),
        (proceeding(hearings=(hearing("h", "2026-12-01"), held("g", "2026-11-30"))), day("2026-11-30")),
        (proceeding(end_cause=EndCause.LOST_TO_FOLLOW_UP, ended_on=day("2026-11-30")), day("2026-11-30")),
        (proceeding(measures=(Measure("m", "v", MeasureKind.SCREEN, decided_on=day("2026-11-29")),)), day("2026-11-29")),
        (proceeding(victims=(Victim("v", adult_from=day("2026-12-05")),)), day("2026-12-05")),
    ],
)
def test_the_next_fact_is_the_nearest_day_on_which_anything_is_read_otherwise(facts: ProceedingFacts, expected: object) -> None:
    """Milestones, hearings, decisions, birthdays."""
    assert read(facts).next_fact_on() == expected


def test_a_claims_later_dates_are_facts_of_their_own_days() -> None:
    """Filed, decided, final, paid."""
    claim = Claim("c", "v", "CRIMINAL", filed_on=day("2026-01-01"), paid_on=day("2026-12-31"))  # type: ignore[arg-type] # a code as text

    assert read(proceeding(claims=(claim,))).next_fact_on() == day("2026-12-31")
