"""Rules of the business, and nothing that talks to anybody."""
