"""Why people closed or dismissed flags."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.FLAG_CLOSE_NOTE,), row_key="ref")
