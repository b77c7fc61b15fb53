"""Why people opened cases that are not theirs."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.OPENED_CASE_REASON,), row_key="ref")
