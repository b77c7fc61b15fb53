"""The file that holds the keys, changed line by line: comments stay, and what did not come out as meant is not written."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.domain.errors import ConflictError, NotConfiguredError, NotFoundError
from tracker.privacy import private_files
from tracker.privacy.keys import fresh_key
from tracker.settings import key_file, load_settings

MOST_KEYS = 255
"""A sealed value names its key in one byte."""
RETIRED = re.compile(r"^# (\d+) was retired", re.MULTILINE)
SECTION = re.compile(r"^\s*\[(?P<name>[^\[\]]+)\]\s*(#.*)?$")
CURRENT = re.compile(r"^(?P<before>\s*current\s*=\s*)\d+(?P<after>.*)$")

Keys = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _KeyFile:
    """Where the keys stand: ``head`` is the section of `current`, "" at the top level, ``ring`` that of the keys."""

    path: Path
    head: str
    ring: str

    def read(self) -> str:
        """Return its text, if it is its owner's alone."""
        try:
            found = private_files.read(self.path)
        except FileNotFoundError:
            raise NotConfiguredError(f"{self.path}: is not there: run `tracker init` first") from None
        private_files.require_private(self.path, found)
        return found.text

    def keys(self, text: str) -> Keys:
        """Return what stands there, as TOML sees it."""
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            return {}
        found = document.get("keys", {}) if self.head else document
        return found if isinstance(found, dict) else {}

    def change(self, edit: Callable[[list[str]], list[str]], meant: Callable[[Keys], Keys]) -> None:
        """Write the file with its lines edited, if that changes the keys as ``meant`` and nothing else.

        Raises:
            NotConfiguredError: it stands there in another form than this program writes: a person has to do it.
        """
        before = self.read()
        after = "\n".join(edit(before.split("\n")))
        whole_before, whole_after = (
            {k: v for k, v in _document(text).items() if k != "keys"} if self.head else {} for text in (before, after)
        )
        if self.keys(after) != meant(self.keys(before)) or whole_before != whole_after:
            raise NotConfiguredError(f"{self.path}: the keys stand there in a form that this program does not write: change them by hand")
        private_files.replace(self.path, after)


def _document(text: str) -> Keys:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _at(config: Path) -> _KeyFile:
    keys = load_settings(config).keys
    path = key_file(config, keys)
    return _KeyFile(path, "", "ring") if keys.file else _KeyFile(path, "keys", "keys.ring")


def add_key(config: Path) -> int:
    """Add a fresh key to the ring and return its number, one that no key ever had; it seals nothing yet.

    Raises:
        NotConfiguredError: the file cannot be read, understood or written, or all numbers were used.
    """
    with private_files.alone(config):
        where = _at(config)
        text = where.read()
        ring = where.keys(text).get("ring", {})
        number = 1 + max([0, *map(int, ring), *map(int, RETIRED.findall(text))])
        if number > MOST_KEYS:
            raise NotConfiguredError(f"all {MOST_KEYS} numbers of keys were used: a sealed value has no room for another")
        secret = fresh_key()
        where.change(
            lambda lines: _appended(lines, where.ring, f'{number} = "{secret}"'),
            lambda keys: keys | {"ring": keys.get("ring", {}) | {str(number): secret}},
        )
    return number


def use_key(config: Path, number: int) -> None:
    """Let another key of the ring seal what is written from now on.

    Raises:
        NotFoundError: the ring has no such key.
        NotConfiguredError: the file cannot be read, understood or written.
    """
    with private_files.alone(config):
        where = _at(config)
        _require(where, number)
        where.change(lambda lines: _with_current(lines, where.head, number), lambda keys: keys | {"current": number})


def remove_key(config: Path, number: int) -> None:
    """Take a key out of the ring; a comment keeps its number from being given again. The caller has checked that nothing needs it.

    Raises:
        NotFoundError: the ring has no such key.
        ConflictError: it is the current one.
        NotConfiguredError: the file cannot be read, understood or written.
    """
    with private_files.alone(config):
        where = _at(config)
        _require(where, number)
        if where.keys(where.read()).get("current", 1) == number:
            raise ConflictError(f"key {number} is the current one: `tracker keys use` another one first")
        where.change(
            lambda lines: _without(lines, where.ring, number),
            lambda keys: keys | {"ring": {name: key for name, key in keys["ring"].items() if int(name) != number}},
        )


def _require(where: _KeyFile, number: int) -> None:
    if str(number) not in where.keys(where.read()).get("ring", {}):
        raise NotFoundError(f"the ring has no key {number}")


def _span(lines: list[str], section: str) -> tuple[int, int]:
    """Return the lines of a section, without its heading; of "" those before the first heading."""
    headings = [(index, found["name"].strip()) for index, line in enumerate(lines) if (found := SECTION.match(line))]
    begins = {name: index + 1 for index, name in headings} | {"": 0}
    if section not in begins:
        return len(lines), len(lines)
    begin = begins[section]
    return begin, next((index for index, _ in headings if index >= begin), len(lines))


def _appended(lines: list[str], section: str, line: str) -> list[str]:
    begin, end = _span(lines, section)
    if begin == len(lines):
        return [*lines, f"[{section}]", line, ""]
    while end > begin and not lines[end - 1].strip():
        end -= 1
    return [*lines[:end], line, *lines[end:]]


def _with_current(lines: list[str], section: str, number: int) -> list[str]:
    begin, end = _span(lines, section)
    for index in range(begin, end):
        if found := CURRENT.match(lines[index]):
            return [*lines[:index], f"{found['before']}{number}{found['after']}", *lines[index + 1 :]]
    return [*lines[:begin], f"current = {number}", *lines[begin:]]


def _without(lines: list[str], section: str, number: int) -> list[str]:
    begin, end = _span(lines, section)
    mine = re.compile(rf"\s*[\"']?{number}[\"']?\s*=")
    return [f"# {number} was retired" if begin <= index < end and mine.match(line) else line for index, line in enumerate(lines)]
