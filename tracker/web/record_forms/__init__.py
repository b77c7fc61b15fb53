"""Forms of the record: one file, one kind of entry. Found by name."""
