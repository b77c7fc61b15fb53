"""One file, one command; each exports ``COMMAND``."""
