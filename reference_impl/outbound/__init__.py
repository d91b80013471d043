"""Outgoing connections: deliveries over HTTP, mails over SMTP."""
