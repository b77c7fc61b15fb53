"""What is written into the audit log: one file an area, each exporting ``ACTIONS``."""
