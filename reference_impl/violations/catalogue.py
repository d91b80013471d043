"""All seeded violations, in the order of the policy, and then what is benign."""

from __future__ import annotations

from reference_impl.violations import (
    ages,
    benign,
    californians,
    children,
    closing,
    collection,
    consent,
    contract,
    destruction,
    enquiries,
    holding,
    minors,
    products,
    recipients,
    retention,
    revealing,
    second_thoughts,
    signals,
    transfers,
    unsubscribing,
    upkeep,
    waysout,
)
from reference_impl.violations.model import Violation

VIOLATIONS: tuple[Violation, ...] = (
    *collection.VIOLATIONS,
    *contract.VIOLATIONS,
    *enquiries.VIOLATIONS,
    *consent.VIOLATIONS,
    *revealing.VIOLATIONS,
    *recipients.VIOLATIONS,
    *products.VIOLATIONS,
    *unsubscribing.VIOLATIONS,
    *waysout.VIOLATIONS,
    *retention.VIOLATIONS,
    *holding.VIOLATIONS,
    *destruction.VIOLATIONS,
    *californians.VIOLATIONS,
    *closing.VIOLATIONS,
    *upkeep.VIOLATIONS,
    *transfers.VIOLATIONS,
    *children.VIOLATIONS,
    *ages.VIOLATIONS,
    *second_thoughts.VIOLATIONS,
    *minors.VIOLATIONS,
    *signals.VIOLATIONS,
    *benign.VIOLATIONS,
)
