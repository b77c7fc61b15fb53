"""What people call their passkeys: names of phones and keys, and sometimes of those who own them."""

from tracker.privacy import places
from tracker.storage.sealed_columns import SealedColumns

SEALED = SealedColumns((places.PASSKEY_NAME,), row_key="ref")
