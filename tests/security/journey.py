"""The journey: everything that the program does, once, with marked values."""

import json
from contextlib import ExitStack
from pathlib import Path

import sqlalchemy as sa

from tests.processes import configuration, finished, running, wait_for
from tests.security import commands, pages
from tests.security import office as offices
from tests.security.browser import Browser
from tests.security.marks import Marks
from tests.security.office import STAFF, Marked
from tracker.formats.backup.envelope import identities, opened
from tracker.privacy import places
from tracker.services.colleague_changes import choose_supervisor
from tracker.services.jobs import all_jobs
from tracker.settings import load_settings
from tracker.storage.tables.courts import Court

LISTS = (
    "audit verify", "audit head", "messages", "flags --all", "statistics", "statistics --scope public", "job --list", "backups list",
    "retention", "user list",
)  # fmt: skip
EXPORTS = {
    "caseload-export.json": ("caseload", "export"),
    "victim-export.json": ("person", "export", "v1"),
    "person-export.json": ("person", "export", "n1"),
}


def travel(office: Marked) -> None:
    """Go the whole way, up to the moment before anybody is erased."""
    with commands.at_debug_level(office):
        bring_in(office)
        with ExitStack() as stack:
            parts = {name: stack.enter_context(running(name, "--config", str(office.config))) for name in ("serve", "worker")}
            let_people_in(office)
            tell(office)
            people = look(office)
            links_are_opened(people["nobody"])
            wait_for(lambda: jobs_done(office) >= len(all_jobs()))
            for process in parts.values():
                process.terminate()
            look_after(office)
            for name, process in parts.items():
                code, *said = finished(process)
                assert code == 0, said
                office.note(f"log: {name}", *said)
        with office.ctx.database.writing() as db:
            db.connection().execute(sa.update(Court).values(seat=office.marks.text(f"{offices.CONTROL}#last")))


def bring_in(office: Marked) -> None:
    """Import what is broken, then what is sound, and the court's calendar twice."""
    document = offices.written(office.folder / "caseload.json", offices.caseload(office))
    for words, path in offices.broken_documents(office):
        if words == "check":
            commands.run(office, "check", config=str(path), code=1)
            continue
        court = ("--court", offices.COURT) if words.startswith("calendar") else ()
        for form in ((), ("--json",)):
            commands.run(office, *words.split(), str(path), *court, *form, code=1)
    commands.run(office, "caseload", "import", str(document), "--dry-run")
    commands.run_apart(office, "caseload", "import", str(document))
    commands.run(office, "caseload", "import", str(document), "--json")
    calendar = offices.calendar(office)
    commands.run(office, "calendar", "import", str(calendar), "--court", offices.COURT, "--replace")
    commands.run(office, "calendar", "import", str(calendar), "--court", offices.COURT, "--json")


def let_people_in(office: Marked) -> None:
    """Give everybody a sign-in, after some that will not do."""
    marks = office.marks
    commands.run(office, "user", "add", marks.text("typed.login#cli"), "--person", "n1", "--password-stdin", asked="x\n", code=1)
    commands.run(
        office, "user", "add", "ana-n1", "--person", marks.text("typed.reference"), "--password-stdin", asked="xyz-uvw-abc-17\n", code=1
    )
    asked = f"{marks.text('typed.name')}\n{marks.text('typed.phone#cli')}\n{marks.text('typed.password#cli')}\n"
    commands.run(office, "user", "add", "ana-x", "--role", "ADVOCATE", "--password-stdin", asked=asked, code=1)
    for person in STAFF:
        password = marks.text(f"account.password#ana-{person}")
        commands.run(office, "user", "add", f"ana-{person}", "--person", person, "--password-stdin", asked=f"{password}\n")
    commands.run(office, "user", "list", "--json")
    for person in ("n1", "n2"):
        choose_supervisor(office.ctx, person, "s1")


def tell(office: Marked) -> None:
    """Let rules and reminders run as of tomorrow noon, and send what is due, in a process of its own."""
    at = ("--as-of", office.day(1, 12).isoformat())
    for words in (("sweep",), ("job", "remind")):
        commands.run(office, *words, *at)
    commands.run(office, "job", "deliver", *at, "--json")
    commands.run(office, "job", "reconcile", *at)
    sent = office.provider.bodies()
    assert sent
    office.note("text message", *sent)
    office.note("request to the provider", *(str(each.form) for each in office.provider.taken.values()))
    for number, body in enumerate(each for each in sent if "/a/" in each):
        office.marks.know(f"made.link#{number}", body.rpartition("/a/")[2].split()[0])


