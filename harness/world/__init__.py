"""The simulated outside world, on real servers on loopback: mailbox, recipients, companies, bucket, providers."""
