"""Files with keys: nobody else's to read, and whole or not at all."""

import os
from pathlib import Path
from threading import Thread

import pytest

from tracker.domain.errors import NotConfiguredError
from tracker.privacy import private_files
from tracker.privacy.private_files import FoundFile, require_private


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the owner's alone."""
    found = tmp_path / "keys.toml"
    found.touch(0o600)
    return found


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_the_owners_own_is_fine(path: Path, mode: int) -> None:
    """Whatever the owner may do with it."""
    path.chmod(mode)

    require_private(path, private_files.read(path))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o644, 0o601, 0o666])
def test_what_others_can_open_is_refused_with_the_remedy(path: Path, mode: int) -> None:
    """Reading, writing, anything; the mode that was found is told."""
    path.chmod(mode)

    with pytest.raises(NotConfiguredError, match=rf"mode {mode:04o}\): chmod 600 {path}"):
        require_private(path, private_files.read(path))


@pytest.mark.parametrize(("owner", "user", "is_fine"), [(1000, 1000, True), (0, 1000, True), (1001, 1000, False), (1000, 0, False)])
def test_only_ones_own_and_roots_files_are_trusted(path: Path, *, owner: int, user: int, is_fine: bool) -> None:
    """Whoever owns a file can change its mode and its keys; not even root takes somebody else's."""
    found = FoundFile("", 0o600, owner)
    if is_fine:
        require_private(path, found, user)
    else:
        with pytest.raises(NotConfiguredError, match=f"belongs to user {owner}, .*chown {user} "):
            require_private(path, found, user)


def test_a_link_is_as_private_as_what_it_leads_to(path: Path, tmp_path: Path) -> None:
    """The link's own mode means nothing; replacing changes the file behind it and leaves the link."""
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    private_files.replace(link, "a = 1\n")

    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "a = 1\n"
    path.chmod(0o644)
    with pytest.raises(NotConfiguredError, match="mode 0644"):
        require_private(link, private_files.read(link))


def test_what_is_replaced_is_private_and_leaves_nothing_beside_it(path: Path) -> None:
    """Even if the file was not before, and whatever the mask."""
    path.chmod(0o644)
    before = os.umask(0)
    try:
        private_files.replace(path, "ж\n")
    finally:
        os.umask(before)

    assert (private_files.read(path).text, private_files.read(path).mode) == ("ж\n", 0o600)
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    """A folder, bytes that are no text, and a folder that is not there."""
    (tmp_path / "bytes").write_bytes(b"\xff")
    for wrong in (tmp_path, tmp_path / "bytes"):
        with pytest.raises(NotConfiguredError, match="cannot be read"):
            private_files.read(wrong)
    with pytest.raises(NotConfiguredError, match="cannot be written"):
        private_files.replace(tmp_path / "no" / "keys.toml", "")
    with pytest.raises(NotConfiguredError, match="cannot be written"), private_files.alone(tmp_path / "no" / "keys.toml"):
        pass


def test_two_changes_follow_each_other(path: Path) -> None:
    """While one holds the folder, the other waits."""
    done: list[str] = []

    def second() -> None:
        with private_files.alone(path):
            done.append("second")

    other = Thread(target=second)
    with private_files.alone(path):
        other.start()
        other.join(0.1)
        done.append("first")
    other.join()

    assert done == ["first", "second"]
