"""What a court's calendar said of hearings."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.HEARING_OUTCOME_TEXT, places.HEARING_PANEL))
