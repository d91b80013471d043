"""``python -m harness.cli``: the same as ``shes-audit``."""

from harness.cli import main

main()
