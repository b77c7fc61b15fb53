"""Read a jurisdiction pack from its TOML file."""

import tomllib
from functools import lru_cache

from tracker.domain.codes.people import CourtLevel
from tracker.domain.errors import NotConfiguredError
from tracker.domain.pack import LegalReference, Pack, PackCourt
from tracker.resources import folder


@lru_cache(maxsize=8)
def load_pack(code: str) -> Pack:
    """Return the pack of a country (ISO 3166 alpha-2).

    Raises:
        NotConfiguredError: there is no pack for this country.
    """
    try:
        document = tomllib.loads(folder(f"packs/{code}.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotConfiguredError(f"there is no jurisdiction pack for {code}") from None
    return Pack(
        code=code,
        version=document["version"],
        timezone=document["timezone"],
        thresholds=document.get("thresholds", {}),
        legal={key: LegalReference(key=key, **entry) for key, entry in document.get("legal", {}).items()},
        courts=tuple(PackCourt(**{**each, "level": CourtLevel(each["level"])}) for each in document.get("courts", [])),
    )
