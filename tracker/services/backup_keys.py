"""Keys of backups: made here, kept elsewhere."""

from pathlib import Path

from tracker.domain.errors import InvalidInputError, Problem
from tracker.formats.backup.envelope import fresh_identity, locked
from tracker.services.whole_file import whole_file

SHORTEST_PASSPHRASE = 12
LONGEST_PASSPHRASE = 1024


def make_key(path: Path, passphrase: str | None = None) -> str:
    """Write a new secret key to a file that only its owner can read, and return its recipient for the settings.

    With a passphrase the file itself is sealed, as the `age` program does it: who finds it needs the passphrase too.

    Raises:
        InvalidInputError: there is a file already, or it cannot be written there.
    """
    secret, recipient = fresh_identity()
    text = f"# Opens the backups of the court-process tracker. Keep it apart from the server.\n# public key: {recipient}\n{secret}\n"
    content = text.encode() if passphrase is None else locked(text, passphrase)
    with whole_file(path) as file:
        file.write(content)
    return recipient


def read_passphrase(path: Path) -> str:
    """Return the passphrase in the first line of a file.

    Raises:
        InvalidInputError: the file cannot be read, or the passphrase is too short or too long.
    """
    try:
        with path.open(encoding="utf-8") as file:
            passphrase = file.readline(LONGEST_PASSPHRASE + 1).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError([Problem(str(path), f"cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})")]) from None
    if not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        raise InvalidInputError(
            [Problem(str(path), f"expected a passphrase of {SHORTEST_PASSPHRASE} characters at least in its first line")]
        )
    return passphrase
