"""What `tracker check` looks at: one file, one question. Found by name."""
