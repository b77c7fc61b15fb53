"""Three languages: English, Serbian in Latin and in Cyrillic letters; a person chooses, and it is remembered."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, request, session
from flask_babel import Babel, get_locale

from tracker.domain.codes.people import Language
from tracker.resources import folder
from tracker.web.request_context import program_context, signed_in

LOCALES: Mapping[Language, str] = MappingProxyType({Language.EN: "en", Language.SR_LATN: "sr_Latn", Language.SR_CYRL: "sr_Cyrl"})
NAMES: Mapping[Language, str] = MappingProxyType({Language.EN: "English", Language.SR_LATN: "Srpski", Language.SR_CYRL: "Српски"})
CHOSEN = "language"
_LATIN_NEIGHBOURS = ("bs", "hr", "cnr", "sh")


def language() -> Language:
    """Return the language of this request: chosen in this session, else the person's own, else the browser's, else English."""
    offered = offered_languages()
    chosen = session.get(CHOSEN)
    if chosen in set(offered):
        return Language(chosen)
    account = signed_in()
    if account is not None and account.language in offered:
        return Language(account.language)
    wished = (_of_tag(tag) for tag in request.accept_languages.values())
    return next((found for found in wished if found in offered), Language.EN)


def offered_languages() -> dict[Language, str]:
    """Return the languages of the jurisdiction pack, by the names that they give themselves; English is always there."""
    spoken = {*program_context().pack.languages, Language.EN}
    return {language: name for language, name in NAMES.items() if language in spoken}


def _of_tag(tag: str) -> Language | None:
    parts = tag.lower().replace("_", "-").split("-")
    if parts[0] == "sr":
        return Language.SR_LATN if "latn" in parts else Language.SR_CYRL
    if parts[0] in _LATIN_NEIGHBOURS:
        return Language.SR_LATN
    return Language.EN if parts[0] == "en" else None


def _locale() -> str:
    return LOCALES[language()]


def _timezone() -> str:
    return program_context().pack.timezone


def install(app: Flask) -> None:
    """Translate pages, dates and numbers."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder("translations"))
    Babel(app, locale_selector=_locale, timezone_selector=_timezone)
    app.jinja_env.globals.update(
        page_language=lambda: str(get_locale() or "en").replace("_", "-"), offered_languages=offered_languages, chosen_language=language
    )
