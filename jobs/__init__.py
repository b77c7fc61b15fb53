"""What is done again and again: one file, one job. Found by name; nothing imports this package."""
