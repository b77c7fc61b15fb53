"""Texts of messages."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.MESSAGE_BODY,), row_key="ref")
