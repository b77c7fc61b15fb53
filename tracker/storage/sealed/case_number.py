"""Case numbers."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.CASE_NUMBER_TEXT,), row_key="ref")
