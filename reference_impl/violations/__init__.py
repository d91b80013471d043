"""Seeded violations: services that break one promise of the policy, to show that the audit notices.

Nothing imports this package but its own program, ``python -m reference_impl.violations``; a service that is started in
any other way cannot be made to break anything by it.
"""
