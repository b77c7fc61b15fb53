"""An invented caseload around today: nobody in it exists, nothing in it happened."""
