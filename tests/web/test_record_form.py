"""Forms of the record: each asks what the exchange format knows, offers its answers by name, and keeps what it does not ask."""

import pytest
from flask import Flask

from tracker.formats.caseload import shape
from tracker.web import labels
from tracker.web.record_form import Input, RecordForm, all_forms, filled

MEASURE = all_forms()["measures"]
CHOICES = {Input.VICTIM: ["v1"], Input.HEARING: ["h1"]}


@pytest.mark.parametrize("form", all_forms().values(), ids=str)
def test_a_form_asks_what_the_format_knows(app: Flask, form: RecordForm) -> None:
    """Properties, their codes, and which of them must be there; only the id is the program's own."""
    known = shape.properties()[form.kind]
    with app.test_request_context("/"):
        for field in form.fields:
            assert field.name in known
            assert (field.codes is not None) is (field.input is Input.CODE)
            if field.codes is not None:
                codes = known[field.name].get("enum") or ("DAY MONTH YEAR" if field.name == "precision" else "YES NO NOT_OBSERVED").split()
                assert set(field.codes) == set(codes), field.name
                assert len(set(labels.names(field.codes).values())) == len(codes), field.name
    whole = shape.schema()
    part = whole["$defs"]["proceeding"]["properties"][form.kind]["items"]
    required = set((whole["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part)["required"]) - {"id"}

    assert required == {field.name for field in form.fields if field.is_required}
    assert form.order in known


def test_what_is_not_asked_stays_and_what_is_emptied_goes() -> None:
    """Numbers are read as people type them; days are left to the record to judge."""
    claim = all_forms()["claims"]
    old = {"id": "k1", "victim": "v1", "forum": "CRIMINAL", "amount": 5, "note": "kept"}
    entry, wrong = filled(claim, old, {"victim": "v1", "forum": "CIVIL", "amount": " 12,5 ", "filed_on": "soon"}, CHOICES)

    assert (entry, wrong) == ({"id": "k1", "victim": "v1", "forum": "CIVIL", "note": "kept", "amount": 12.5, "filed_on": "soon"}, set())
    assert filled(claim, old, {"victim": "v1", "forum": "CIVIL"}, CHOICES)[0] == {
        "id": "k1", "victim": "v1", "forum": "CIVIL", "note": "kept",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"kind": "SCREEN"}, "victim"),
        ({"victim": "v2", "kind": "SCREEN"}, "victim"),
        ({"victim": "v1"}, "kind"),
        ({"victim": "v1", "kind": "' OR 1=1"}, "kind"),
        ({"victim": "v1", "kind": "SCREEN", "decision": "Одобрено"}, "decision"),
    ],
)
def test_what_no_choice_offers_is_wrong(sent: dict[str, str], place: str) -> None:
    """A victim of another case is no choice, either."""
    assert filled(MEASURE, {}, sent, CHOICES)[1] == {place}


def test_what_names_an_entry_is_not_changed() -> None:
    """Whose statement it is, before whom and when: another value would be another statement."""
    form = all_forms()["statements"]
    old = {"victim": "v1", "body": "POLICE", "on": "2026-01-01"}
    entry, wrong = filled(form, old, {"victim": "v2", "body": "EXPERT", "on": "2026-02-02", "recorded": "NO"}, CHOICES)

    assert (entry, wrong) == ({**old, "recorded": "NO"}, set())
    assert [field.name for field in form.fields if form.is_fixed(field)] == ["victim", "body", "on"]
    assert not form.has_ids
