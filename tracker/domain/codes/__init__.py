"""Code lists of the exchange format, one file a subject."""
