"""Sealing anew while people work: nothing is lost, nothing is done twice, whatever happens in between."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from tests import processes
from tests.factories import sealed
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.privacy import places
from tracker.privacy.keys import KeyRing, fresh_key
from tracker.services import key_rotation
from tracker.services.context import Context
from tracker.services.key_rotation import Rotated, require_unused, rotate
from tracker.services.key_use import check, key_use
from tracker.settings import KeySettings
from tracker.storage.queries.sealed_values import replace
from tracker.storage.sealed_columns import sealed_columns
from tracker.storage.tables.catalogue import METADATA

PHONE = next(column for column in sealed_columns() if column.place == places.VICTIM_PHONE)


def opened(ctx: Context) -> dict[tuple[str, int], str]:
    """Return every value in clear."""
    return {key: ctx.keys.open(key[0], value.row, value.blob) for key, value in sealed.stored(ctx).items()}


def key_ids(ctx: Context) -> set[int | None]:
    """Return the keys that are in use."""
    return {KeyRing.key_id(value.blob) for value in sealed.stored(ctx).values()}


@pytest.fixture
def vault(ctx: Context) -> Context:
    """The system with values sealed under key 1; key 2 is the current one now."""
    sealed.fill(sealed.under(ctx, sealed.ring(1)))
    return sealed.under(ctx, sealed.ring(2))


def test_every_value_is_sealed_anew_once(vault: Context) -> None:
    """All texts are the same, all keys new, progress ends with everything; a second run finds nothing to do."""
    before, progress = opened(vault), list[tuple[int, int]]()
    done = rotate(vault, lambda part, whole: progress.append((part, whole)))

    assert done == Rotated(resealed=len(before))
    assert (progress[0], progress[-1]) == ((0, len(before)), (len(before), len(before)))
    assert {key: text for key, text in opened(vault).items() if key in before} == before
    assert key_ids(vault) == {2}
    assert check(sealed.under(vault, sealed.ring(2, 2))).missing == {}
    assert rotate(vault) == Rotated()


def test_a_write_that_comes_between_is_kept(vault: Context) -> None:
    """After the values were read and before they are written back, somebody enters another phone, and somebody empties one."""
    values = {key[1]: value for key, value in sealed.stored(vault).items() if key[0] == PHONE.place}
    first, second = sorted(values)
    pairs = key_rotation._resealed(vault, PHONE, [values[first], values[second]])
    with vault.database.writing() as db:
        sealed.put(db, PHONE, first, vault.keys.seal(PHONE.place, values[first].row, "newer"))
        db.connection().execute(sa.update(PHONE.table).where(PHONE.id_column == second).values({PHONE.column: None}))
    with vault.database.writing() as db:
        replaced = replace(db, PHONE, pairs)

    assert replaced == 0
    assert {key[1]: text for key, text in opened(vault).items() if key[0] == PHONE.place} == {first: "newer"}


def test_rotation_and_writers_at_once(ctx: Context) -> None:
    """While values are sealed anew in small parts, writers go on with old and new keys; the last word of each is what stands there."""
    old, new = sealed.under(ctx, sealed.ring(1)), sealed.under(ctx, sealed.ring(2))
    sealed.fill(old, copies=12)
    values = {key[1]: value for key, value in sealed.stored(old).items() if key[0] == PHONE.place}
    written: dict[int, str] = {}
    failures: list[BaseException] = []

    def write(writer: Context, mine: list[int]) -> None:
        try:
            for turn in range(4):
                for row_id in mine:
                    text = f"turn {turn} of {row_id}"
                    with writer.database.writing() as db:
                        sealed.put(db, PHONE, row_id, writer.keys.seal(PHONE.place, values[row_id].row, text))
                    written[row_id] = text
        except BaseException as failure:  # noqa: BLE001 - told below
            failures.append(failure)

    rows = sorted(values)
    threads = [Thread(target=write, args=(old, rows[::2])), Thread(target=write, args=(new, rows[1::2]))]
    for thread in threads:
        thread.start()
    rotate(new, batch=3)
    for thread in threads:
        thread.join()
    last = rotate(new)

    assert failures == []
    assert {key[1]: text for key, text in opened(new).items() if key[0] == PHONE.place} == written
    assert (last.left, last.broken, key_ids(new)) == (0, 0, {2})


def test_what_an_older_process_wrote_meanwhile_is_told(vault: Context) -> None:
    """It still seals with the old key: the run says how many, so that the process is restarted and the run repeated."""
    old = sealed.under(vault, sealed.ring(1))
    value = next(value for key, value in sealed.stored(vault).items() if key[0] == PHONE.place)
    once = iter([True])

    def meddle(part: int, whole: int) -> None:
        if part == whole and next(once, False):
            with vault.database.writing() as db:
                sealed.put(db, PHONE, value.id, old.keys.seal(PHONE.place, value.row, "late"))

    assert rotate(vault, meddle).left == 1
    assert rotate(vault).resealed == 1


def test_broken_and_lost_values_are_left_alone(ctx: Context) -> None:
    """They are counted apart, and everything else goes on."""
    everything = sealed.fill(sealed.under(ctx, sealed.ring(1)))
    three = KeyRing(current=3, ring={3: bytes(32)}, index=bytes(32))
    with ctx.database.writing() as db:
        sealed.put(db, PHONE, 1, three.seal(PHONE.place, "x", "x"))
        sealed.put(db, PHONE, 2, bytes((1, 1)) + bytes(40))
    done = rotate(sealed.under(ctx, sealed.ring(2)))

    assert (done.resealed, done.broken, done.left, done.missing) == (everything - 2, 1, 0, {3: 1})


def test_a_key_goes_when_nothing_needs_it(vault: Context) -> None:
    """Not the current one, not one that values need, not one that is not there."""
    with pytest.raises(ConflictError, match="values are still sealed with key 1"):
        require_unused(vault, 1)
    with pytest.raises(ConflictError, match="key 2 is the current one"):
        require_unused(vault, 2)
    with pytest.raises(NotFoundError, match="no key 9"):
        require_unused(vault, 9)
    rotate(vault)

    require_unused(vault, 1)


def killed_in_the_middle(config: Path, until: Callable[[], bool]) -> None:
    """Begin a rotation in a process of its own and end it as a power cut would."""
    with processes.running("keys", "rotate", "--config", str(config)) as process:
        processes.wait_for(lambda: until() or process.poll() is not None)
        processes.kill(process)


def test_a_killed_rotation_is_taken_up_where_it_ended(ctx: Context, tmp_path: Path) -> None:
    """Killed while it works; every value opens all the while, and the next run does only what is left."""
    keys = KeySettings(current=2, ring={number: SecretStr(fresh_key()) for number in (1, 2)}, index=SecretStr(fresh_key()))
    settings = ctx.settings.model_copy(update={"keys": keys})
    new = sealed.under(ctx, settings.key_ring())
    old = sealed.under(ctx, settings.model_copy(update={"keys": keys.model_copy(update={"current": 1})}).key_ring())
    everything = sealed.fill(old, copies=3)
    table = METADATA.tables["court"]
    with ctx.database.writing() as db:
        court = db.connection().execute(sa.select(table.c.id)).scalars().first()
        numbers = METADATA.tables["case_number"]
        many = [
            {"ref": f"many-{each}", "court_id": court, "number_index": b"", "is_parsed": True,
             "text_sealed": old.keys.seal(places.CASE_NUMBER_TEXT, f"many-{each}", f"K {each}/20")}
            for each in range(6_000)
        ]  # fmt: skip
        db.connection().execute(sa.insert(numbers), many)
    config = processes.configuration(tmp_path / "config.toml", ctx, settings)

    def used(number: int) -> int:
        return next(use.values for use in key_use(new) if use.id == number)

    killed_in_the_middle(config, lambda: used(2) > 0)
    assert check(new).broken == ()
    left = used(1)
    assert used(2) + left == everything + 6_000
    done = rotate(new)

    assert (done.resealed, done.left, used(1)) == (left, 0, 0)
    assert check(new).broken == ()
