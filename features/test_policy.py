"""Binds every scenario of the feature files to pytest."""

from pytest_bdd import scenarios

scenarios(".")
