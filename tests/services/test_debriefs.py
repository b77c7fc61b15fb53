"""Writing down what a hearing did: drafts, the first account, a second one beside it, the next date, and nothing lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests import rows
from tests.factories.caseload import small, spelt
from tests.services.test_case_record import at_work, entry, ref
from tracker.domain.clock import FixedClock
from tracker.domain.codes.people import Role
from tracker.domain.debrief import Account, Difference
from tracker.domain.errors import ForbiddenError, InvalidInputError, NotFoundError
from tracker.services import case_record, debriefs
from tracker.services.case_record import ChangedMeanwhileError
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.services.debriefs import Sheet, hearing_ref
from tracker.services.erasing import erase
from tracker.services.subject_export import export_subject
from tracker.storage.tables.audit import AuditEntry
from tracker.storage.tables.debriefs import Debrief
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.revisions import Revision

HEARD = {"attended": "TESTIFIED", "testified_by": "IN_ROOM", "visual_contact": "DIRECT", "minutes_waiting": 40}


@pytest.fixture
def evening(ctx: Context) -> Context:
    """The advocate of the small document, in the evening after the hearing h2; a lawyer and a supervisor work on the case, too."""
    document = small()
    document["people"].append({"id": "n3", "name": "Žaklina Primerović", "role": "SUPERVISOR"})
    document["proceedings"][0]["assignments"] += [{"person": "n2", "as": "LAWYER"}, {"person": "n3", "as": "SUPERVISOR"}]
    import_caseload(ctx, spelt(document))
    return at_work(replace(ctx, clock=FixedClock(ctx.now() + timedelta(days=8, hours=10))))


def shown(ctx: Context) -> Sheet:
    """Return the form of h2."""
    return debriefs.sheet(ctx, ref(ctx), hearing_ref(ctx.keys, "h2"))


def finish(ctx: Context, account: Account, sheet: Sheet | None = None) -> None:
    """Stand by an account of h2, having seen ``sheet``."""
    sheet = sheet or shown(ctx)
    seen = {"hearing": sheet.seen} | {victim.external_id: victim.seen for victim in sheet.victims}
    debriefs.finish(ctx, sheet.case, sheet.hearing, account, seen)


def dates(ctx: Context) -> list[tuple[str, bool, str | None]]:
    """Return day, whether the time is known, and outcome of every hearing from h2 on, and whether it was moved."""
    found = [each for each in case_record.entries(ctx, ref(ctx))["hearings"] if each["starts_at"] >= "2026-12-01"]
    return sorted((each["starts_at"][:16], each["time_known"], each.get("outcome")) for each in found)


def test_the_form_knows_the_case(evening: Context) -> None:
    """Who was summoned, and the measures that were in force on that day."""
    sheet = shown(evening)

    assert [(victim.name, victim.was_summoned) for victim in sheet.victims] == [("Breza", True), ("v2", True)]
    assert [[each.id for each in victim.measures] for victim in sheet.victims] == [["m1"], []]
    assert (sheet.number, sheet.on.isoformat(), sheet.is_draft, sheet.is_finished) == ("K 11/24", "2026-12-01", False, False)


def test_an_ordinary_hearing(evening: Context) -> None:
    """Outcome, what it did to whom, which measures were applied; who saw it is known from the role."""
    applied = [{"measure": "m1", "applied": "YES"}]
    finish(evening, Account({"outcome": "HELD"}, {"v1": {**HEARD, "measures": applied}, "v2": {"attended": "SUMMONED_NOT_ATTENDED"}}))

    hearing = entry(evening, "hearings", "h2")
    assert (hearing["outcome"], hearing["outcome_reported_on"]) == ("HELD", "2026-12-01")
    assert entry(evening, "appearances", "h2/v1") == {
        "hearing": "h2", "victim": "v1", **HEARD, "measures": applied, "observer": "ADVOCATE",
    }  # fmt: skip
    assert entry(evening, "appearances", "h2/v2") == {"hearing": "h2", "victim": "v2", "attended": "SUMMONED_NOT_ATTENDED"}
    assert shown(evening).is_finished


@pytest.mark.parametrize(
    ("outcome", "is_moved"), [("POSTPONED_ON_DAY", True), ("POSTPONED_IN_ADVANCE", True), ("HELD_PARTLY", False), ("RECESSED", False)]
)
def test_the_next_date_follows_or_replaces(evening: Context, outcome: str, is_moved: bool) -> None:  # noqa: FBT001
    """A postponed hearing was moved there, in the calendar, too; one that was held goes on there."""
    finish(evening, Account({"outcome": outcome, "next_on": "2026-12-15", "next_at": "09:30"}, {}))

    assert dates(evening)[1] == ("2026-12-15T09:30", True, None)
    assert ("superseded_by" in entry(evening, "hearings", "h2")) is is_moved
    with evening.database.reading() as db:
        uids = db.connection().execute(sa.select(col(Hearing.calendar_uid)).where(col(Hearing.external_id).not_in(["h1", "h3"])))
        assert len(set(uids.scalars())) == (1 if is_moved else 2)


def test_a_date_that_the_calendar_brought_already_is_not_entered_twice(evening: Context) -> None:
    """h3 is on that day: the postponed hearing was moved to it."""
    finish(evening, Account({"outcome": "POSTPONED_ON_DAY", "next_on": "2027-01-12"}, {}))

    assert len(dates(evening)) == 2
    assert entry(evening, "hearings", "h2")["superseded_by"] == "h3"


@pytest.mark.parametrize(
    ("account", "place"),
    [
        (Account(), "outcome"),
        (Account({"outcome": "EATEN"}), "outcome"),
        (Account({"outcome": "HELD", "next_on": "soon"}), "next_on"),
        (Account({"outcome": "HELD", "next_on": "2026-12-01"}), "next_on"),
        (Account({"outcome": "HELD", "next_on": "2026-12-15", "next_at": "half past"}), "next_on"),
        (Account({"outcome": "HELD"}, {"v1": HEARD, "v2": {"attended": "TESTIFIED", "minutes_waiting": "long"}}), "v2.minutes_waiting"),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_is_kept(evening: Context, account: Account, place: str) -> None:
    """The form stays as it was typed; the record as it was."""
    with pytest.raises(InvalidInputError) as refused:
        finish(evening, account)

    assert [problem.path for problem in refused.value.problems] == [place]
    assert "outcome" not in entry(evening, "hearings", "h2")
    assert not shown(evening).is_finished


def test_a_draft_is_its_writers_alone_and_counts_for_nothing(evening: Context) -> None:
    """Left in the corridor, taken up again at home; whatever was typed is there, also what is wrong."""
    sheet = shown(evening)
    for outcome in ("", "HELD"):
        debriefs.save(evening, sheet.case, sheet.hearing, Account({"outcome": outcome}, {"v1": {"attended": "TESTIFIED"}, "strange": {}}))
    lawyer = at_work(evening, "n2", Role.LAWYER)

    assert (shown(evening).is_draft, shown(evening).answers, shown(evening).victims[0].answers) == (
        True, {"outcome": "HELD"}, {"attended": "TESTIFIED"},
    )  # fmt: skip
    assert (shown(lawyer).is_draft, shown(lawyer).answers) == (False, {})
    assert "outcome" not in entry(evening, "hearings", "h2")
    finish(evening, Account({"outcome": "HELD"}, {}))
    debriefs.save(evening, sheet.case, sheet.hearing, Account({"outcome": "CANCELLED"}, {}))
    assert (shown(evening).is_draft, entry(evening, "hearings", "h2")["outcome"]) == (False, "HELD")


def test_keeping_a_form_is_no_look(evening: Context) -> None:
    """It is sent with every answer: who looked how often would mean nothing."""
    sheet = shown(evening)
    debriefs.sheet(evening, sheet.case, sheet.hearing, is_look=False)
    debriefs.save(evening, sheet.case, sheet.hearing, Account({"outcome": "HELD"}))
    with evening.database.reading() as db:
        looks = sa.select(sa.func.count()).select_from(AuditEntry).where(col(AuditEntry.action) == "case.read")
        assert db.connection().execute(looks).scalar_one() == 1


def test_a_second_account_stands_beside_the_first(evening: Context) -> None:
    """The record keeps what the first said; a supervisor sees where they differ, and may let the other one count."""
    lawyer, supervisor = at_work(evening, "n2", Role.LAWYER), at_work(evening, "n3", Role.SUPERVISOR)
    with lawyer.database.writing() as db:
        rows.account(db, lawyer.actor.person_id or 0, login="ceda")
    finish(evening, Account({"outcome": "HELD"}, {"v1": HEARD}))
    finish(lawyer, Account({"outcome": "HELD_PARTLY"}, {"v1": {**HEARD, "visual_contact": "NONE"}, "v2": {"attended": "TESTIFIED"}}))

    assert entry(evening, "hearings", "h2")["outcome"] == "HELD"
    assert entry(evening, "appearances", "h2/v1")["visual_contact"] == "DIRECT"
    assert entry(evening, "appearances", "h2/v2")["observer"] == "LAWYER"
    assert shown(evening).differences == shown(lawyer).differences == ()
    seen = [Difference(None, "outcome", "HELD", "HELD_PARTLY"), Difference("v1", "visual_contact", "DIRECT", "NONE")]
    assert shown(supervisor).differences == (("ceda", tuple(seen)),)
    with pytest.raises(ForbiddenError):
        debriefs.adopt(lawyer, ref(lawyer), hearing_ref(lawyer.keys, "h2"), "ceda")
    debriefs.adopt(supervisor, ref(supervisor), hearing_ref(supervisor.keys, "h2"), "ceda")
    assert entry(evening, "hearings", "h2")["outcome"] == "HELD_PARTLY"
    assert entry(evening, "appearances", "h2/v1")["visual_contact"] == "NONE"
    with pytest.raises(NotFoundError):
        debriefs.adopt(supervisor, ref(supervisor), hearing_ref(supervisor.keys, "h2"), "nobody")


def test_a_correction_needs_to_have_seen_what_is_there(evening: Context) -> None:
    """The first writer corrects; with an old form in another window they are told."""
    old = shown(evening)
    finish(evening, Account({"outcome": "HELD"}, {"v1": HEARD}))
    with pytest.raises(ChangedMeanwhileError):
        finish(evening, Account({"outcome": "CANCELLED"}, {}), old)
    finish(evening, Account({"outcome": "HELD"}, {"v1": {**HEARD, "minutes_waiting": 50}}))

    assert entry(evening, "appearances", "h2/v1")["minutes_waiting"] == 50
    assert [
        each.entry and each.entry["minutes_waiting"] for each in case_record.history(evening, ref(evening), "appearances", "h2/v1")
    ] == [40, None]


def test_corrections_are_told_with_who_made_them(evening: Context) -> None:
    """Newest first, each with what it changed and nothing else; the first entry of something corrects nothing."""
    for minutes in (40, 50, 60):
        finish(evening, Account({"outcome": "HELD"}, {"v1": {**HEARD, "minutes_waiting": minutes}}))
    finish(evening, Account({"outcome": "RECESSED"}, {}))
    found = [each.answers for each in shown(evening).corrections if each.answers[0].first is not None]

    assert [(answer.question, answer.first, answer.second) for (answer,) in found] in (
        [("outcome", "HELD", "RECESSED"), ("minutes_waiting", 50, 60), ("minutes_waiting", 40, 50)],
        [("minutes_waiting", 50, 60), ("minutes_waiting", 40, 50), ("outcome", "HELD", "RECESSED")],
    )


def test_a_hearing_that_is_still_to_come_has_no_form(evening: Context) -> None:
    """Neither has one that is not there, nor a case of somebody else."""
    for hearing in (hearing_ref(evening.keys, "h3"), "č" * 22):
        with pytest.raises(NotFoundError):
            debriefs.sheet(evening, ref(evening), hearing)
    with pytest.raises(ForbiddenError):
        shown(at_work(evening, "n1", Role.STEWARD))


def test_her_own_data_hold_what_observers_wrote_of_her(evening: Context) -> None:
    """Every account, without who wrote it; a colleague's hold that she wrote, without of whom."""
    finish(evening, Account({"outcome": "HELD"}, {"v1": HEARD, "v2": {"attended": "TESTIFIED"}}))
    system = evening.acting_as(replace(evening.actor, person_id=None, role=None))
    (told,) = export_subject(system, "v1", "victim")["entries"]
    (written,) = export_subject(system, "n1", "person")["hearings_written_down"]

    assert [(each["hearing"], each["answers"]) for each in told["observers"]] == [("h2", HEARD)]
    assert set(told["observers"][0]) == {"hearing", "answers", "saved_at", "finished_at"}
    assert set(written) == {"saved_at", "finished_at"}


def test_erasing_a_victim_reaches_accounts_and_corrections(evening: Context) -> None:
    """What was said of her goes; what was said of others stays."""
    finish(evening, Account({"outcome": "HELD"}, {"v1": HEARD, "v2": {"attended": "TESTIFIED"}}))
    erase(evening.acting_as(replace(evening.actor, person_id=None, role=None)), "v1", "victim")
    with evening.database.reading() as db:
        (content,) = db.connection().execute(sa.select(col(Debrief.content))).scalars()
        assert db.connection().execute(sa.select(sa.func.count()).select_from(Revision)).scalar_one() == 0

    assert list(content["victims"]) == ["v2"]
