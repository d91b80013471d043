"""``shes-audit selfcheck``: a suite that cannot fail proves nothing, so the seeded violations make it fail."""
