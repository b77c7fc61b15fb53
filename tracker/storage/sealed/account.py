"""The secrets of second factors."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.ACCOUNT_TOTP, places.ACCOUNT_RECOVERY), row_key="login")
