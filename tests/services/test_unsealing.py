"""A broken seal stands as a mark in the middle of what can be read."""

import sqlalchemy as sa
from structlog.testing import capture_logs

from tests.factories import sealed
from tests.factories.docket import Docket
from tests.factories.facts import in_trial
from tracker.domain.facts import Victim
from tracker.privacy import places
from tracker.services.case_list import Narrowing, cases
from tracker.services.case_page import case
from tracker.services.context import Context
from tracker.services.unsealing import Legible, UnreadableText, reference


def test_one_altered_value_leaves_the_rest_readable(ctx: Context) -> None:
    """Pseudonym and number were swapped or cut; the page and the list stand, and the log names places and references only."""
    docket = Docket.of(ctx)
    for name in ("a", "b"):
        docket.case(in_trial(id=name, victims=(Victim("v"), Victim("w"))), f"K {ord(name)}/24")
    with ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE case_number SET text_sealed = (SELECT text_sealed FROM case_number ORDER BY id LIMIT 1)"))
        db.connection().execute(sa.text("UPDATE victim_identity SET pseudonym_sealed = (SELECT text_sealed FROM case_number LIMIT 1)"))
    with capture_logs() as events:
        listed = cases(docket.ctx, Narrowing()).lines
        page = case(docket.ctx, "ref-b")

    assert [type(line.name.label) for line in listed] == [UnreadableText, str]
    assert listed[0].name.label == page.label
    assert sum(isinstance(name, UnreadableText) for name in page.names.values()) >= 1
    assert {event["event"] for event in events} == {"seal.broken"}
    assert {event["place"] for event in events} == {places.CASE_NUMBER_TEXT, places.VICTIM_PSEUDONYM}
    with ctx.database.reading() as db:
        count = db.connection().execute(sa.text("SELECT count(*) FROM audit_entry WHERE action = 'seal.broken'")).scalar_one()
    assert count == 2


def test_a_reference_tells_nothing_and_never_changes() -> None:
    """It is derived from the place and the row, under the key of the indexes: rotation leaves it."""
    first = reference(sealed.ring(1), "a.b_sealed", "row")

    assert first == reference(sealed.ring(2), "a.b_sealed", "row") != reference(sealed.ring(1), "a.c_sealed", "row")
    assert len(first) == 8


def test_nothing_is_noted_where_nothing_is_broken(sqlite_ctx: Context) -> None:
    """And what is readable comes out as it went in."""
    blob = sqlite_ctx.keys.seal("a.b_sealed", "row", "x")
    with capture_logs() as events, Legible(sqlite_ctx) as seals:
        assert seals.open("a.b_sealed", "row", blob) == "x"

    assert events == []
