"""Verdicts: what the evidence says of each clause."""
