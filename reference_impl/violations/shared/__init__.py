"""What several seeded violations are built on."""
