"""Measurements: ratios within one run, written down with the commands that give them."""
