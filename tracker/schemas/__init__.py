"""What may be entered: the fields of each kind of fact, with their limits."""
