"""Make an encrypted copy of the database, and remove those that are too old."""

from datetime import timedelta

from tracker.services.backup_folder import back_up
from tracker.services.jobs import Job

JOB = Job(name="backup", every=timedelta(hours=1), run=back_up, summary="Make a backup where one is due; remove those that are too old.")
