"""Incoming connections other than HTTP: mail over SMTP."""
