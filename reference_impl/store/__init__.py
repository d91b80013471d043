"""The database, the log, and what an auditor sees of them."""
