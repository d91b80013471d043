"""Ways out: deliveries over HTTP, mails over SMTP."""
