"""What an offence was renamed to, in the court's words."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.PROCEEDING_REQUALIFIED_TO,))
