"""What entries said before they were changed."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.REVISION_BEFORE,), row_key="ref")
