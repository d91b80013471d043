"""The outside world, played by the harness with real servers on loopback: a mailbox, recipients of data, companies."""
