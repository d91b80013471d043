"""Seeded violations: services that break one promise of the policy, to show that the audit notices.

One package for each section of the policy, one module for each clause or two; ``shared`` holds what several of them
build on. Only this package's own program, ``python -m reference_impl.violations``, imports it, so a service started in
any other way cannot contain a violation.
"""
