"""The exchange format "Court caseload, version 1": JSON bytes in, checked facts out."""
