"""Clause 5.5: data leaves the European Economic Area without a ground in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from reference_impl.domain.entities import Account, Disclosure, Message, MessageKind, Person
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.transfer import (
    AdequacyDecision,
    Ground,
    GroundKind,
    Safeguard,
    SafeguardsRule,
    TransferRegister,
    Validity,
)
from reference_impl.service.dispatch import Dispatcher, _Posting
from reference_impl.service.ports import Transaction
from reference_impl.service.records import Records
from reference_impl.violations.model import Also, Kind, Violation


class _Misread(SafeguardsRule):
    """Reads the register otherwise than it is written."""

    def decision(self, decision: AdequacyDecision) -> AdequacyDecision:
        return decision

    def safeguard(self, safeguard: Safeguard, recipient: str) -> Safeguard:
        return safeguard

    def ground(self, register: TransferRegister, recipient: str, now: datetime) -> Ground | None:
        misread = replace(
            register,
            adequacy=tuple(self.decision(decision) for decision in register.adequacy),
            safeguards=tuple(self.safeguard(safeguard, recipient) for safeguard in register.safeguards),
        )
        return super().ground(misread, recipient, now)


class _AdequacyForEver(_Misread):
    def decision(self, decision: AdequacyDecision) -> AdequacyDecision:
        return replace(decision, validity=Validity(decision.validity.start))


class _BeginsDayEarly(_Misread):
    def decision(self, decision: AdequacyDecision) -> AdequacyDecision:
        start = decision.validity.start - timedelta(days=1)
        return replace(decision, validity=Validity(start, decision.validity.end))


class _ClausesForEver(_Misread):
    def safeguard(self, safeguard: Safeguard, recipient: str) -> Safeguard:
        return replace(safeguard, validity=Validity(safeguard.validity.start))


class _LastDayOnceMore(_Misread):
    def safeguard(self, safeguard: Safeguard, recipient: str) -> Safeguard:
        end = safeguard.validity.end
        return replace(safeguard, validity=Validity(safeguard.validity.start, end and end + timedelta(days=1)))


class _AnybodysClauses(_Misread):
    def safeguard(self, safeguard: Safeguard, recipient: str) -> Safeguard:
        return replace(safeguard, recipient=recipient)


class _AllCertified(SafeguardsRule):
    def covers(self, decision: AdequacyDecision, recipient: str) -> bool:
        return True


class _UnionOnly(SafeguardsRule):
    def needs_ground(self, residence_country: str, destination: str) -> bool:
        return super().needs_ground(residence_country, destination) and residence_country not in ("IS", "LI", "NO")


class _AskedOnce(Dispatcher):
    def obstacle(self, tx: Transaction, message: Message, now: datetime) -> str | None:
        found = super().obstacle(tx, message, now)
        return None if found and message.tries and "ground" in found else found


class _FirstResidence(Dispatcher):
    def is_transfer(self, tx: Transaction, message: Message) -> bool:
        person = tx.one(Person, person_id=message.person_id)
        destination = self._context.register.countries[message.recipient]
        return person is not None and self._safeguards.needs_ground(person.country, destination)


class _MarketingAlone(Dispatcher):
    def is_transfer(self, tx: Transaction, message: Message) -> bool:
        return message.purpose == Purpose.EMAIL_MARKETING and super().is_transfer(tx, message)


class _WhereItBegan(Dispatcher):
    def is_transfer(self, tx: Transaction, message: Message) -> bool:
        # Whoever has got something before is taken to be where it was then.
        before = tx.all(Disclosure, recipient=message.recipient, exposed=True)
        account = tx.one(Account, person_id=message.person_id)
        if not before or account is None:
            return super().is_transfer(tx, message)
        return self._safeguards.needs_ground(account.country, before[0].recipient_country)


class _SaysWhereTo(Dispatcher):
    def _posting(self, tx: Transaction, message: Message, now: datetime) -> _Posting:
        posting = super()._posting(tx, message, now)
        account = tx.one(Account, person_id=message.person_id) if message.person_id else None
        if account and message.kind is MessageKind.WITHDRAW:
            posting.body["reason"] = f"lives in {account.country} now"
        return posting


class _Retold(Records):
    """Tells the ledger of disclosures otherwise than it was written."""

    def retell(self, entry: Disclosure) -> bool:
        """Change an entry; False to leave it out."""
        raise NotImplementedError

    def disclosures(self) -> list[Disclosure]:
        return [entry for entry in super().disclosures() if self.retell(entry)]


class _AlwaysClauses(_Retold):
    def retell(self, entry: Disclosure) -> bool:
        if entry.ground_kind is not None:
            entry.ground_kind, entry.ground_reference = GroundKind.CLAUSES, "standard clauses of the group"
        return True


class _TransfersLeftOut(_Retold):
    def retell(self, entry: Disclosure) -> bool:
        return entry.ground_kind is None


class _AlwaysInside(_Retold):
    def retell(self, entry: Disclosure) -> bool:
        if entry.ground_kind is not None:
            entry.recipient_country = "NL"
        return True


VIOLATIONS = (
    Violation(
        "5.5-adequacy-for-ever",
        "5.5",
        "A finding of adequacy counts on after it has ended",
        Kind.STALE,
        {"safeguards": _AdequacyForEver},
    ),
    Violation(
        "5.5-adequacy-a-day-early",
        "5.5",
        "A finding of adequacy counts from the day before",
        Kind.OFF_BY_ONE,
        {"safeguards": _BeginsDayEarly},
    ),
    Violation(
        "5.5-everybody-is-certified",
        "5.5",
        "A finding for certified recipients is taken for one about the country",
        Kind.MISSING,
        {"safeguards": _AllCertified},
    ),
    Violation(
        "5.5-clauses-for-ever",
        "5.5",
        "Contract clauses and corporate rules count on after they have ended",
        Kind.STALE,
        {"safeguards": _ClausesForEver},
    ),
    Violation(
        "5.5-clauses-a-day-more",
        "5.5",
        "The first day after the clauses is taken for their last",
        Kind.OFF_BY_ONE,
        {"safeguards": _LastDayOnceMore},
    ),
    Violation(
        "5.5-clauses-of-somebody-else",
        "5.5",
        "Clauses that bind one recipient are taken to bind all",
        Kind.HALF_DONE,
        {"safeguards": _AnybodysClauses},
    ),
    Violation(
        "5.5-union-only",
        "5.5",
        "The rule is applied to residents of the Union, and not to those of Iceland, Liechtenstein and Norway",
        Kind.WRONG_RESIDENCE,
        {"safeguards": _UnionOnly},
    ),
    Violation(
        "5.5-asked-once",
        "5.5",
        "The ground is looked for at the first try, and not when it is tried again",
        Kind.RETRY,
        {"dispatcher": _AskedOnce},
    ),
    Violation(
        "5.5-first-residence",
        "5.5",
        "The country of the Sony account counts, wherever the person has moved since",
        Kind.STALE,
        {"dispatcher": _FirstResidence},
    ),
    Violation(
        "5.5-marketing-alone",
        "5.5",
        "The ground is looked for where e-mail marketing leaves, and not for personalisation and profiling",
        Kind.HALF_DONE,
        {"dispatcher": _MarketingAlone},
    ),
    Violation(
        "5.5-where-it-began",
        "5.5",
        "A recipient that has moved away is taken to be where it was at its first share",
        Kind.STALE,
        {"dispatcher": _WhereItBegan},
    ),
    Violation(
        "5.5-withdrawal-says-where-to",
        "5.5",
        "A withdrawal says where the person lives now",
        Kind.HALF_DONE,
        {"dispatcher": _SaysWhereTo},
        also=(Also("2.4", "a delivery has a member that the contract does not name"),),
    ),
    Violation(
        "5.5-ledger-always-says-clauses",
        "5.5",
        "The ledger says that every transfer rests on contract clauses",
        Kind.LYING_LEDGER,
        {"records": _AlwaysClauses},
    ),
    Violation(
        "5.5-ledger-leaves-transfers-out",
        "5.5",
        "The ledger leaves out what left the European Economic Area",
        Kind.LYING_LEDGER,
        {"records": _TransfersLeftOut},
    ),
    Violation(
        "5.5-ledger-moves-recipients",
        "5.5",
        "The ledger says that every recipient of a transfer is in the Netherlands",
        Kind.LYING_LEDGER,
        {"records": _AlwaysInside},
    ),
)
