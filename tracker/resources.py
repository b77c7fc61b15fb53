"""Find the program's own files: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder (or file) ``name`` of the program.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for candidate in (PACKAGE / name, PACKAGE.parent / name):
        if candidate.exists():
            return candidate
    raise FileNotFoundError(name)
