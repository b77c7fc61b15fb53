"""What keeps people safe: keys, sealing, wording, redaction, suppression."""
