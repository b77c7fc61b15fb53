"""The court-process tracker: what proceedings do to victims, seen while it can be prevented."""
