"""Every text of the pages is there in three scripts, and none of the catalogues is out of date."""

import gettext
import re

import pytest
from babel.messages.catalog import Catalog

from tracker.translations import catalogues

PLACEHOLDER = re.compile(r"%(?:\([a-z_]+\)[ds]|%)")
REPAIR = "run `make translations`, then write what is missing in sr_Cyrl"


def texts(catalogue: Catalog) -> dict[str, list[str]]:
    """Return the translations of each text, by its English; plurals have several."""
    return {str(message.id): list(catalogues._forms(message)) for message in catalogues._messages(catalogue)}


@pytest.fixture(scope="module")
def cyrillic() -> Catalog:
    """The catalogue that people write."""
    return catalogues.read(catalogues.CYRILLIC)


def test_every_text_of_the_program_is_translated(cyrillic: Catalog) -> None:
    """Nothing is missing, and nothing is kept that the program no longer says."""
    assert catalogues.missing(catalogues.authored()) == [], REPAIR
    assert set(texts(cyrillic)) == set(texts(catalogues.collected())), REPAIR


def test_latin_is_derived(cyrillic: Catalog) -> None:
    """Nobody edits it by hand."""
    assert texts(catalogues.read(catalogues.LATIN)) == texts(catalogues.derived(cyrillic)), REPAIR


@pytest.mark.parametrize("locale", [catalogues.CYRILLIC, catalogues.LATIN])
def test_what_the_program_reads_is_what_people_wrote(locale: str) -> None:
    """The compiled file agrees with the written one, so a checkout needs no compiling."""
    written = catalogues.read(locale)

    assert catalogues.place(locale).read_bytes() == catalogues.as_po(written), REPAIR
    assert catalogues.place(locale, "mo").read_bytes() == catalogues.as_mo(written), REPAIR


def test_placeholders_survive_translation(cyrillic: Catalog) -> None:
    """A translation fills the same places as the English text: no more, no fewer."""
    wrong = [
        message.id for message in catalogues._messages(cyrillic)
        for form in catalogues._forms(message)
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
    ]  # fmt: skip

    assert wrong == []


def test_serbian_is_written_in_cyrillic(cyrillic: Catalog) -> None:
    """A letter of the other script looks the same and is not: it would stay behind in the Latin text."""
    mixed = re.compile(r"[A-Za-z][а-шђјљњћџА-ШЂЈЉЊЋЏ]|[а-шђјљњћџА-ШЂЈЉЊЋЏ][A-Za-z]")
    found = [form for message in catalogues._messages(cyrillic) for form in catalogues._forms(message)]

    assert [form for form in found if mixed.search(PLACEHOLDER.sub(" ", form))] == []


def test_three_plural_forms() -> None:
    """Serbian counts one, few and many: 1 and 21 alike, 2 and 34 alike, 11 to 14 among the many."""
    with catalogues.place(catalogues.CYRILLIC, "mo").open("rb") as file:
        found = gettext.GNUTranslations(file)
    days = ["%(num)d дан", "%(num)d дана", "%(num)d дана"]
    years = ["%(num)d година", "%(num)d године", "%(num)d година"]

    assert [found.ngettext("%(num)d day", "%(num)d days", number) for number in (1, 21, 11)] == [days[0], days[0], days[2]]
    assert [years.index(found.ngettext("%(num)d year", "%(num)d years", number)) for number in (1, 21, 2, 34)] == [0, 0, 1, 1]
