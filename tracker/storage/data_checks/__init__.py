"""What the steward's page looks for in the record: one file, one check. Found by name."""
