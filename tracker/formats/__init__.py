"""Bytes in, facts out; facts in, bytes out; no database."""
