"""Consent to marketing, as several violations check it."""

from __future__ import annotations

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import Person
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import running_consents


def consents_to_marketing(tx: Transaction, person: Person) -> bool:
    """Whether a consent to marketing by e-mail is in force."""
    return bool(running_consents(tx, person.person_id, ConsentPurpose.EMAIL_MARKETING))
