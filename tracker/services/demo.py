"""Fill an empty database with the invented caseload and sign-ins for its people."""

import json
from dataclasses import dataclass

from tracker.demo.caseload import demo
from tracker.demo.people import PEOPLE, SIGN_INS, SUPERVISED
from tracker.domain.errors import ConflictError
from tracker.formats.court_holidays import court_days
from tracker.privacy.one_time_codes import fresh_secret
from tracker.services import accounts, second_factor
from tracker.services.caseload_import import Imported, import_caseload
from tracker.services.context import Context
from tracker.storage.queries import caseload as queries
from tracker.storage.queries.teams import put_under
from tracker.storage.tables.catalogue import METADATA

DEMO_PASSWORD = "primer-lozinka"  # nosec B105 # noqa: S105 - opens invented cases only, and is printed on the first page of the README
"""Password of every invented sign-in."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, and who can sign in: sign-in name, password, role."""

    imported: Imported
    sign_ins: tuple[tuple[str, str, str], ...]


def sign_ins() -> tuple[tuple[str, str, str], ...]:
    """Return sign-in name, password and role of each invented person who can sign in."""
    roles = {person["id"]: person["role"] for person in PEOPLE}
    return tuple((login, DEMO_PASSWORD, roles[person]) for login, person in SIGN_INS)


def is_empty(ctx: Context) -> bool:
    """Tell whether the record holds neither proceedings nor people."""
    with ctx.database.reading() as db:
        return all(queries.is_empty(db, METADATA.tables[name]) for name in ("proceeding", "person"))


def load_demo(ctx: Context) -> Loaded:
    """Load the invented caseload, placed around today, with a sign-in for each of its people.

    Raises:
        ConflictError: the database holds something already; nothing was changed.
    """
    if not is_empty(ctx):
        raise ConflictError("the demo caseload is loaded into an empty database only; this one holds cases or people already")
    pack = ctx.pack
    document = demo(ctx.office_today(), pack, court_days(pack.holidays))
    imported = import_caseload(ctx, json.dumps(document).encode())
    with ctx.database.writing() as db:
        put_under(db, *SUPERVISED)
    for login, person in SIGN_INS:
        key = accounts.create(ctx, person, login, DEMO_PASSWORD)
        made = accounts.find(ctx, "id", key)
        if made is not None:
            second_factor.install(ctx, made, fresh_secret(), is_demo=True)
    return Loaded(imported, sign_ins())
