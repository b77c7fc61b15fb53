"""Use-cases: permission, unit of work, record, alert."""
