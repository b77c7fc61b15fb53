"""Writing into the record of a case: checked, whole or not at all, never over what somebody else wrote meanwhile."""

import threading
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col

from tests.conftest import acting
from tests.factories.caseload import small, spelt
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError, InvalidInputError, NotFoundError
from tracker.services import case_record
from tracker.services.case_record import Change, ChangedMeanwhileError
from tracker.services.caseload_export import export_caseload
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.storage.tables.audit import AuditEntry
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.people import Person
from tracker.storage.tables.proceedings import Proceeding
from tracker.storage.tables.revisions import Revision

Entry = Mapping[str, Any]


def at_work(ctx: Context, person: str = "n1", role: Role = Role.ADVOCATE) -> Context:
    """Return the context of somebody of the small document, once it is loaded."""
    with ctx.database.reading() as db:
        number = db.connection().execute(sa.select(col(Person.id)).where(col(Person.external_id) == person)).scalar_one()
    return acting(ctx, number or 0, role)


@pytest.fixture
def loaded(ctx: Context) -> Context:
    """The small document, seen by its advocate."""
    import_caseload(ctx, spelt(small()))
    return at_work(ctx)


def ref(ctx: Context) -> str:
    """Return the name in addresses of the only case."""
    with ctx.database.reading() as db:
        return str(db.connection().execute(sa.select(col(Proceeding.ref))).scalar_one())


def entry(ctx: Context, kind: str, key: str) -> Entry:
    """Return one entry as a form finds it."""
    (found,) = [each for each in case_record.entries(ctx, ref(ctx))[kind] if case_record.key(kind, each) == key]
    return found  # type: ignore[no-any-return]


def changed(ctx: Context, kind: str, key: str, **news: Any) -> Change:  # noqa: ANN401 - any value of the format
    """Return a change of an entry as a form would send it; ``None`` empties."""
    old = entry(ctx, kind, key)
    new = {name: value for name, value in {**old, **news}.items() if value is not None}
    return Change(kind, new, case_record.mark(ctx, old))


