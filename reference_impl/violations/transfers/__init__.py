"""Violations of section 5 of the policy: transfers abroad."""
