"""Evidence, with secrets redacted, and the raw report it is written to."""