def counted(ctx: Context, table: type[SQLModel]) -> int:
    """Count the rows of a table."""
    with ctx.database.reading() as db:
        return int(db.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_an_entry_changes_and_nothing_else_does(loaded: Context) -> None:
    """Its outcome is there, its revision says what it said before, the log says which field; the rest of the record is as it was."""
    before = export_caseload(loaded)
    case_record.write(loaded, ref(loaded), [changed(loaded, "hearings", "h3", outcome="CANCELLED", outcome_reason="STRIKE_OR_SHUTDOWN")])
    after = export_caseload(loaded)

    news = {"outcome": "CANCELLED", "outcome_reason": "STRIKE_OR_SHUTDOWN"}
    hearings = [{**each, **(news if each["id"] == "h3" else {})} for each in before["proceedings"][0]["hearings"]]
    assert after == {**before, "proceedings": [{**before["proceedings"][0], "hearings": hearings}]}
    (told,) = case_record.history(loaded, ref(loaded), "hearings", "h3")
    assert told.entry == before["proceedings"][0]["hearings"][2]
    with loaded.database.reading() as db:
        query = sa.select(col(AuditEntry.details)).where(col(AuditEntry.action) == "record.written")
        assert db.connection().execute(query).scalars().all() == [{"kind": "hearings", "fields": ["outcome", "outcome_reason"]}]


def test_a_new_date_is_a_new_version_of_the_hearing(loaded: Context) -> None:
    """As if the court's calendar or a document had told it: the version of alerts and calendars grows."""
    case_record.write(loaded, ref(loaded), [changed(loaded, "hearings", "h3", starts_at="2027-01-13T09:00:00+01:00")])
    with loaded.database.reading() as db:
        columns = (col(Hearing.version), col(Hearing.calendar_sequence))
        assert tuple(db.connection().execute(sa.select(*columns).where(col(Hearing.external_id) == "h3")).one()) == (2, 1)


def test_entries_are_added_together_or_not_at_all(loaded: Context) -> None:
    """A hearing and what it did to a victim; where one of them is wrong neither is kept, and the place is that of the change."""
    hearing = Change("hearings", {"id": "h9", "starts_at": "2026-11-20T10:00:00+01:00", "outcome": "HELD"}, None)
    there = {"hearing": "h9", "victim": "v2", "attended": "TESTIFIED", "minutes_waiting": 40}
    wrong = [hearing, Change("appearances", {**there, "minutes_waiting": -1}, None)]
    with pytest.raises(InvalidInputError) as refused:
        case_record.write(loaded, ref(loaded), wrong)
    assert [problem.path for problem in refused.value.problems] == ["appearances.0.minutes_waiting"]
    assert counted(loaded, Revision) == 0

    case_record.write(loaded, ref(loaded), [hearing, Change("appearances", there, None)])
    assert entry(loaded, "appearances", "h9/v2")["minutes_waiting"] == 40
    assert [each.entry for each in case_record.history(loaded, ref(loaded), "appearances", "h9/v2")] == [None]


def test_who_writes_second_is_shown_what_the_first_wrote(loaded: Context) -> None:
    """Nothing is kept of the second; having seen the first's, the second may still write."""
    mine = changed(loaded, "hearings", "h2", room="9")
    case_record.write(loaded, ref(loaded), [changed(loaded, "hearings", "h2", room="8")])
    with pytest.raises(ChangedMeanwhileError) as told:
        case_record.write(loaded, ref(loaded), [mine])
    assert (told.value.kind, told.value.now["room"]) == ("hearings", "8")
    assert "8" not in str(told.value)

    case_record.write(loaded, ref(loaded), [Change("hearings", mine.entry, case_record.mark(loaded, told.value.now))])
    assert entry(loaded, "hearings", "h2")["room"] == "9"


def test_a_look_is_in_the_log_and_sending_a_form_is_no_look(loaded: Context) -> None:
    """Once each time that somebody reads; what is written has an entry of its own."""

    def looks() -> int:
        with loaded.database.reading() as db:
            query = sa.select(sa.func.count()).select_from(AuditEntry).where(col(AuditEntry.action) == "case.read")
            return int(db.connection().execute(query).scalar_one())

    case_record.entries(loaded, ref(loaded), is_look=False)
    case_record.write(loaded, ref(loaded), [Change("incidents", {"id": "i9", "on": "2026-11-01", "kind": "THREAT"}, None)])
    assert looks() == 0
    case_record.entries(loaded, ref(loaded))
    assert looks() == 1


def test_the_same_again_changes_nothing(loaded: Context) -> None:
    """No revision, no line in the log."""
    case_record.write(loaded, ref(loaded), [changed(loaded, "hearings", "h2")])
    case_record.write(loaded, ref(loaded), [])

    assert counted(loaded, Revision) == 0


def test_an_entry_that_was_there_is_not_made_anew(loaded: Context) -> None:
    """A change of what is gone, and a new entry in the place of one that is there, are both refused."""
    with pytest.raises(NotFoundError):
        case_record.write(loaded, ref(loaded), [Change("hearings", {"id": "h8", "starts_at": "2026-11-20T10:00:00+01:00"}, "seen")])
    with pytest.raises(ChangedMeanwhileError):
        case_record.write(loaded, ref(loaded), [Change("hearings", {"id": "h2", "starts_at": "2026-11-20T10:00:00+01:00"}, None)])


def test_only_those_who_work_on_a_case_write_to_it(ctx: Context) -> None:
    """Whoever is not assigned finds no such case; other roles find nothing to do; the end of an assignment is the end of writing."""
    import_caseload(ctx, spelt(small()))
    case = ref(ctx)
    with pytest.raises(NotFoundError):
        case_record.entries(at_work(ctx, "n2", Role.LAWYER), case)
    for role in (Role.STEWARD, Role.ANALYST, Role.ADMIN):
        with pytest.raises(ForbiddenError):
            case_record.write(at_work(ctx, "n1", role), case, [])
    with pytest.raises(ForbiddenError):
        case_record.entries(ctx, case)
    ended = small()
    ended["proceedings"][0]["assignments"][0]["to"] = date.isoformat(ctx.office_today().replace(year=2025))
    import_caseload(ctx, spelt(ended))
    with pytest.raises(NotFoundError):
        case_record.entries(at_work(ctx), case)


def test_of_two_at_once_one_is_told(loaded: Context) -> None:
    """Both saw the same; on either database one writes and the other sees it."""
    said: list[str] = []

    def send(room: str, change: Change) -> None:
        try:
            case_record.write(loaded, ref(loaded), [change])
            said.append(room)
        except ChangedMeanwhileError as told:
            said.append(f"saw {told.now['room']}")

    changes = {room: changed(loaded, "hearings", "h2", room=room) for room in ("8", "9")}
    threads = [threading.Thread(target=send, args=pair) for pair in changes.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) in (["8", "saw 8"], ["9", "saw 9"])
