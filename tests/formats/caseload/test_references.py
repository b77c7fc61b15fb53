"""Ids are given once, references lead somewhere in the same proceeding."""

import copy
from typing import Any

import pytest

from tests.factories.caseload import small
from tracker.formats.caseload.problems import Problems
from tracker.formats.caseload.references import check_references

P = "$.proceedings[0]"


def complaints(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return place and message of everything that the check finds."""
    problems = Problems()
    check_references(document, problems)
    return [(problem.path, problem.message) for problem in problems.found]


def with_second_proceeding() -> dict[str, Any]:
    """Return the small document with another, nearly empty proceeding."""
    document = small()
    document["proceedings"].append({"id": "p2", "court": "c1", "lead_offence": "OTHER", "victims": [{"id": "w1"}], "hearings": []})
    return document


def test_a_sound_document_passes() -> None:
    """Nothing is invented."""
    assert complaints(with_second_proceeding()) == []


@pytest.mark.parametrize(
    ("kind", "index", "name", "place"),
    [
        ("case_numbers", 0, "court", f"{P}.case_numbers[0].court"),
        ("assignments", 0, "person", f"{P}.assignments[0].person"),
        ("hearings", 1, "court", f"{P}.hearings[1].court"),
        ("hearings", 1, "superseded_by", f"{P}.hearings[1].superseded_by"),
        ("appearances", 0, "hearing", f"{P}.appearances[0].hearing"),
        ("appearances", 0, "victim", f"{P}.appearances[0].victim"),
        ("statements", 0, "victim", f"{P}.statements[0].victim"),
        ("statements", 0, "hearing", f"{P}.statements[0].hearing"),
        ("measures", 0, "victim", f"{P}.measures[0].victim"),
        ("assessments", 0, "victim", f"{P}.assessments[0].victim"),
        ("claims", 0, "victim", f"{P}.claims[0].victim"),
        ("remedies", 0, "victim", f"{P}.remedies[0].victim"),
        ("incidents", 0, "victim", f"{P}.incidents[0].victim"),
    ],
)
def test_a_reference_to_nothing_is_told(kind: str, index: int, name: str, place: str) -> None:
    """Place and kind of what was expected; not the id."""
    document = small()
    document["proceedings"][0][kind][index][name] = "CANARY"

    ((told, message),) = complaints(document)
    assert told == place
    assert message.startswith("expected the id of a")
    assert "CANARY" not in message


def test_references_outside_and_within_lists_are_told() -> None:
    """The proceeding's court, a person's backup, a summoned victim and an applied measure."""
    document = small()
    document["people"][0]["backup"] = "x"
    document["proceedings"][0]["court"] = "x"
    document["proceedings"][0]["hearings"][1]["summoned"][1] = "x"
    document["proceedings"][0]["appearances"][0]["measures"][0]["measure"] = "x"

    assert {path for path, _ in complaints(document)} == {
        "$.people[0].backup", f"{P}.court", f"{P}.hearings[1].summoned[1]", f"{P}.appearances[0].measures[0].measure",
    }  # fmt: skip


def test_a_victim_of_another_proceeding_is_told_apart() -> None:
    """The id exists, but elsewhere: a slip of another kind."""
    document = with_second_proceeding()
    document["proceedings"][0]["claims"][0]["victim"] = "w1"

    assert complaints(document) == [(f"{P}.claims[0].victim", "expected the id of a victim of the same proceeding, not of another one")]


@pytest.mark.parametrize("kind", ["victims", "hearings", "measures", "claims", "assets", "remedies", "incidents"])
def test_ids_are_unique_in_the_whole_document(kind: str) -> None:
    """Not in one proceeding only."""
    document = with_second_proceeding()
    entry = copy.deepcopy(document["proceedings"][0][kind][0])
    document["proceedings"][1][kind] = [{name: value for name, value in entry.items() if name not in {"victim", "summoned"}}]

    assert (f"$.proceedings[1].{kind}[0].id", f"expected an id that no earlier entry of {kind} has") in complaints(document)


@pytest.mark.parametrize("kind", ["courts", "people", "proceedings"])
def test_ids_of_the_document_are_unique(kind: str) -> None:
    """Courts, people and proceedings alike."""
    document = small()
    document[kind].append({**document[kind][0], **{name: [] for name in document["proceedings"][0] if name.endswith("s")}})

    assert complaints(document)[0][0] == f"$.{kind}[{len(document[kind]) - 1}].id"


def test_repeated_labels_appearances_and_measures_are_told() -> None:
    """A label, a victim at a hearing and a measure at an appearance stand once."""
    document = small()
    proceeding = document["proceedings"][0]
    proceeding["accused"].append({"label": "A1"})
    proceeding["appearances"][0]["measures"].append({"measure": "m1", "applied": "YES"})
    proceeding["appearances"].append({"hearing": "h1", "victim": "v1", "attended": "TESTIFIED"})

    assert {path for path, _ in complaints(document)} == {
        f"{P}.accused[1].label", f"{P}.appearances[0].measures[1].measure", f"{P}.appearances[1]",
    }  # fmt: skip


@pytest.mark.parametrize("moves", [{0: "h1"}, {0: "h2", 1: "h1"}, {0: "h2", 1: "h3", 2: "h1"}, {0: "h2", 1: "h3", 2: "h2"}])
def test_moves_that_lead_back_are_told_once(moves: dict[int, str]) -> None:
    """A hearing moved to itself, straight or by way of others."""
    document = small()
    for index, target in moves.items():
        document["proceedings"][0]["hearings"][index]["superseded_by"] = target

    ((path, message),) = complaints(document)
    assert path.endswith(".superseded_by")
    assert "lead back" in message


def test_a_chain_of_moves_is_sound() -> None:
    """Moved, and moved again; two hearings may also be moved into one."""
    document = small()
    for index in (0, 1):
        document["proceedings"][0]["hearings"][index]["superseded_by"] = "h3"
    assert complaints(document) == []

    document["proceedings"][0]["hearings"][0]["superseded_by"] = "h2"
    assert complaints(document) == []
