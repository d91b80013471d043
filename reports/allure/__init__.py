"""Allure's page: the program that renders it, fetched where it can be had, and the page, fit to be opened from disk."""
