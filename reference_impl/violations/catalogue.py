"""All seeded violations, in the order of the policy, and then what is benign."""

from __future__ import annotations

from reference_impl.violations import (
    benign,
    children,
    closing,
    collection,
    consent,
    destruction,
    recipients,
    retention,
    revealing,
    signals,
    transfers,
    unsubscribing,
)
from reference_impl.violations.model import Violation

VIOLATIONS: tuple[Violation, ...] = (
    *collection.VIOLATIONS,
    *consent.VIOLATIONS,
    *revealing.VIOLATIONS,
    *recipients.VIOLATIONS,
    *unsubscribing.VIOLATIONS,
    *retention.VIOLATIONS,
    *destruction.VIOLATIONS,
    *closing.VIOLATIONS,
    *transfers.VIOLATIONS,
    *children.VIOLATIONS,
    *signals.VIOLATIONS,
    *benign.VIOLATIONS,
)
