"""Write a file whole or not at all, readable by its owner only."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tracker.domain.errors import InvalidInputError, Problem

PART = ".part"
"""How the name of a file ends while it is written."""


@contextmanager
def whole_file(path: Path, *, replace: bool = False) -> Iterator[BinaryIO]:
    """Yield a file beside ``path`` that takes its name when the block ends well, and disappears when it does not.

    Raises:
        InvalidInputError: there is a file already and ``replace`` is false, or it cannot be written there (the disk is full, ...).
    """
    _refuse_existing(path, replace=replace)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=PART, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _refuse_existing(path, replace=replace)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise InvalidInputError([Problem(str(path), f"cannot be written ({error.strerror or 'no reason given'})")]) from None


def _refuse_existing(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise InvalidInputError([Problem(str(path), "is a folder; name a file")])
    if path.exists() and not replace:
        raise InvalidInputError([Problem(str(path), "is there already; nothing was written (--replace writes over it)")])


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
