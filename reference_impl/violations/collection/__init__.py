"""Violations of section 1 of the policy: what is collected."""
