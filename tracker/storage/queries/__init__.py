"""Statements, one file a subject; rows in, facts out."""
