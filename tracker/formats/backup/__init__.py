"""The file of a backup: JSON Lines, gzipped, sealed with age; written and read as a stream."""
