"""Which marked values may stand where, and why; everything else that is found anywhere is a leak."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tests.security.office import CONTROL
from tracker.privacy import places

OF_THE_CASE = frozenset({places.CASE_NUMBER_TEXT, places.VICTIM_PSEUDONYM})
IDENTITY = frozenset({places.VICTIM_NAME, places.VICTIM_PHONE, places.VICTIM_ADDRESS, places.VICTIM_NOTE})
FACTS = OF_THE_CASE | {
    places.HEARING_PANEL, places.PROCEEDING_REQUALIFIED_TO, places.VICTIM_ADULT_FROM, places.VICTIM_LANGUAGE, places.VICTIM_SAME_PERSON,
}  # fmt: skip
PERSON = frozenset({places.PERSON_NAME, places.PERSON_PHONE, places.PERSON_EMAIL})


@dataclass(frozen=True, slots=True)
class Allowed:
    """Kinds that may stand at the places whose names a pattern fits whole; each of them was really found there."""

    place: str
    kinds: frozenset[str]
    why: str


def _may(place: str, kinds: Collection[str], why: str) -> Allowed:
    return Allowed(place, frozenset(kinds), why)


TABLE = (
    _may(r"page: (case|closing a flag|looking around) \(ana-(n1|n2|s1)\)", OF_THE_CASE | {places.FLAG_CLOSE_NOTE}, "they see the case"),
    _may(r"page: a hearing \(ana-n1\)", OF_THE_CASE, "whose hearing it is, and whom it is about"),
    _may(r"page: (my account|looking around) \(ana-n1\)", {places.PASSKEY_NAME}, "she gave it that name"),
    _may(r"page: finder \(ana-n1\)", {places.CASE_NUMBER_TEXT, places.VICTIM_NAME}, "what was found, and the field as it was typed"),
    _may(r"page: identity: .* \(ana-n1\)", {places.VICTIM_PSEUDONYM}, "whose page it is"),
    _may(r"page: identity: shown \(ana-n1\)", IDENTITY, "asked for, and written down"),
    _may(r"page: identity: too long \(ana-n1\)", {"typed.identity"}, "the form as it was typed, to be mended"),
    _may(r"page: (who looked|looking around) \(ana-s1\)", {places.OPENED_CASE_REASON}, "the reason is for the supervisor"),
    _may(r"page: opening a case: wrong \(ana-n2\)", {"typed.case", places.AUDIT_REASON}, "the form as it was typed"),
    _may(r"page: people: a name \(ana-d1\)", {places.PERSON_NAME}, "asked for, and written down"),
    _may(r"page: people: wrong \(ana-d1\)", {"typed.phone", "typed.email"}, "the form as it was typed"),
    _may(r"page: (a wrong sign-in|one-use link) \(nobody\)", {"typed.login"}, "the name as it was typed; never a password"),
    _may(r"page: setting up the second factor \(.*\)", {places.ACCOUNT_TOTP}, "shown to be copied"),
    _may(r"page: (setting up the second factor|looking around) \(ana-n1\)", {places.FORM_TOTP}, "shown to be copied"),
    _may(r"page: recovery codes \(.*\)", {places.ACCOUNT_RECOVERY, "made.session"}, "shown this once; the cookie"),
    _may(r"page: a new calendar address \(ana-n1\)", {"made.feed"}, "shown this once"),
    _may(r"page: a new one-use link \(ana-d1\)", {"made.join"}, "shown this once"),
    _may(r"page: one-use link \(nobody\)", {"made.join"}, "the form leads back to its own address"),
    _may(r"page: link of a message \(nobody\)", {"made.link"}, "the form leads back to its own address"),
    _may(r"page: looking around \(ana-n1\)", {"made.link"}, "her own messages"),
    _may(r"page: 404 \(ana-n1\)", {"typed.page"}, "the choice of language leads back to the address that was asked for"),
    _may("text message|printed: messages", {"made.link"}, "what the message is for"),
    _may("request to the provider", {"made.link", places.PERSON_PHONE}, "the message and its recipient, nothing else"),
    _may("printed: caseload export|files: caseload-export.json", FACTS | PERSON | {CONTROL}, "the whole caseload, as the contract says"),
    _may("printed: person export|files: victim-export.json", FACTS | IDENTITY, "all that is hers, for herself"),
    _may("files: person-export.json", PERSON | {"made.link"}, "all about the advocate, for her"),
    _may("printed: hold list", {places.LEGAL_HOLD_REASON}, "why a case is held is what the list is for"),
    _may("printed: token issue", {"made.feed"}, "told this once"),
    _may("printed: user add", {"account.password"}, "made by the program, told this once"),
    _may("diagnostics: hold place", {places.LEGAL_HOLD_REASON}, "the terminal's own echo of what is typed"),
    _may("diagnostics: user add", {places.PERSON_NAME, "typed.name", "typed.phone"}, "the terminal's own echo of what is typed"),
    _may("server: log", {"typed.page", "typed.reference"}, "made to log every statement, it logs the references that are looked for"),
    _may("log: libraries .*|backup, opened|(files|server): (.* )?(database|log)", {CONTROL}, "no secret: the search searches"),
)  # fmt: skip


def unexpected(found: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return what was found where it must not be."""
    left = {place: kinds.difference(*(each.kinds for each in TABLE if re.fullmatch(each.place, place))) for place, kinds in found.items()}
    return {place: kinds for place, kinds in left.items() if kinds}


def unused(found: Mapping[str, set[str]], *, is_sqlite: bool) -> list[str]:
    """Return what is allowed and was never found: an exception that is not needed, or a search that does not search."""
    return [
        f"{each.place}: {kind}"
        for each in TABLE
        if not (is_sqlite and each.place.startswith("server"))
        for kind in sorted(each.kinds)
        if not any(kind in kinds and re.fullmatch(each.place, place) for place, kinds in found.items())
    ]
