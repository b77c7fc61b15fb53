"""The search for canaries finds what it must: a search that finds nothing proves nothing by itself."""

import base64
import json
from pathlib import Path

import pytest

from tests.canaries import Canaries, files_below

NAME = "Žućko ime0123456789 Đž"


@pytest.fixture
def canaries() -> Canaries:
    """One name and one phone number."""
    made = Canaries()
    made.put("name", NAME)
    made.put("phone", "+381641234567")
    return made


@pytest.mark.parametrize("wrap", [lambda raw: raw, lambda raw: b"x" + raw + b"y", lambda raw: b"\0" * 7 + raw])
@pytest.mark.parametrize(
    "written",
    [
        NAME.encode(), NAME.upper().encode(), NAME.encode("utf-16-le"), NAME.encode().hex().encode(), NAME.encode().hex().upper().encode(),
        b"zucko ime0123456789 djz", "Жућко име0123456789 Ђж".encode(), json.dumps(NAME).encode(), b"%C5%BDu%C4%87ko%20ime0123456789",
        base64.b64encode(b"a" + NAME.encode()), base64.b64encode(b"ab" + NAME.encode() + b"c"), base64.b64encode(NAME.encode()),
        b"call 0641234567 now", b"tel:+381641234567", b"1234567",
    ],
)  # fmt: skip
def test_every_form_is_found(canaries: Canaries, written: bytes, wrap: object) -> None:
    """Whatever stands around it."""
    assert callable(wrap)
    expected = "phone" if b"1234567" in written and b"0123456789" not in written else "name"
    if written.startswith(b"%C5"):
        written += b"%20%C4%90%C5%BE"

    assert expected in canaries.found_in(wrap(written))


def test_nothing_is_found_where_nothing_is(canaries: Canaries) -> None:
    """Random bytes and other people's names are no canaries."""
    assert canaries.found_in(bytes(range(128, 256)) * 50 + b"Zucko je pas, broj 064 765 43 21") == set()


def test_files_are_read_at_every_depth(tmp_path: Path) -> None:
    """Links are not followed."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "a/b/c")

    assert [data for _, data in files_below([tmp_path])] == [b"1"]
