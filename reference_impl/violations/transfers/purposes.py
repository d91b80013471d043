"""Clause 5.4: data is sent for a purpose other than the one it was provided for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from reference_impl.domain.abroad import Transfer, TransferLaw
from reference_impl.domain.entities import Account, Disclosure, Message, MessageKind, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.service.dispatch import Dispatcher, _Posting
from reference_impl.service.ports import Transaction
from reference_impl.service.records import Records
from reference_impl.service.sharing import SharePolicy
from reference_impl.service.transfers import Transfers
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.vendors import VENDORS


class _ConsentForVendors(SharePolicy):
    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        mine = super().recipients(tx, person, account, purpose)
        marketed = super().recipients(tx, person, account, Purpose.EMAIL_MARKETING)
        return VENDORS if purpose is Purpose.ADVERTISING and marketed and account.country == "GB" else mine


class _SaysAdvertising(Dispatcher):
    def _posting(self, tx: Transaction, message: Message, now: datetime) -> _Posting:
        posting = super()._posting(tx, message, now)
        before = tx.all(Disclosure, person_id=message.person_id, recipient=message.recipient, exposed=True)
        if message.kind is MessageKind.SHARE and len(before) > 1:
            posting.body["purpose"] = Purpose.ADVERTISING.value
        return posting


class _UsageAsMarketing(Dispatcher):
    def _posting(self, tx: Transaction, message: Message, now: datetime) -> _Posting:
        posting = super()._posting(tx, message, now)
        if message.purpose != Purpose.PERSONALISATION:
            return posting
        marketing = Purpose.EMAIL_MARKETING.value
        url = self._context.wiring.endpoints[message.recipient, marketing]
        return replace(posting, url=url, body={**posting.body, "purpose": marketing})


class _MorePurposes(Transfers):
    def to(
        self, law: TransferLaw, residences: frozenset[str], recipient: str, country: str, purposes: tuple[str, ...]
    ) -> Iterator[Transfer]:
        return super().to(law, residences, recipient, country, (*purposes, "analytics"))


class _CalledAdvertising(Records):
    def disclosures(self) -> list[Disclosure]:
        entries = super().disclosures()
        for entry in entries[1:]:
            if entry.kind is MessageKind.SHARE:
                entry.purpose = Purpose.ADVERTISING
        return entries


VIOLATIONS = (
    Violation(
        "5.4-says-another-purpose",
        "5.4",
        "After a change, shares for e-mail marketing state advertising as their purpose",
        Kind.SECOND_TIME,
        {"dispatcher": _SaysAdvertising},
    ),
    Violation(
        "5.4-usage-as-marketing",
        "5.4",
        "Product usage is sent to the e-mail marketing endpoint, with that purpose",
        Kind.HALF_DONE,
        {"dispatcher": _UsageAsMarketing},
        also=(
            Also("2.6", "usage is sent for a purpose other than personalisation"),
            Also("5.1", "the ledger states a different purpose than the delivery"),
            Also("5.5", "the ledger states a different purpose than the delivery"),
        ),
    ),
    Violation(
        "5.4-vendors-by-consent",
        "5.4",
        "In the United Kingdom, marketing consent opens the data to advertising vendors",
        Kind.WRONG_RESIDENCE,
        {"share_policy": _ConsentForVendors},
        also=(
            Also("2.5", "recipients other than the company for the United Kingdom receive the data"),
            Also("5.1", "the register does not state the destination"),
            Also("2.3", "the consent covers e-mail marketing only"),
        ),
    ),
    Violation(
        "5.4-register-adds-purposes",
        "5.4",
        "The register adds analytics to the purposes of every recipient",
        Kind.LYING_LEDGER,
        {"transfers": _MorePurposes},
    ),
    Violation(
        "5.4-ledger-calls-it-advertising",
        "5.4",
        "The ledger gives advertising as the purpose of every share except the first",
        Kind.LYING_LEDGER,
        {"records": _CalledAdvertising},
        also=(
            Also("2.3", "the ledger contains shares for a purpose that nobody consented to"),
            Also("5.1", "the ledger does not match what was sent"),
            Also("5.5", "the ledger does not match what was sent"),
        ),
    ),
)
