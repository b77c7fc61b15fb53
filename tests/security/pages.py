"""What people do on the pages: sign in, look, find, reveal, keep, close, open, withdraw, invite; and everything that goes wrong there."""

import re

import sqlalchemy as sa

from tests.authenticator import Authenticator
from tests.security.browser import Answer, Browser
from tests.security.office import Marked
from tests.services.test_passkeys import at
from tests.web.visitor import accounts_row
from tracker.privacy import places
from tracker.services import passkeys
from tracker.storage.engine import Database

CASE = re.compile(r'href="(/proceedings/[\w-]+)["?#]')
IDENTITY = re.compile(r'href="(/proceedings/[^"]+/identity)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
FLAG = re.compile(r'action="(/proceedings/[^"]+/flags/[^"]+/(?:close|dismiss))"')
FEED = re.compile(r"(/feeds/([\w-]+)\.ics)")
JOIN = re.compile(r"(/join/([\w-]+))")
CONSENT = re.compile(r'href="(/consents/[\w-]+)"')
PERSON = re.compile(r'href="(/people/[\w-]{12,})"')
DEBRIEF = re.compile(r'href="(/proceedings/[^"]+/debrief)"')
ATTENDED = re.compile(r'name="([\w-]{22})\.attended"')
MARKED = re.compile(r'name="((?:[\w-]{22}\.)?seen)" value="([^"]*)"')
TYPED = "typed.page"
IDENTITIES = {"name": places.VICTIM_NAME, "address": places.VICTIM_ADDRESS, "note": places.VICTIM_NOTE}


def link(pattern: re.Pattern[str], answer: Answer) -> str:
    """Return the first link of a kind that a page holds."""
    found = pattern.search(answer.text)
    assert found, (answer.status, answer.goes_to, pattern.pattern)
    return found[1]


def everybody(office: Marked) -> dict[str, Browser]:
    """Let everybody sign in, after somebody who does not get in."""
    office.marks.text("typed.code")
    stranger = Browser(office, "nobody")
    for wrong in (office.marks.text("typed.login"), "ana-n1"):
        answer = stranger.send("/login", "a wrong sign-in", email=wrong, password=office.marks.text(f"typed.password#{wrong[-2:]}"))
        assert answer.status != 302
    found = {"nobody": stranger}
    for kind in [kind for kind in office.marks.texts if kind.startswith("account.password#")]:
        login = kind.partition("#")[2]
        found[login.removeprefix("ana-")] = Browser(office, login)
        found[login.removeprefix("ana-")].sign_in(office.marks[kind])
    return found


def advocate_works(advocate: Browser) -> str:
    """Find the case, write down who she is, look, close and dismiss flags, make a calendar; returns the address of the case."""
    office, marks = advocate.office, advocate.office.marks
    number = marks[places.CASE_NUMBER_TEXT]
    case = link(CASE, advocate.send("/proceedings/", "finder", q=number))
    page = advocate.get(case, "case")
    her = link(IDENTITY, page)
    entered = {name: marks.text(place) for name, place in IDENTITIES.items()} | {"phone": marks.text(places.VICTIM_PHONE, "+{}")}
    too_long = {name: marks.text(f"typed.identity#{name}") * 60 for name in IDENTITIES}
    assert advocate.send(her, "identity: too long", seen=link(SEEN, advocate.get(her, "identity: empty")), **too_long).status == 422
    kept = advocate.send(her, "identity: kept", seen=link(SEEN, advocate.get(her, "identity: empty")), **entered)
    assert kept.status == 303
    advocate.get(her, "identity: masked")
    assert marks[places.VICTIM_NAME] in advocate.send(her, "identity: shown", do="show").text
    assert advocate.send("/proceedings/", "finder", q=marks[places.VICTIM_NAME]).status == 200
    for position, act in enumerate(dict.fromkeys(FLAG.findall(page.text))):
        reason = marks.text(f"{places.FLAG_CLOSE_NOTE}#{position}")
        assert advocate.send(act, "closing a flag", form_at=case, reason=reason).status in {303, 409}
    _writes_down(advocate, case)
    _adds_a_passkey(advocate)
    _begins_another_factor(advocate)
    made = FEED.search(advocate.send("/feed", "a new calendar address").text)
    assert made
    marks.know("made.feed", made[2])
    tag = advocate.get(made[1], "calendar")
    assert office.ctx.now()
    assert advocate.ask("HEAD", made[1], at="calendar").status == 200
    assert advocate.get(made[1], "calendar", If_None_Match=tag.headers["ETag"]).status == 304
    return case


def _writes_down(advocate: Browser, case: str) -> None:
    """Write down the first hearing of the past, correct it, and mistype in between."""
    form = link(DEBRIEF, advocate.get(case, "case"))
    her = link(ATTENDED, advocate.get(form, "a hearing"))
    mistyped = {f"{her}.attended": "TESTIFIED", f"{her}.minutes_waiting": advocate.office.marks.text("typed.minutes")}
    for outcome, given, status in (("HELD_PARTLY", {}, 303), ("HELD", mistyped, 422), ("HELD", {f"{her}.attended": "TESTIFIED"}, 303)):
        seen = dict(MARKED.findall(advocate.get(form, "a hearing").text))
        assert advocate.send(form, "a hearing", do="finish", outcome=outcome, **seen, **given).status == status


def _begins_another_factor(advocate: Browser) -> None:
    """Ask for a new secret, and leave it."""
    again = advocate.get("/account/second-factor", "setting up the second factor")
    waiting = re.search(r"<code>([A-Z2-7 ]{39})</code>", advocate.get(again.goes_to, "setting up the second factor").text)
    assert waiting
    advocate.office.marks.know(f"{places.FORM_TOTP}#spaced", waiting[1])
    advocate.office.marks.know(places.FORM_TOTP, waiting[1].replace(" ", ""))


def _adds_a_passkey(advocate: Browser) -> None:
    """Give a passkey a marked name, as over an address under which browsers know passkeys, and look at it."""
    ctx, device = at(advocate.office.ctx), Authenticator()
    account = accounts_row(ctx, advocate.who)
    question = passkeys.offer(ctx, account, "session")
    name = advocate.office.marks.text(places.PASSKEY_NAME)
    passkeys.add(ctx, account, "session", question.challenge, device.make(question.options), name)
    assert name in advocate.get("/account", "my account").text


def others_look(people: dict[str, Browser], case: str) -> None:
    """A colleague opens the case with a reason, the supervisor sees who looked, the steward mistypes, an administrator invites."""
    office, marks = people["n1"].office, people["n1"].office.marks
    reason = marks.text(places.OPENED_CASE_REASON)
    absent = people["n2"].send(
        "/open-case", "opening a case: wrong", case=marks.text("typed.case"), reason=marks.text(f"{places.AUDIT_REASON}#1")
    )
    assert absent.status == 404
    assert people["n2"].send("/open-case", "opening a case", case=marks[places.CASE_NUMBER_TEXT], reason=reason).status == 303
    people["n2"].get(case, "case")
    assert reason in people["s1"].get(f"{case}/who-looked", "who looked").text
    consent = link(CONSENT, people["t1"].get("/consents", "consents"))
    wrong = people["t1"].send(f"{consent}/give", "consents", form_at=consent, given_on=marks.text("typed.consent"), expires_on="x")
    assert wrong.status == 422
    person = _somebody_new(people["d1"])
    made = JOIN.search(people["d1"].send(f"{person}/invite", "a new one-use link", form_at=person).text)
    assert made
    marks.know("made.join", made[2])
    stranger = Browser(office, "nobody")
    password = {"password": marks.text("account.password#new"), "again": marks["account.password#new"]}
    assert stranger.send(made[1], "one-use link", login=marks.text("typed.login#new"), **password).status == 422
    assert stranger.send(made[1], "one-use link", login="ana-new", **password).status == 200
    assert stranger.get(made[1], "one-use link").status == 404
    for who, browser in people.items():
        browser.look_around("/" if who != "nobody" else "/login", "/account", "/messages", "/figures")


def _somebody_new(admin: Browser) -> str:
    """Take somebody on, after an entry that will not do, and look at the name once; returns the page of the person."""
    marks = admin.office.marks
    wrong = {"role": marks.text("typed.role"), "name": "x" * 600, "phone": marks.text("typed.phone"), "email": marks.text("typed.email")}
    assert admin.send("/people/new", "people: wrong", **wrong).status == 422
    identity = {"name": marks.text(f"{places.PERSON_NAME}#new"), "phone": "", "email": ""}
    done = admin.send("/people/new", "people: taken on", role="ADVOCATE", **identity)
    assert done.status == 303, done.text
    assert marks[f"{places.PERSON_NAME}#new"] in admin.send(f"{done.goes_to}/name", "people: a name", form_at=done.goes_to).text
    return done.goes_to


def goes_wrong(somebody: Browser, case: str) -> None:
    """Ask for what is not there, in wrong ways, too large, without a token; and let the database fail under a form."""
    marks = somebody.office.marks
    word = "".join(letter for letter in marks.text(TYPED) if letter.isascii() and letter.isalnum())
    form = "application/x-www-form-urlencoded"
    assert somebody.get(f"/{word}?q={word}", "404").status == 404
    assert somebody.get(f"/proceedings/{word}", "404").status == 404
    assert somebody.get(f"/a/{word}", "404").status == 404
    assert somebody.get(f"/feeds/{word}.ics", "404").status == 404
    assert somebody.get(f"/join/{word}", "404").status == 404
    assert somebody.ask(word.upper(), "/", at="bad method").status in {400, 405, 501}
    assert somebody.ask("PUT", f"/language?q={word}", at="405").status == 405
    assert somebody.ask("POST", "/proceedings/", f"q={word}".encode(), "no token", Content_Type=form).status == 400
    assert somebody.ask("POST", "/login", b"", "413", Content_Type=form, Content_Length="99999999", X_Sent=word).status == 413
    assert somebody.ask("GET", "/", at="another host", Host=f"{word}.example").status == 400
    with_broken_table(somebody, case)


def with_broken_table(somebody: Browser, case: str) -> None:
    """Take a table away while somebody sends a form: the error of the database holds the statement and its values."""
    office, marks = somebody.office, somebody.office.marks
    her = link(IDENTITY, somebody.get(case, "case"))
    shown = somebody.send(her, "identity: shown", do="show")
    form_at = "/feed"
    _rename(office.ctx.database, "victim_identity", "victim_identity_gone")
    try:
        sent = {name: marks.text(f"typed.broken#{name}") for name in IDENTITIES}
        answer = somebody.send(her, "500", form_at=form_at, seen=link(SEEN, shown), **sent)
        found = somebody.send("/proceedings/", "500", form_at=form_at, q=marks.text("typed.broken#q"))
    finally:
        _rename(office.ctx.database, "victim_identity_gone", "victim_identity")
    assert (answer.status, found.status) == (500, 500)


def _rename(database: Database, old: str, new: str) -> None:
    with database.writing() as db:
        db.connection().execute(sa.text(f"ALTER TABLE {old} RENAME TO {new}"))
