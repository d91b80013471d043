"""Views of the raw report, for people and machines. Each can be regenerated without the target."""
