"""One file, one flag rule; each exports ``RULE``."""
