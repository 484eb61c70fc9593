"""How records lie in the database: column types, the base of every table, the log and the revisions."""
