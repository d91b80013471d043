"""Violations of section 7 of the policy: children and minors."""
