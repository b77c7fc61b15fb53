"""Why cases are kept back from retention."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.LEGAL_HOLD_REASON,), owner="proceeding")
