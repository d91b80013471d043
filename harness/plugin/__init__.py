"""The pytest plugin: runs the features against a target and writes the raw report.

It is idle unless the features room is among what pytest was asked to run. With pytest-xdist, the controller prepares
the run and writes the raw report; each worker plays the outside world for its own scenarios.

pytest finds its hooks and fixtures here; each stands in the module that it belongs to.
"""

from harness.plugin.matching import feature_files
from harness.plugin.options import LEAN, pytest_addoption, pytest_bdd_apply_tag, pytest_configure
from harness.plugin.run import Given, audit_another, scenario_of
from harness.plugin.scenario import (
    _backstage,
    pytest_bdd_after_step,
    pytest_bdd_before_step,
    pytest_bdd_before_step_call,
    pytest_report_teststatus,
    pytest_runtest_makereport,
    pytest_runtest_setup,
    stage,
)
from harness.plugin.session import (
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_sessionfinish,
    pytest_sessionstart,
)
from harness.plugin.workers import pytest_configure_node, pytest_testnodedown

__all__ = [
    "LEAN",
    "Given",
    "_backstage",
    "audit_another",
    "feature_files",
    "pytest_addoption",
    "pytest_bdd_after_step",
    "pytest_bdd_apply_tag",
    "pytest_bdd_before_step",
    "pytest_bdd_before_step_call",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_configure_node",
    "pytest_report_teststatus",
    "pytest_runtest_makereport",
    "pytest_runtest_setup",
    "pytest_sessionfinish",
    "pytest_sessionstart",
    "pytest_testnodedown",
    "scenario_of",
    "stage",
]
