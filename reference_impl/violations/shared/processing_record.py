"""Records of processing that state something else than the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reference_impl.domain.facts import Facts, load_facts
from reference_impl.domain.processing import ProcessingActivity


def processing_record(change: Callable[[ProcessingActivity], tuple[ProcessingActivity, ...]]) -> Callable[[], Facts]:
    """The part ``facts`` with a changed record of processing; ``change`` gives the entries that replace one."""

    def facts() -> Facts:
        truth = load_facts()
        return replace(truth, processing=tuple(entry for one in truth.processing for entry in change(one)))

    return facts


def on_legitimate_interests(activity: str) -> Callable[[], Facts]:
    """The part ``facts`` with a record of processing that bases an activity on legitimate interests."""

    def change(entry: ProcessingActivity) -> tuple[ProcessingActivity, ...]:
        return (replace(entry, basis="legitimate-interests", consent=None) if entry.activity == activity else entry,)

    return processing_record(change)
