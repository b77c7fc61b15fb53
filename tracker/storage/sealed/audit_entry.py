"""Why people did what the audit log says."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.AUDIT_REASON,), row_key="seq")
