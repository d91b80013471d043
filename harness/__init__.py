"""The engine of the audit: it talks to the target, plays the outside world, records evidence and judges."""
