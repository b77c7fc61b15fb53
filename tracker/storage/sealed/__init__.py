"""Every sealed column of the database, one file for each table that has any."""
