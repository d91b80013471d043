"""Violations of section 8 of the policy: rights by residence."""
