"""``python -m reference_impl.violations`` lists seeded violations and starts services that have one."""

from reference_impl.violations.program import main

if __name__ == "__main__":
    main()
