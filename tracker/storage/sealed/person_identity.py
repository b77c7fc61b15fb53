"""Who the people of the office are."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.PERSON_NAME, places.PERSON_PHONE, places.PERSON_EMAIL), owner="person")
