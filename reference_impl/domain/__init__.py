"""Business rules, without any input or output."""
