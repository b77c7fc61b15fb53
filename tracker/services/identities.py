"""The one way to who people are: masked until somebody asks, and that is written down."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlmodel import Session

from tracker.domain.access import Permission, may
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem
from tracker.privacy import places
from tracker.privacy.keys import KeyRing, same_token
from tracker.schemas.identity import VictimIdentityFields
from tracker.services import audit
from tracker.services.blind_indexes import name_index
from tracker.services.case_access import reader
from tracker.services.case_names import victim_name
from tracker.services.context import Context
from tracker.services.unsealing import Legible, UnreadableText
from tracker.storage.queries import identities as queries
from tracker.storage.queries.identities import VictimRow

FIELDS = ("name", "phone", "address", "note")
WHERE = {
    "name": places.VICTIM_NAME, "phone": places.VICTIM_PHONE, "address": places.VICTIM_ADDRESS, "note": places.VICTIM_NOTE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MaskedVictim:
    """A victim as everybody in her case knows her; ``kept`` says which fields there are, and nothing of what they hold.

    ``seen`` names what is kept now, so that nobody overwrites what they have not seen. ``is_theirs`` tells that the reader works on
    the case and may write, rather than only having opened it.
    """

    ref: str
    pseudonym: str = field(repr=False)
    kept: Mapping[str, bool]
    seen: str
    is_theirs: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody wrote anything down yet."""
        return not any(self.kept.values())


@dataclass(frozen=True, slots=True)
class RevealedVictim:
    """A victim in clear, for one look."""

    masked: MaskedVictim
    fields: Mapping[str, str] = field(repr=False)


def victim_ref(keys: KeyRing, external_id: str) -> str:
    """Return the opaque name of a victim in addresses; it is derived, so it cannot be guessed and need not be kept."""
    return keys.token("victim", external_id)


def masked(ctx: Context, case: str, victim: str) -> MaskedVictim:
    """Return a victim of a case of the actor's, without opening more than her pseudonym.

    Raises:
        NotFoundError: there is no such victim, case or permission.
    """
    person = _revealer(ctx)
    with Legible(ctx) as seals:
        with ctx.database.reading() as db:
            row = _found(db, ctx, person, case, victim)
        found = _masked(ctx, row, seals)
    audit.record(ctx, "case.read", case=row.proceeding)
    return found


def reveal(ctx: Context, case: str, victim: str) -> RevealedVictim:
    """Return a victim in clear, and write down in the same transaction who looked.

    Raises:
        NotFoundError: there is no such victim, case or permission.
    """
    person = _revealer(ctx)
    with Legible(ctx) as seals, ctx.database.writing() as db:
        row = _found(db, ctx, person, case, victim)
        fields = {name: "" if blob is None else seals.open(WHERE[name], row.external_id, blob) for name, blob in _blobs(row).items()}
        told = {"fields": [name for name, text in fields.items() if text]}
        audit.note(db, ctx, "identity.revealed", case=row.proceeding, subject=("victim", row.external_id), details=told)
        return RevealedVictim(_masked(ctx, row, seals), fields)


def checked(entered: Mapping[str, str]) -> VictimIdentityFields:
    """Return what was entered about a victim, checked.

    Raises:
        InvalidInputError: a text is too long or holds control characters (it is not repeated).
    """
    try:
        return VictimIdentityFields.model_validate({name: entered.get(name, "") for name in FIELDS})
    except ValidationError as error:
        wrong = dict.fromkeys(str(detail["loc"][0]) for detail in error.errors(include_input=False, include_url=False))
        raise InvalidInputError([Problem(name, "too long, or with characters that no text has") for name in wrong]) from None


def keep(ctx: Context, case: str, victim: str, entered: VictimIdentityFields, seen: str) -> None:
    """Keep what was entered about a victim in place of all that was kept, and write down which fields changed.

    A value that cannot be read is replaced by a new one, never by nothing: it may yet be had from a backup.

    Raises:
        NotFoundError: there is no such victim, case or permission.
        ConflictError: somebody changed it since this person saw it.
    """
    person = _revealer(ctx)
    with ctx.database.writing() as db:
        queries.lock_victim(db, _found(db, ctx, person, case, victim).id)
        row = _found(db, ctx, person, case, victim)
        if not row.is_theirs:
            raise ForbiddenError("who opened a case only reads it")
        if not same_token(_seen(ctx, row), seen):
            raise ConflictError("somebody changed who this victim is: look again")
        before = {name: None if blob is None else _opened(ctx, name, row, blob) for name, blob in _blobs(row).items()}
        after = {name: getattr(entered, name) or None for name in FIELDS}
        changed = [name for name in FIELDS if before[name] != after[name] and not (is_unreadable(before[name]) and after[name] is None)]
        if changed:
            queries.write(db, row.id, _sealed(ctx.keys, row.external_id, {name: after[name] for name in changed}))
            audit.note(db, ctx, "identity.changed", case=row.proceeding, subject=("victim", row.external_id), details={"fields": changed})


def names_of_people(ctx: Context, person_ids: Collection[int]) -> dict[int, str]:
    """Return the names of people of the office, for pages of those who work with them; not to be called within a transaction."""
    with Legible(ctx) as seals, ctx.database.reading() as db:
        return {row.id: seals.open(places.PERSON_NAME, row.external_id, row.name) for row in queries.people(db, person_ids)}


def _revealer(ctx: Context) -> int:
    person = reader(ctx)
    if not may(ctx.actor.role, Permission.REVEAL_IDENTITIES):
        raise ForbiddenError("there is nothing here for you")
    return person


def _found(db: Session, ctx: Context, person: int, case: str, victim: str) -> VictimRow:
    found = None
    for row in queries.victims(db, person, case, today=ctx.office_today(), now=ctx.now()):
        if same_token(victim_ref(ctx.keys, row.external_id), victim):
            found = row
    if found is None:
        raise NotFoundError("there is no such victim, or she is not in a case of yours")
    return found


def _blobs(row: VictimRow) -> dict[str, bytes | None]:
    return {"name": row.name, "phone": row.phone, "address": row.address, "note": row.note}


def _masked(ctx: Context, row: VictimRow, seals: Legible) -> MaskedVictim:
    kept = {name: blob is not None for name, blob in _blobs(row).items()}
    return MaskedVictim(
        victim_ref(ctx.keys, row.external_id), victim_name(seals, row.external_id, row.pseudonym), kept, _seen(ctx, row), row.is_theirs
    )


def _seen(ctx: Context, row: VictimRow) -> str:
    """Return what names the present contents; the bytes that are kept, since a broken value has no text."""
    parts = [b"-" if blob is None else blob.hex().encode() for blob in _blobs(row).values()]
    return ctx.keys.token("seen", f"{row.external_id}\x1f{b'.'.join(parts).decode()}")


def _opened(ctx: Context, name: str, row: VictimRow, blob: bytes) -> str:
    """Return a kept text, or what stands for a broken one: then whatever is entered is a change."""
    return Legible(ctx).open(WHERE[name], row.external_id, blob)


def _sealed(keys: KeyRing, external_id: str, fields: Mapping[str, str | None]) -> dict[str, bytes | None]:
    values: dict[str, bytes | None] = {
        f"{name}_sealed": None if text is None else keys.seal(WHERE[name], external_id, text) for name, text in fields.items()
    }
    if "name" in fields:
        values["name_index"] = name_index(keys, places.VICTIM_NAME_INDEX, fields["name"])
    return values


def is_unreadable(text: str | None) -> bool:
    """Tell whether a text stands for one whose seal is broken."""
    return isinstance(text, UnreadableText)
