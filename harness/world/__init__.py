"""The outside world, on real servers on loopback: mailbox, recipients, companies, bucket, identity providers."""
