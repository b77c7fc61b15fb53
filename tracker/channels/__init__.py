"""One file, one way to send; each exports ``CHANNEL``."""
