"""One file, one section of the site; each exports ``bp``."""
