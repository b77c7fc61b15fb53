"""What has to fit together in a jurisdiction pack: between its parts, with the rules of the program, and with the calendar."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from tracker.discovery import discover
from tracker.domain.case_numbers import normalise
from tracker.domain.flags import FlagRule
from tracker.domain.pack import Pack
from tracker.formats.court_holidays import has_holidays

Fault = tuple[tuple[str | int, ...], str]
"""Where in the file, key by key, and what is wrong there."""


@lru_cache(maxsize=1)
def rules_by_code() -> dict[str, FlagRule]:
    """Return the rules of the program by code."""
    return {rule.code: rule for rule in discover("tracker.domain.rules", "RULE", FlagRule)}


def faults(pack: Pack, today: date | None) -> Iterator[Fault]:
    """Yield what does not fit; only with ``today`` it can be told that something is dated in the future."""
    yield from _courts(pack)
    yield from _time(pack)
    yield from _twice(pack)
    yield from _numbers(pack)
    yield from _rules(pack)
    yield from _thresholds(pack)
    yield from _changes(pack)
    yield from _texts(pack)
    if today is not None:
        yield from _future(pack, today)


def _courts(pack: Pack) -> Iterator[Fault]:
    ids = Counter(court.id for court in pack.courts)
    names = Counter(court.name for court in pack.courts)
    for index, court in enumerate(pack.courts):
        if ids[court.id] > 1:
            yield ("courts", index, "id"), f"{court.id} stands here twice"
        if names[court.name] > 1:
            yield ("courts", index, "name"), f"{court.name} stands here twice"
        if court.appellate is not None and (court.appellate not in ids or court.appellate == court.id):
            yield ("courts", index, "appellate"), f"{court.appellate} is the id of no other court of this pack"


def _time(pack: Pack) -> Iterator[Fault]:
    if not has_holidays(pack.holidays):
        yield ("holidays",), "the program knows no public holidays of this country"
    for index, recess in enumerate(pack.recess):
        if recess.begins > recess.ends:
            yield ("recess", index), "ends before it begins; write a vacation over New Year as two"


def _twice(pack: Pack) -> Iterator[Fault]:
    for name, listed in (("languages", pack.languages), ("stages", pack.stages)):
        for value, count in Counter(listed).items():
            if count > 1:
                yield (name,), f"{value} stands here twice"


def _numbers(pack: Pack) -> Iterator[Fault]:
    for index, example in enumerate(pack.case_numbers.examples):
        if not pack.case_numbers.expects(normalise(example)):
            yield ("case_numbers", "examples", index), "does not fit the registers, court marks and divisions of this pack"


def _rules(pack: Pack) -> Iterator[Fault]:
    known = rules_by_code()
    for table, stated in (("rules", pack.thresholds.keys()), ("rests_on", pack.rests_on.keys())):
        for code in sorted(stated - known.keys()):
            yield (table, code), "the program has no such rule; expected one of " + ", ".join(sorted(known))
    for code, rule in known.items():
        if code not in pack.thresholds:
            yield ("rules", code), "missing: every rule of the program has its table, an empty one if it has no thresholds"
        for key in pack.legal_keys(rule):
            if key not in pack.legal:
                place = ("rests_on", code) if code in pack.rests_on else ("rules", code)
                yield place, f"rests on {key}, which has no text under [legal]; write one, or name other keys under [rests_on]"


def _thresholds(pack: Pack) -> Iterator[Fault]:
    """A misspelt name is two faults in one: a threshold that nobody reads, and a rule that finds none and stops every sweep."""
    for code, rule in rules_by_code().items():
        limits, known = pack.limits(code), {*rule.levels, *rule.numbers}
        for name in sorted({*limits.levels, *limits.numbers} - known):
            yield ("rules", code, name), "is not known here; expected " + (", ".join(sorted(known)) or "no thresholds")
        for names, stated, form in (
            (rule.levels, limits.levels, "pairs of [limit, severity]"),
            (rule.numbers, limits.numbers, "one number"),
        ):
            for name in sorted(set(names) - stated.keys()):
                yield ("rules", code, name), f"missing; expected {form}"


def _texts(pack: Pack) -> Iterator[Fault]:
    """English has its place in the shape; what else the pages speak, a reader must find here too."""
    spoken = {language.partition("-")[0] for language in pack.languages} - {"en"}
    for key, reference in pack.legal.items():
        texts = {"sr": reference.text_sr}
        for language in sorted(spoken):
            if texts.get(language) is None:
                yield ("legal", key, f"text_{language}"), "missing: this pack speaks the language"


def _future(pack: Pack, today: date) -> Iterator[Fault]:
    for key, reference in pack.legal.items():
        for name, on in (("read_on", reference.read_on), ("verified_on", reference.verified_on)):
            if on is not None and on > today:
                yield ("legal", key, name), "lies in the future: nobody has done it yet"
    for index, change in enumerate(pack.changes):
        if change.on > today:
            yield ("changes", index, "on"), "lies in the future: nobody has done it yet"


def _changes(pack: Pack) -> Iterator[Fault]:
    last = len(pack.changes) - 1
    if pack.changes[last].version != pack.version:
        yield ("changes", last, "version"), f"the newest change is not that of version {pack.version}"
    for index, (one, other) in enumerate(pairwise(pack.changes), 1):
        if other.on < one.on:
            yield ("changes", index, "on"), "is before the change above it; the newest stands last"
