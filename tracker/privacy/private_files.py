"""Files that hold keys: read only where nobody else can, and written whole or not at all."""

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.errors import NotConfiguredError

OWNER_ONLY = 0o600
OTHERS = 0o077
ROOT = 0


@dataclass(frozen=True, slots=True)
class FoundFile:
    """What was read, and what the file system said of the very file it was read from."""

    text: str
    mode: int
    owner: int


def read(path: Path) -> FoundFile:
    """Return a UTF-8 file with its mode and owner; of a symbolic link, those of the file that it leads to.

    Raises:
        FileNotFoundError: there is none.
        NotConfiguredError: it cannot be read, or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            return FoundFile(file.read().decode("utf-8"), stat.S_IMODE(about.st_mode), about.st_uid)
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise NotConfiguredError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})") from None


def require_private(path: Path, found: FoundFile, user: int | None = None) -> None:
    """Do nothing where only its owner can open a file that holds keys, and the owner is ``user`` (whoever runs this) or root.

    Raises:
        NotConfiguredError: others can; the message says what to do.
    """
    if found.mode & OTHERS:
        raise NotConfiguredError(f"{path}: holds keys, and others than its owner can open it (mode {found.mode:04o}): chmod 600 {path}")
    runner = os.geteuid() if user is None else user
    if found.owner not in {runner, ROOT}:
        raise NotConfiguredError(
            f"{path}: holds keys, and belongs to user {found.owner}, who could change them; this runs as {runner}: chown {runner} {path}"
        )


def replace(path: Path, text: str) -> None:
    """Put ``text`` in the place of a file, readable by its owner only, whole or not at all; of a symbolic link, of what it leads to.

    Raises:
        NotConfiguredError: it cannot be written there.
    """
    target = path.resolve()
    name = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except OSError as error:
        raise NotConfiguredError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        if name is not None:
            with suppress(OSError):
                Path(name).unlink()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every other process that asks for the same out of the folder of ``path``, so that two changes follow each other."""
    try:
        handle = os.open(path.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise NotConfiguredError(f"{path}: cannot be written ({error.strerror})") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
