"""Pages against a hello-world of the same application: time of a request, statements of a page.

One supervisor is put on every proceeding, which is the worst list there can be; one advocate on forty.
``python -m bench.pages [number of proceedings]...``
"""

import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from bench._caseload import NOW, TODAY, build
from tracker.domain.case_numbers import normalise
from tracker.domain.clock import FixedClock
from tracker.formats.pack_toml import load_pack
from tracker.privacy import one_time_codes
from tracker.privacy.keys import KeyRing, fresh_key
from tracker.privacy.places import CASE_NUMBER_INDEX, CASE_NUMBER_TEXT
from tracker.services import accounts, second_factor
from tracker.services.context import Context
from tracker.settings import KeySettings, Settings, WebSettings
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.tables.catalogue import METADATA
from tracker.web.access import public
from tracker.web.app import create_app

SIZES = (10_000, 100_000)
REPEATS = 15
OK = 200
OWN_CASES = 40
PART = 20_000
PASSWORD = secrets.token_hex(16)
SECRET = one_time_codes.fresh_secret()
PEOPLE = {"supervisor": "SUPERVISOR", "advocate": "ADVOCATE"}


def people(database: Database, keys: KeyRing, number: int) -> None:
    """Put the supervisor on every case and the advocate on forty; number and flag every case."""
    with database.writing() as db:
        connection = db.connection()
        rows = [{"external_id": login, "role": role, "sms_detail": "TIME"} for login, role in PEOPLE.items()]
        connection.execute(sa.insert(METADATA.tables["person"]), rows)
    for first in range(1, number + 1, PART):
        part = range(first, min(first + PART, number + 1))
        all_of_them = [{"proceeding_id": key, "person_id": 1, "assigned_as": "SUPERVISOR"} for key in part]
        some = [{"proceeding_id": key, "person_id": 2, "assigned_as": "ADVOCATE"} for key in part if key % (number // OWN_CASES) == 0]
        with database.writing() as db:
            db.connection().execute(sa.insert(METADATA.tables["assignment"]), all_of_them + some)
            db.connection().execute(sa.insert(METADATA.tables["case_number"]), [_number(keys, key) for key in part])
            db.connection().execute(sa.insert(METADATA.tables["flag"]), [_flag(key) for key in part])
    with database.writing() as db:
        db.connection().execute(sa.text("ANALYZE"))


def _number(keys: KeyRing, key: int) -> dict[str, object]:
    text, ref = f"K {key}/24", f"n{key}"
    index = keys.index(CASE_NUMBER_INDEX, normalise(text).normal)
    sealed = keys.seal(CASE_NUMBER_TEXT, ref, text)
    return {
        "ref": ref, "proceeding_id": key, "court_id": 1 + key % 25, "text_sealed": sealed, "number_index": index, "is_parsed": True,
    }  # fmt: skip


def _flag(key: int) -> dict[str, object]:
    subject = {"ref": f"f{key}", "proceeding_id": key, "rule": "first-instance-length", "subject_kind": "proceeding", "subject": f"P{key}"}
    facts = {"facts": {"indictment_filed_on": "2024-01-01", "over_days": 730}, "severity": 1 + key % 4}
    days = {"opened_on": TODAY, "since": TODAY, "last_changed_on": TODAY}
    return {**subject, **facts, **days, "rule_version": 1, "kind": "state", "fact": ""}


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """Gather the statements sent meanwhile."""
    asked: list[str] = []

    def note(*seen: object) -> None:
        if not str(seen[2]).startswith("BEGIN"):
            asked.append(str(seen[2]))

    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)


def visit(client: FlaskClient, path: str) -> tuple[float, float]:
    """Return the milliseconds of a page and of a hello between its visits: medians, since machines are noisy."""
    times: dict[str, list[float]] = {path: [], "/hello": []}
    for _ in range(REPEATS):
        for each, taken in times.items():
            start = perf_counter()
            answer = client.get(each)
            taken.append(1000 * (perf_counter() - start))
            if answer.status_code != OK:
                raise SystemExit(f"{each}: {answer.status_code}")
    return median(times[path]), median(times["/hello"])


def signed_in(app: Flask, login: str) -> FlaskClient:
    """Return a browser in which somebody has signed in."""
    client = app.test_client()
    client.post("/login", data={"email": login, "password": PASSWORD})
    ctx: Context = app.extensions["tracker"]
    code = second_factor.current_code(ctx, SECRET)
    if client.post("/second-factor", data={"code": code}).location != "/":
        raise SystemExit("the sign-in failed")
    return client


def application(ctx: Context) -> Flask:
    """Return the application with a page that says hello and forms without tokens."""
    app = create_app(ctx)
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/hello", "hello", public(lambda: "hello"))
    return app


def measure(ctx: Context, number: int) -> None:
    """Print one line for each page of each person."""
    app = application(ctx)
    deep = f"r{max(1, number // 10)}"
    pages = {
        "today": "/", "list": "/proceedings/?state=all", "list, deep": f"/proceedings/?state=all&after={deep}",
        "open cases": "/proceedings/", "in trial, flagged": "/proceedings/?phase=TRIAL&flagged=yes",
        "number": f"/proceedings/?q=K.br.+{number // OWN_CASES}/2024", "one case": f"/proceedings/r{number // OWN_CASES}",
    }  # fmt: skip
    for login in PEOPLE:
        client = signed_in(app, login)
        for name, path in pages.items():
            with counted(ctx.database.engine) as asked:
                client.get(path)
            took, hello = visit(client, path)
            share = f"{hello / took:6.2f} of hello ({hello:.1f} ms)"
            print(f"{number:>9,}  {login:<11}{name:<18}{took:8.1f} ms  {share}  {len(asked):>3} statements")


def main() -> None:
    """Build a caseload of each size and visit its pages."""
    settings = Settings(
        keys=KeySettings(ring={1: SecretStr(fresh_key())}, index=SecretStr(fresh_key())),
        web=WebSettings(secret_key=SecretStr(fresh_key()), password_salt=SecretStr(fresh_key())),
    )
    for number in [int(text) for text in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
            schema.upgrade(database)
            build(database, number)
            ctx = Context(FixedClock(NOW), database, settings.key_ring(), load_pack("RS"), settings)
            people(database, ctx.keys, number)
            for login in PEOPLE:
                accounts.create(ctx, login, login, PASSWORD)
                account = accounts.find(ctx, "login", login)
                if account is not None:
                    second_factor.install(ctx, account, SECRET)
            measure(ctx, number)
            database.close()


if __name__ == "__main__":
    main()
