"""Who victims are moves into a table apart; what can identify somebody and no query needs is sealed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from tracker.domain.errors import NotConfiguredError
from tracker.domain.folding import fold, name_key
from tracker.privacy.keys import KeyRing

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PSEUDONYM_BEFORE = "victim.pseudonym_sealed"
APART = ("pseudonym", "same_person", "adult_from", "interpreter_language")
VICTIM = sa.table(
    "victim", sa.column("id"), sa.column("external_id"), sa.column("pseudonym_sealed", sa.LargeBinary), sa.column("same_person"),
    sa.column("adult_from", sa.Date), sa.column("interpreter_language"), sa.column("person_key"),
)  # fmt: skip
IDENTITY = sa.table(
    "victim_identity", sa.column("victim_id"), sa.column("pseudonym_index", sa.LargeBinary),
    *(sa.column(f"{name}_sealed", sa.LargeBinary) for name in APART),
)  # fmt: skip
HEARING = sa.table(
    "hearing", sa.column("id"), sa.column("external_id"), sa.column("panel"), sa.column("panel_sealed", sa.LargeBinary),
    sa.column("panel_key"),
)  # fmt: skip
PROCEEDING = sa.table(
    "proceeding", sa.column("id"), sa.column("external_id"), sa.column("requalified_to"),
    sa.column("requalified_to_sealed", sa.LargeBinary),
)  # fmt: skip
SEALED = ("pseudonym", "name", "phone", "address", "note", "adult_from", "interpreter_language", "same_person")
INDEXED = ("pseudonym", "name")


def upgrade() -> None:
    columns: list[Any] = []
    for name in SEALED:
        columns.append(sa.Column(f"{name}_sealed", sa.LargeBinary(), nullable=True))
        if name in INDEXED:
            columns.append(sa.Column(f"{name}_index", sa.LargeBinary(), nullable=True))
    op.create_table(
        "victim_identity",
        sa.Column("victim_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["victim_id"], ["victim.id"], name=op.f("fk_victim_identity_victim_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("victim_id", name=op.f("pk_victim_identity")),
    )
    for name in INDEXED:
        op.create_index(op.f(f"ix_victim_identity_{name}_index"), "victim_identity", [f"{name}_index"])
    _add("victim", sa.Column("person_key", sa.String(32), nullable=True))
    _add("hearing", sa.Column("panel_sealed", sa.LargeBinary(), nullable=True), sa.Column("panel_key", sa.String(32), nullable=True))
    _add("proceeding", sa.Column("requalified_to_sealed", sa.LargeBinary(), nullable=True))
    _seal_victims()
    _seal(HEARING, "panel", lambda keys, text: {"panel_key": keys.index("hearing.panel_key", fold(text)).hex()})
    _seal(PROCEEDING, "requalified_to", lambda _keys, _text: {})
    _drop("victim", "pseudonym_sealed", "same_person", "adult_from", "interpreter_language")
    _drop("hearing", "panel")
    _drop("proceeding", "requalified_to")
    with op.batch_alter_table("accused") as batch:
        batch.alter_column("label", existing_type=sa.String(64), type_=sa.String(5), existing_nullable=False)
        batch.create_check_constraint(
            op.f("ck_accused_label_is_no_name"),
            "substr(label, 1, 1) = 'A' AND length(label) > 1 AND ltrim(substr(label, 2), '0123456789') = ''",
        )


def downgrade() -> None:
    with op.batch_alter_table("accused") as batch:
        batch.drop_constraint(op.f("ck_accused_label_is_no_name"), type_="check")
        batch.alter_column("label", existing_type=sa.String(5), type_=sa.String(64), existing_nullable=False)
    _add("proceeding", sa.Column("requalified_to", sa.String(500), nullable=True))
    _add("hearing", sa.Column("panel", sa.String(500), nullable=True))
    _add(
        "victim", sa.Column("same_person", sa.String(500), nullable=True), sa.Column("adult_from", sa.Date(), nullable=True),
        sa.Column("interpreter_language", sa.String(64), nullable=True), sa.Column("pseudonym_sealed", sa.LargeBinary(), nullable=True),
    )  # fmt: skip
    _open_victims()
    _open(HEARING, "panel")
    _open(PROCEEDING, "requalified_to")
    _drop("proceeding", "requalified_to_sealed")
    _drop("hearing", "panel_sealed", "panel_key")
    _drop("victim", "person_key")
    op.drop_table("victim_identity")


def _add(table: str, *columns: sa.Column[Any]) -> None:
    for column in columns:
        op.add_column(table, column)


def _drop(table: str, *columns: str) -> None:
    """Drop columns in place: making the table anew would delete, on SQLite, everything that hangs on its rows."""
    for column in columns:
        op.drop_column(table, column)


def _keys() -> KeyRing:
    """Return the keys; asked for only where something has to be sealed or opened."""
    asked = op.get_context().config.attributes.get("keys")  # type: ignore[union-attr]  # there always is one
    if asked is None:
        raise NotConfiguredError(
            "the database holds what must be sealed first: run `tracker init` with the configuration that has the keys"
        )
    found: KeyRing = asked()
    return found


def _seal(table: sa.TableClause, name: str, more: Callable[[KeyRing, str], Mapping[str, object]]) -> None:
    connection, place = op.get_bind(), f"{table.name}.{name}_sealed"
    rows = connection.execute(sa.select(table.c.id, table.c.external_id, table.c[name]).where(table.c[name].is_not(None))).all()
    if not rows:
        return
    keys = _keys()
    for key, external_id, text in rows:
        values = {f"{name}_sealed": keys.seal(place, external_id, text), **more(keys, text)}
        connection.execute(sa.update(table).where(table.c.id == key).values(values))


def _open(table: sa.TableClause, name: str) -> None:
    connection, column = op.get_bind(), table.c[f"{name}_sealed"]
    rows = connection.execute(sa.select(table.c.id, table.c.external_id, column).where(column.is_not(None))).all()
    if not rows:
        return
    keys = _keys()
    for key, external_id, sealed in rows:
        text = keys.open(f"{table.name}.{name}_sealed", external_id, sealed)
        connection.execute(sa.update(table).where(table.c.id == key).values({name: text}))


def _seal_victims() -> None:
    """Seal what identifies each victim under its new place, with the blind indexes that go with it."""
    connection = op.get_bind()
    before = (VICTIM.c.pseudonym_sealed, VICTIM.c.same_person, VICTIM.c.adult_from, VICTIM.c.interpreter_language)
    rows = connection.execute(
        sa.select(VICTIM.c.id, VICTIM.c.external_id, *before).where(sa.or_(*(column.is_not(None) for column in before)))
    ).all()
    if not rows:
        return
    keys = _keys()
    for key, name, pseudonym, same_person, adult_from, language in rows:
        clear = {
            "pseudonym": None if pseudonym is None else keys.open(PSEUDONYM_BEFORE, name, pseudonym),
            "same_person": same_person, "adult_from": adult_from and adult_from.isoformat(), "interpreter_language": language,
        }  # fmt: skip
        row = {f"{what}_sealed": text and keys.seal(f"victim_identity.{what}_sealed", name, text) for what, text in clear.items()}
        called = name_key(clear["pseudonym"] or "")
        row["pseudonym_index"] = keys.index("victim_identity.pseudonym_index", called) if called else None
        connection.execute(sa.insert(IDENTITY).values(victim_id=key, **row))
        if same_person is not None:
            shared = keys.index("victim.person_key", same_person).hex()
            connection.execute(sa.update(VICTIM).where(VICTIM.c.id == key).values(person_key=shared))


def _open_victims() -> None:
    """Put back what the older program keeps with the victim; names, phones, addresses and notes it does not know, and they are lost."""
    connection = op.get_bind()
    sealed = [IDENTITY.c[f"{name}_sealed"] for name in APART]
    rows = connection.execute(
        sa.select(VICTIM.c.id, VICTIM.c.external_id, *sealed).join_from(VICTIM, IDENTITY, IDENTITY.c.victim_id == VICTIM.c.id)
    ).all()
    if not rows:
        return
    keys = _keys()
    for key, name, *blobs in rows:
        opened = [
            None if blob is None else keys.open(f"victim_identity.{what}_sealed", name, blob)
            for what, blob in zip(APART, blobs, strict=True)
        ]  # fmt: skip
        pseudonym, same_person, adult_from, language = opened
        values = {
            "pseudonym_sealed": None if pseudonym is None else keys.seal(PSEUDONYM_BEFORE, name, pseudonym), "same_person": same_person,
            "adult_from": adult_from and sa.func.date(adult_from), "interpreter_language": language,
        }  # fmt: skip
        connection.execute(sa.update(VICTIM).where(VICTIM.c.id == key).values(values))
