"""Violations of section 4 of the policy: how long data is kept."""
