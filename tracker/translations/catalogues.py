"""Keep the catalogues (``make translations``): every text is collected, Serbian is written in Cyrillic, its Latin derived.

Cyrillic to Latin loses nothing, the other way does (nadživeti would become наџивети); so only one script is written by people.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import cyrtranslit
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEYWORDS = {"_": None, "gettext": None, "N_": None, "_l": None, "ngettext": (1, 2)}
METHODS = [("tracker/**.py", "python"), ("templates/**.html", "jinja2")]
FOLDERS = ("tracker", "templates")
CYRILLIC, LATIN = "sr_Cyrl", "sr_Latn"
WRITTEN = datetime(2026, 11, 23, tzinfo=UTC)
"""A fixed date in the catalogues' heads: they change when their texts do, and only then."""


def place(locale: str, suffix: str = "po") -> Path:
    """Return where a catalogue lies."""
    return HERE / locale / "LC_MESSAGES" / f"messages.{suffix}"


def collected() -> Catalog:
    """Return every text of the program, in order of the alphabet, untranslated."""
    found = _blank()
    texts = {message for folder in FOLDERS for message in _texts_in(folder)}
    for text in sorted(texts, key=str):
        found.add(text)
    return found


def read(locale: str) -> Catalog:
    """Return a catalogue as it is written down."""
    with place(locale).open("rb") as file:
        return read_po(file, locale=locale)


def authored() -> Catalog:
    """Return the Cyrillic catalogue for the texts that the program has now; new ones are still empty."""
    written, found = read(CYRILLIC), _blank(CYRILLIC)
    for message in _messages(collected()):
        known = written.get(message.id if isinstance(message.id, str) else message.id[0])
        found.add(message.id, known.string if known is not None else "")
    return found


def derived(cyrillic: Catalog) -> Catalog:
    """Return the Latin catalogue of a Cyrillic one."""
    found = _blank(LATIN)
    for message in _messages(cyrillic):
        forms = tuple(_latin(form) for form in _forms(message))
        found.add(message.id, forms[0] if isinstance(message.string, str) else forms)
    return found


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as people write it."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, no_location=True, width=120, sort_output=True)
    return buffer.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts without a translation."""
    return [str(message.id) for message in _messages(catalogue) if not all(_forms(message)) or message.fuzzy]


def main() -> None:
    """Bring the catalogues up to date and say what still has to be translated."""
    cyrillic = authored()
    for catalogue in (cyrillic, derived(cyrillic)):
        place(str(catalogue.locale)).write_bytes(as_po(catalogue))
        place(str(catalogue.locale), "mo").write_bytes(as_mo(catalogue))
    for text in missing(cyrillic):
        sys.stdout.write(f"to be translated: {text}\n")


def _blank(locale: str | None = None) -> Catalog:
    blank = Catalog(locale=locale, header_comment="# The words of the pages.", creation_date=WRITTEN, revision_date=WRITTEN, fuzzy=False)
    blank.project, blank.version = "tracker", "1"
    blank.msgid_bugs_address = blank.last_translator = blank.language_team = ""
    return blank


def _texts_in(folder: str) -> Iterator[str | tuple[str, ...]]:
    methods = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in METHODS if pattern.startswith(f"{folder}/")]
    options = {pattern: {"silent": "false"} for pattern, method in methods if method == "jinja2"}
    for _file, _line, text, _comments, _context in extract_from_dir(ROOT / folder, methods, options, keywords=KEYWORDS):
        yield tuple(text) if isinstance(text, list | tuple) else text


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _latin(text: str) -> str:
    return str(cyrtranslit.to_latin(text, "sr"))


if __name__ == "__main__":
    main()
