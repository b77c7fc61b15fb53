"""How a caseload document becomes rows, and rows a document again."""
