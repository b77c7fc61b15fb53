"""An office in which every secret is marked: configuration, caseload, a court's calendar, people who sign in."""

import csv
import json
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import SecretStr

from tests.calendars import HEADER
from tests.canaries import fresh_phone
from tests.processes import configuration
from tests.security.marks import Marks
from tests.simulators.twilio import ACCOUNT, Provider
from tracker.bootstrap import SystemClock
from tracker.formats.backup.envelope import fresh_identity
from tracker.formats.pack_toml import load_pack
from tracker.privacy import places
from tracker.privacy.keys import fresh_key
from tracker.services.context import SYSTEM, Context
from tracker.settings import AlertSettings, BackupSettings, DatabaseSettings, KeySettings, Settings, TwilioSettings, WebSettings
from tracker.storage.engine import Database

BELGRADE = ZoneInfo("Europe/Belgrade")
COURT = "Viši sud u Beogradu"
CONTROL = "control"
"""The seat of the court, which is no secret: whoever searches well finds it in every place where data lies."""
STAFF = {"n1": "ADVOCATE", "n2": "LAWYER", "s1": "SUPERVISOR", "t1": "STEWARD", "d1": "ADMIN"}
"""``n1`` works on the case, ``n2`` does not, ``s1`` answers for both."""


@dataclass(slots=True)
class Marked:
    """The office, and the heap of everything that leaves it, by place."""

    folder: Path
    ctx: Context
    provider: Provider
    begun: datetime
    marks: Marks = field(default_factory=Marks)
    heap: dict[str, list[bytes]] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        """Return the configuration file."""
        return self.folder / "config.toml"

    def note(self, place: str, *pieces: str | bytes) -> None:
        """Keep what was said at a place."""
        self.heap.setdefault(place, []).extend(each if isinstance(each, bytes) else each.encode(errors="replace") for each in pieces)

    def day(self, days: int, hour: int = 10) -> datetime:
        """Return an instant so many days from the beginning, by Belgrade's clocks."""
        return (self.begun.astimezone(BELGRADE) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def opened(folder: Path, url: str, provider: Provider) -> Marked:
    """Return a new office over a migrated, empty database whose every setting that is secret is marked."""
    marks = Marks()
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(password=marks.text("settings.database.url"))
    secret, recipient = fresh_identity()
    marks.know("backup.identity", secret.removeprefix("AGE-SECRET-KEY-"))
    key = folder / "backup-key.txt"
    key.touch(0o600)
    key.write_text(f"{secret}\n", encoding="ascii")
    settings = Settings(
        database=DatabaseSettings(url=address.render_as_string(hide_password=False)),
        keys=KeySettings(
            ring={1: SecretStr(marks.know("settings.keys.ring", fresh_key()))},
            index=SecretStr(marks.know("settings.keys.index", fresh_key()))
        ),
        web=WebSettings(
            port=_free_port(), workers=1,
            secret_key=SecretStr(marks.text("settings.web.secret_key")), password_salt=SecretStr(marks.text("settings.web.password_salt")),
        ),
        alerts=AlertSettings(channel="twilio"),
        twilio=TwilioSettings(
            account_sid=ACCOUNT, auth_token=SecretStr(marks.text("settings.twilio.auth_token", "zucko{}")), sender="Info",
            base_url=provider.url,
        ),
        backups=BackupSettings(folder=str(folder / "backups"), recipients=[recipient]),
    )  # fmt: skip
    (folder / "backups").mkdir(mode=0o700)
    database = Database(settings.database.url)
    ctx = Context(
        clock=SystemClock(), database=database, keys=settings.key_ring(), pack=load_pack("RS"), settings=settings, actor=SYSTEM
    )  # fmt: skip
    office = Marked(folder, ctx, provider, ctx.now(), marks)
    configuration(office.config, ctx)
    return office


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def caseload(office: Marked) -> dict[str, Any]:
    """Return a document that marks all it can: three hearings behind that raise flags, two ahead that raise messages."""
    marks = office.marks
    held = [
        {"id": f"h{number}", "starts_at": office.day(-30 * number).isoformat(), "outcome": "HELD", "summoned": ["v1"]}
        for number in (1, 2, 3)
    ]
    open_ones = [{"id": "h7", "starts_at": office.day(-1).isoformat()}] + [
        {"id": f"h{8 + number}", "starts_at": office.day(number).isoformat(), "room": "7", "summoned": ["v1"]} for number in (2, 3)
    ]
    met = {"attended": "TESTIFIED", "accused_present": "IN_ROOM", "visual_contact": "DIRECT"}
    held[0]["panel"], open_ones[0]["panel"] = (marks.text(f"{places.HEARING_PANEL}{each}") for each in ("", "#written-down"))
    return {
        "format": "court-caseload/1",
        "jurisdiction": "RS",
        "courts": [{"id": "c1", "name": COURT, "level": "HIGHER", "seat": marks.text(CONTROL)}],
        "people": [_person(marks, name, role) for name, role in STAFF.items()],
        "proceedings": [
            {
                "id": "p1", "court": "c1", "lead_offence": "THB_ADULT", "requalified_to": marks.text(places.PROCEEDING_REQUALIFIED_TO),
                "case_numbers": [{"court": "c1", "text": marks.text(places.CASE_NUMBER_TEXT, "Kž {}/26"), "reason": "FILED"}],
                "accused": [{"label": "A1"}],
                "stage_events": [
                    {"kind": "INDICTMENT_FILED", "on": "2024-03-01"}, {"kind": "MAIN_HEARING_OPENED", "on": "2024-06-03"},
                ],
                "victims": [
                    {
                        "id": "v1", "pseudonym": marks.text(places.VICTIM_PSEUDONYM), "same_person": marks.text(places.VICTIM_SAME_PERSON),
                        "interpreter_language": marks.text(places.VICTIM_LANGUAGE),
                        "adult_from": marks.know(places.VICTIM_ADULT_FROM, "2049-08-17"),
                    },
                    {"id": "v2", "pseudonym": marks.text(f"{places.VICTIM_PSEUDONYM}#2")},
                ],
                "assignments": [{"person": "n1", "as": "ADVOCATE", "from": "2024-03-01"}],
                "hearings": [*held, *open_ones],
                "appearances": [{"hearing": each["id"], "victim": "v1", **met} for each in held],
            },
        ],
    }  # fmt: skip


def _person(marks: Marks, name: str, role: str) -> dict[str, str]:
    said = {"id": name, "role": role, "language": "en", "sms_detail": "PLACE", "name": marks.text(f"{places.PERSON_NAME}#{name}")}
    said["phone"] = marks.know(f"{places.PERSON_PHONE}#{name}", fresh_phone())
    return said | {"email": marks.text(f"{places.PERSON_EMAIL}#{name}", "zucko{}@primer.example")}


def written(path: Path, document: object) -> Path:
    """Write a document as people hand it in."""
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def calendar(office: Marked) -> Path:
    """Write the court's calendar: one hearing with its panel, one moved, an outcome in words, and a case that nobody knows."""
    marks, number = office.marks, office.marks[places.CASE_NUMBER_TEXT]
    path = office.folder / "calendar.csv"
    rows = [
        (number, office.day(2), {"room": "7", "panel": marks.text(f"{places.HEARING_PANEL}#csv")}),
        (number, office.day(5), {"room": "9"}),
        (number, office.day(-1), {"result": marks.text(places.HEARING_OUTCOME_TEXT)}),
        (marks.text(f"{places.CASE_NUMBER_TEXT}#watched", "K {}/26"), office.day(4), {"subject": marks.text("typed.subject")}),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        for text, at, cells in rows:
            told = {"court": COURT, "case_number": text, "date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "session_type": "jawne"}
            writer.writerow(told | cells)
    return path


def broken_documents(office: Marked) -> list[tuple[str, Path]]:
    """Write documents with marked values in places where they are wrong, with the command that reads each."""
    typed = [office.marks.text(f"typed.document#{number}") for number in range(10)]
    whole = caseload_like(typed)
    calendar_like = office.folder / "broken.csv"
    lines = [",".join(HEADER), f"{COURT},{typed[7]},{typed[8]},{typed[9]},,jawne,,,", f"{typed[7]},,,,,,,,"]
    calendar_like.write_text("\n".join(lines), encoding="utf-8")
    torn = office.folder / "torn.json"
    torn.write_text(json.dumps(whole, ensure_ascii=False)[:-9], encoding="utf-8")
    settings = office.folder / "broken.toml"
    settings.touch(0o600)
    lines = ["[web]", f'port = "{typed[0]}"', "secret_key = 7", f'"{typed[1]}" = "x"', "[keys.ring]", f'"{fresh_key()}{typed[2]}" = "1"']
    settings.write_text("\n".join([*lines, "[twilio]", 'auth_token = [""]', ""]), encoding="utf-8")
    return [
        ("caseload import", written(office.folder / "broken.json", whole)),
        ("caseload import", torn),
        ("calendar import", calendar_like),
        ("check", settings),
    ]


def caseload_like(typed: list[str]) -> dict[str, Any]:
    """Return a document with a text in the place of everything that is no text."""
    victim = {"id": "v1", "pseudonym": 7, "adult_from": typed[0], "gender": typed[1], typed[2]: 1, "consent_statistics": typed[3]}
    case = {"id": "p1", "court": typed[4], "lead_offence": typed[5], "victims": [victim, victim], "accused": [{"label": typed[6]}]}
    person = {"id": "n1", "name": 7, "role": typed[0], "phone": typed[1], "email": [typed[2]], "quiet_from": typed[3]}
    return {"format": typed[6], "jurisdiction": typed[5], "courts": [{"id": "c1", "name": 7}], "people": [person], "proceedings": [case]}
