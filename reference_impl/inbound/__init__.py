"""Ways in beside HTTP: mail over SMTP."""
