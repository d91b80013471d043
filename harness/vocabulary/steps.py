"""The steps that pytest-bdd knows: one for each keyword, which hands the sentence to the vocabulary."""

from __future__ import annotations

from pytest_bdd import given, then, when
from pytest_bdd.parsers import StepParser

from harness.stage import Stage
from harness.vocabulary.lookup import understand
from harness.vocabulary.performance import Performance


class _Declared(StepParser):
    """Takes every sentence that the vocabulary declares for a keyword."""

    def __init__(self, keyword: str) -> None:
        super().__init__(f"a declared sentence ({keyword})")
        self._keyword = keyword

    def is_matching(self, name: str) -> bool:
        return understand(self._keyword, name) is not None

    def parse_arguments(self, name: str) -> dict[str, object]:
        return {"performance": understand(self._keyword, name)}


@given(_Declared("given"))
def has_happened(stage: Stage, performance: Performance) -> None:
    """What has happened before, or holds."""
    performance.run(stage, as_given=True)


@when(_Declared("when"))
def happens(stage: Stage, performance: Performance) -> None:
    """What somebody does."""
    performance.run(stage)


@then(_Declared("then"))
def is_seen(stage: Stage, performance: Performance) -> None:
    """What can be seen."""
    performance.run(stage)
