"""Tests of the burden of victims."""

import pytest
from hypothesis import given

from tests.factories.facts import AS_OF, appearance, at, hearing, held, in_trial, proceedings
from tracker.domain.burden import Burden, Count, burdens
from tracker.domain.codes.appearance import AccusedPresent, Attended, ContactOutside, DegradingConduct, StatementBody, VisualContact
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.facts import Appearance, ProceedingFacts, Statement
from tracker.domain.reading import Reading

NOW = "2026-11-23"


def of(facts: ProceedingFacts, waits: dict[tuple[str, str], int | None] | None = None) -> Burden:
    """Return the burden of the only victim on 23 November 2026."""
    (found,) = burdens(Reading(facts, at(NOW)), waits or {})
    return found


def with_appearances(*appearances: Appearance) -> ProceedingFacts:
    """Return a trial with one held hearing for each appearance."""
    return in_trial(hearings=tuple(held(each.hearing, "2026-05-04") for each in appearances), appearances=appearances)


def test_a_victim_without_a_record_has_no_burden() -> None:
    """Everything is nought, and nothing is unknown."""
    nothing = Count(0)

    assert of(in_trial()) == Burden("v", 0, 0, 0, 0, nothing, nothing, nothing, nothing)


def test_only_statements_before_courts_are_testimonies() -> None:
    """Police, prosecutor and expert count as statements; courts of any kind as testimonies too."""
    bodies = (StatementBody.POLICE, StatementBody.EXPERT, StatementBody.COURT_MAIN, StatementBody.CIVIL_COURT)
    facts = in_trial(statements=tuple(Statement("v", at("2026-05-04").date(), body) for body in bodies))

    assert (of(facts).statements, of(facts).testimonies) == (4, 2)


def test_what_lies_ahead_is_no_burden_yet() -> None:
    """A statement and an appearance dated tomorrow do not exist."""
    facts = in_trial(
        hearings=(held("h", "2026-11-24"),),
        appearances=(appearance("h"),),
        statements=(Statement("v", at("2026-11-24").date(), StatementBody.POLICE),),
    )

    assert (of(facts).statements, of(facts).journeys) == (0, 0)


@pytest.mark.parametrize(
    ("contact", "outside", "expected"),
    [
        (VisualContact.DIRECT, None, Count(1)),
        (VisualContact.PARTIAL, ContactOutside.NONE, Count(1)),
        (VisualContact.NONE, ContactOutside.CORRIDOR, Count(1)),
        (VisualContact.SCREENED, ContactOutside.NONE, Count(0)),
        (VisualContact.NONE, ContactOutside.NOT_OBSERVED, Count(0, 1)),
        (VisualContact.NOT_OBSERVED, ContactOutside.NONE, Count(0, 1)),
        (None, None, Count(0, 1)),
    ],
)
def test_a_sighting_is_seen_not_seen_or_not_observed(
    contact: VisualContact | None, outside: ContactOutside | None, expected: Count
) -> None:
    """What nobody observed is never counted as no, but said aloud."""
    assert of(with_appearances(appearance("h", visual_contact=contact, contact_outside=outside))).sightings == expected


@pytest.mark.parametrize(
    ("accused", "contact", "expected"),
    [
        (AccusedPresent.IN_ROOM, None, Count(1)),
        (AccusedPresent.IN_ROOM, VisualContact.SCREENED, Count(0)),
        (AccusedPresent.NOT_OBSERVED, VisualContact.NOT_OBSERVED, Count(0, 1)),
        (AccusedPresent.NOT_IN_BUILDING, None, Count(0)),
        (None, VisualContact.DIRECT, Count(1)),
    ],
)
def test_a_confrontation_is_ruled_out_by_either_side(
    accused: AccusedPresent | None, contact: VisualContact | None, expected: Count
) -> None:
    """One known side is enough; both unknown is unknown."""
    assert of(with_appearances(appearance("h", accused_present=accused, visual_contact=contact))).confrontations == expected


def test_waiting_is_added_up_and_gaps_are_told() -> None:
    """Minutes are summed; an appearance without them is counted apart."""
    facts = with_appearances(appearance("a"), appearance("b"), appearance("c"))

    assert of(facts, {("a", "v"): 40, ("b", "v"): 85, ("c", "v"): None}).waiting == Count(125, 1)


def test_degrading_conduct_counts_some_and_repeated() -> None:
    """None is no, not observed is unknown."""
    facts = with_appearances(
        appearance("a", degrading_conduct=DegradingConduct.SOME),
        appearance("b", degrading_conduct=DegradingConduct.REPEATED),
        appearance("c", degrading_conduct=DegradingConduct.NONE),
        appearance("d", degrading_conduct=DegradingConduct.NOT_OBSERVED),
    )

    assert of(facts).degrading == Count(2, 1)


def test_a_journey_to_a_postponed_hearing_is_wasted() -> None:
    """She came and nothing was held."""
    facts = in_trial(
        hearings=(hearing("h", "2026-05-04", outcome=HearingOutcome.POSTPONED_ON_DAY),),
        appearances=(appearance("h", attended=Attended.PRESENT_NOT_HEARD),),
    )

    assert (of(facts).journeys, of(facts).wasted) == (1, 1)


def test_staying_away_is_no_journey() -> None:
    """Who was summoned and did not come neither waited nor met anybody."""
    assert of(with_appearances(appearance("h", attended=Attended.SUMMONED_NOT_ATTENDED))).journeys == 0


@given(facts=proceedings(), as_of=AS_OF)
def test_counts_never_exceed_what_happened(facts: ProceedingFacts, as_of: object) -> None:
    """Seen and unknown together are at most the journeys; wasted ones are among them."""
    for burden in burdens(Reading(facts, as_of), {}):  # type: ignore[arg-type]
        assert burden.wasted <= burden.journeys
        for count in (burden.sightings, burden.confrontations, burden.degrading):
            assert count.seen + count.unknown <= burden.journeys
        assert burden.waiting == Count(0, burden.journeys)
