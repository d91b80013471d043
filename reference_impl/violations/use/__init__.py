"""Violations of section 2 of the policy: what data is used for, and shared for marketing."""
