"""What differs from country to country is data of a pack: no fact of one country stands in the code or on a page."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACTS = re.compile(
    r"Europe/(?:Belgrade|Warsaw)|\+(?:381|48)\b|['\"](?:RS|PL)['\"]|\b(?:RS|PL)-[A-Z]|"
    r"\bZKP\b|\bZSRR\b|\bBeograd|\bNiš\b|\bKraków\b|"
    r"(?i:apelacion|vi[sš][ei]?g?\w* sud|vrhovn\w* (?:kasacion|sud)|апелацион|виш\w+ суд|wojew[oó]dzki|naczelny s[aą]d)|"
    r"\b(?:K[zž]?[0-9]?|K-?Po1|Kv|SAB?/[A-Z][a-z])\.? ?(?:br\.? ?)?[0-9]+/[0-9]{2}"
)
"""Time zones, dialling codes, codes of countries, laws, courts and their seats, case numbers."""
DATA = ("tracker/packs/", "tracker/translations/", "tracker/demo/", "tracker/layouts/")
"""Packs; translations; the invented office, which says that it is in one country; layouts, each of one court's file."""
REASONED = {
    "tracker/domain/case_numbers.py": "one reader for all countries: its normal form is in blind indexes and must never differ",
    "tracker/domain/folding.py": "one folding for all alphabets; a name in two of them is its example",
    "tracker/contracts/caseload.schema.json": "the exchange format, version 1, is fixed; the office's zone goes before its default",
    "tracker/settings.py": "the country of an office that names none, as config.example.toml says",
    "config.example.toml": "an example, to be changed",
    "tracker/web/people_words.py": "an example of a number, in a text that is translated whole",
}
FILES = sorted(
    path
    for pattern in ("tracker/**/*", "templates/**/*", "jobs/*.py", "config.example.toml")
    for path in ROOT.glob(pattern)
    if path.suffix in {".py", ".html", ".txt", ".toml", ".json", ".js", ".css"} and not path.relative_to(ROOT).as_posix().startswith(DATA)
)


def test_no_fact_of_one_country_stands_outside_its_pack() -> None:
    """Whoever adds one moves it into the pack, or says here why it has to stand."""
    found = {path.relative_to(ROOT).as_posix() for path in FILES if FACTS.search(path.read_text(encoding="utf-8"))}

    assert len(FILES) > 300
    assert found == set(REASONED)


@pytest.mark.parametrize(
    "fact",
    ['zone = "Europe/Belgrade"', "+381 64", "code == 'RS'", 'legal=("RS-ZKP-103",)', "Apelacioni sud", "Višeg suda", "Виши суд", "K 11/24",
     "Kž1 127/25", "K. br. 11/24", "II SA/Gd 123/26", "Wojewódzki Sąd", "Vrhovni sud", "Europe/Warsaw"],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(fact: str) -> None:
    """Else the test above would be a comfort only."""
    assert FACTS.search(fact)


@pytest.mark.parametrize("innocent", ["1/24", "KEYS", "OK 3/4", "sudden", "RSS", "PLAIN", "+38"])
def test_the_search_lets_other_things_stand(innocent: str) -> None:
    """No word has to be avoided for it."""
    assert not FACTS.search(innocent)