def look(office: Marked) -> dict[str, Browser]:
    """Let everybody do their work on the pages."""
    nobody = Browser(office, "nobody")

    def answers() -> bool:
        try:
            return nobody.get("/healthz", "health").status == 200
        except OSError:
            return False

    wait_for(answers)
    people = pages.everybody(office)
    case = pages.advocate_works(people["n1"])
    pages.others_look(people, case)
    pages.goes_wrong(people["n1"], case)
    return people


def links_are_opened(passer_by: Browser) -> None:
    """Open and press the links of messages, without a sign-in; a second time they are over."""
    paths = [f"/a/{value}" for kind, value in passer_by.office.marks.exact.items() if kind.startswith("made.link#")]
    for path in paths:
        assert passer_by.get(path, "link of a message").status in {200, 404}
        passer_by.ask("HEAD", path, at="link of a message")
    assert passer_by.send(paths[-1], "link of a message").status == 200


def look_after(office: Marked) -> None:
    """Do what an operator does: holds, tokens, keys, audit, lists, figures, backups, and a restore elsewhere."""
    marks, run = office.marks, commands.run
    run(office, "hold", "place", "p1", asked=marks.text(places.LEGAL_HOLD_REASON) + "\n")
    run(office, "hold", "place", marks.text("typed.reference#case"), asked="why\n", code=1)
    run(office, "hold", "list", "--json")
    token = json.loads(run(office, "token", "issue", "n2", "--json"))["token"]
    marks.know("made.feed#cli", token)
    marks.know(
        "account.password#made",
        json.loads(
            run(
                office,
                "user",
                "add",
                "ana-w",
                "--role",
                "ADVOCATE",
                "--generate",
                "--json",
                asked=marks.text(f"{places.PERSON_NAME}#cli") + "\n\n",
            )
        )["password"],
    )
    for words in LISTS:
        for form in ((), ("--json",)):
            run(office, *words.split(), *form)
    for words in ("keys new", "keys use 2", "keys rotate", "keys list", "keys check", "keys retire 1"):
        run(office, *words.split(), "--json")
    marks.know("settings.keys.ring#2", load_settings(office.config).keys.ring[2].get_secret_value())
    copies(office)


def copies(office: Marked) -> None:
    """Take everything out in each way that there is, and put a backup in the place of an empty database."""
    folder, run = office.folder, commands.run
    for name, words in EXPORTS.items():
        run(office, *words, str(folder / name))
    run(office, "caseload", "export")
    run(office, "person", "export", "v1")
    run(office, "backup", str(folder / "copy.age"))
    elsewhere = folder / "restored"
    elsewhere.mkdir()
    url = f"sqlite:///{elsewhere / 'tracker.sqlite3'}"
    settings = load_settings(office.config)
    other = configuration(elsewhere / "config.toml", office.ctx, settings)
    other.write_text(other.read_text(encoding="utf-8").replace(json.dumps(settings.database.url), json.dumps(url)), encoding="utf-8")
    identity = ("--identity", str(folder / "backup-key.txt"))
    run(office, "restore", str(folder / "copy.age"), *identity, "--json", config=str(other))
    office.note("backup, opened", opened_backup(folder / "copy.age", office.marks))
    torn = folder / "torn.age"
    torn.write_bytes((folder / "copy.age").read_bytes()[:-40])
    run(office, "restore", str(torn), *identity, "--dry-run", config=str(other), code=1)


def opened_backup(path: Path, marks: Marks) -> bytes:
    """Return what a backup holds, opened and unpacked."""
    pieces: list[bytes] = []
    with path.open("rb") as file:
        opened(file, identities(f"AGE-SECRET-KEY-{marks['backup.identity']}".encode()), pieces.append)
    return b"".join(pieces)


def leave(office: Marked) -> None:
    """Erase a victim and a person of the office, and let retention act, as of the day when all is long over."""
    with commands.at_debug_level(office):
        commands.run(office, "hold", "release", "p1")
        for who in ("v1", "n2"):
            commands.run(office, "person", "erase", who, "--dry-run", "--json")
            commands.run(office, "person", "erase", who, "--yes")
        commands.run(office, "job", "retain")
        commands.run(office, "retention", "--act", "--as-of", office.day(366 * 60).isoformat(), "--json")
        commands.run(office, "audit", "verify")


def jobs_done(office: Marked) -> int:
    """Return how many jobs the worker has finished."""
    with office.ctx.database.reading() as db:
        return int(db.connection().execute(sa.text("SELECT count(DISTINCT job) FROM job_run WHERE finished_at IS NOT NULL")).scalar_one())
