"""Binds the scenarios of the feature files to pytest: all of them, or those of the files that a run was asked for."""

from pytest_bdd import scenarios

from harness.plugin import feature_files

scenarios(*feature_files())
