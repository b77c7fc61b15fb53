"""What is written out: spelt out, in court time, into a file that is whole and private."""

import json
import stat
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.factories.caseload import said, small, spelt
from tracker.domain.errors import InvalidInputError
from tracker.formats.caseload import shape
from tracker.services.caseload_export import export_caseload, write_caseload
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context


def test_an_empty_record_is_a_document_too(sqlite_ctx: Context) -> None:
    """With nothing in it."""
    empty = {"format": "court-caseload/1", "jurisdiction": "RS", "courts": [], "people": [], "proceedings": []}

    assert export_caseload(sqlite_ctx) == empty


def test_defaults_are_written_and_unknown_things_left_out(ctx: Context) -> None:
    """Readers need not know the defaults; what is not known is absent, a list without entries is empty."""
    document = small()
    document["proceedings"].append({"id": "p2", "court": "c1", "lead_offence": "OTHER"})
    import_caseload(ctx, spelt(document))

    exported = export_caseload(ctx)
    first, second = exported["proceedings"]
    assert exported["courts"][1] == {"id": "c2", "name": "Apelacioni sud u Nišu", "timezone": "Europe/Belgrade"}
    assert first["hearings"][2] == {"id": "h3", "type": "MAIN", "starts_at": "2027-01-12T10:00:00+01:00", "time_known": True}
    assert first["claims"][0]["decision"] == "PENDING"
    assert first["assets"][0]["value"] == 12
    assert set(second) == {"id", "court", "lead_offence", *(name for name in first if isinstance(first[name], list))}
    assert all(second[name] == [] for name in second if name not in {"id", "court", "lead_offence"})
    Draft202012Validator(shape.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(exported)


def test_empty_lists_of_codes_differ_from_none_at_all(ctx: Context) -> None:
    """Questioned by nobody is a fact; not recorded is none."""
    document = small()
    document["proceedings"][0]["victims"][0]["exploitation"] = []
    document["proceedings"][0]["appearances"][0]["questioned_by"] = []
    import_caseload(ctx, spelt(document))

    proceeding = export_caseload(ctx)["proceedings"][0]
    assert proceeding["victims"][0]["exploitation"] == []
    assert "exploitation" not in proceeding["victims"][1]
    assert proceeding["appearances"][0]["questioned_by"] == []
    assert "degrading_by" not in proceeding["appearances"][0]


@pytest.mark.parametrize(
    ("zone", "starts_at", "written"),
    [
        ("Europe/Belgrade", "2026-07-01T07:00:00Z", "2026-07-01T09:00:00+02:00"),
        ("Europe/Belgrade", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"),
        ("Europe/Belgrade", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"),
        ("America/New_York", "2026-01-01T15:00:00Z", "2026-01-01T10:00:00-05:00"),
        ("Africa/Monrovia", "1950-01-01T12:00:00Z", "1950-01-01T12:00:00+00:00"),
    ],
)
def test_instants_are_written_as_the_courts_clocks_show_them(sqlite_ctx: Context, zone: str, starts_at: str, written: str) -> None:
    """Summer and winter, the hour that comes twice; an offset with seconds, which no instant can spell, becomes UTC."""
    document = small()
    document["courts"][1]["timezone"] = zone
    document["proceedings"][0]["hearings"][0] |= {"court": "c2", "starts_at": starts_at}
    import_caseload(sqlite_ctx, spelt(document))

    assert export_caseload(sqlite_ctx)["proceedings"][0]["hearings"][0]["starts_at"] == written


def test_the_file_is_private_and_replaced_whole(sqlite_ctx: Context, tmp_path: Path) -> None:
    """Only its owner can read it, whatever was there before; no half-written neighbour is left."""
    import_caseload(sqlite_ctx, spelt(small()))
    file = tmp_path / "caseload.json"
    file.write_text("older", encoding="utf-8")
    file.chmod(0o644)

    write_caseload(sqlite_ctx, file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert said(json.loads(file.read_text(encoding="utf-8"))) == said(small())
    assert list(tmp_path.glob("*.json*")) == [file]


@pytest.mark.parametrize("name", ["missing/caseload.json", "folder"])
def test_a_file_that_cannot_be_written_is_told(sqlite_ctx: Context, tmp_path: Path, name: str) -> None:
    """The place and the reason; nothing is left behind."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").touch()

    with pytest.raises(InvalidInputError, match="cannot be written"):
        write_caseload(sqlite_ctx, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
