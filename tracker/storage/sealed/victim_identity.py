"""Who the victims are."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns(
    (
        places.VICTIM_PSEUDONYM, places.VICTIM_NAME, places.VICTIM_PHONE, places.VICTIM_ADDRESS, places.VICTIM_NOTE,
        places.VICTIM_ADULT_FROM, places.VICTIM_LANGUAGE, places.VICTIM_SAME_PERSON,
    ),
    owner="victim",
)  # fmt: skip
