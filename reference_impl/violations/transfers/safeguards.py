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
    """Misreads the transfer register."""

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
        # A known recipient is treated as still in the country of its first delivery.
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
    """Misreports the disclosure ledger."""

    def retell(self, entry: Disclosure) -> bool:
        """Change an entry; return False to omit it."""
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


class _ReunionAbroad(SafeguardsRule):
    def needs_ground(self, residence_country: str, destination: str) -> bool:
        return residence_country != "RE" and super().needs_ground(residence_country, destination)


class _GreenlandIsDenmark(SafeguardsRule):
    def needs_ground(self, residence_country: str, destination: str) -> bool:
        return destination != "GL" and super().needs_ground(residence_country, destination)


class _OverseasIsAbroad(SafeguardsRule):
    def needs_ground(self, residence_country: str, destination: str) -> bool:
        return super().needs_ground(residence_country, "US" if destination == "RE" else destination)


VIOLATIONS = (
    Violation(
        "5.5-adequacy-for-ever",
        "5.5",
        "Adequacy decisions are applied after they have expired",
        Kind.STALE,
        {"safeguards": _AdequacyForEver},
    ),
    Violation(
        "5.5-adequacy-a-day-early",
        "5.5",
        "Adequacy decisions are applied from the day before they enter into force",
        Kind.OFF_BY_ONE,
        {"safeguards": _BeginsDayEarly},
    ),
    Violation(
        "5.5-everybody-is-certified",
        "5.5",
        "An adequacy decision for certified recipients is applied to the whole country",
        Kind.MISSING,
        {"safeguards": _AllCertified},
    ),
    Violation(
        "5.5-clauses-for-ever",
        "5.5",
        "Contractual clauses and corporate rules are applied after they have expired",
        Kind.STALE,
        {"safeguards": _ClausesForEver},
    ),
    Violation(
        "5.5-clauses-a-day-more",
        "5.5",
        "Safeguards are applied for a day after they have expired",
        Kind.OFF_BY_ONE,
        {"safeguards": _LastDayOnceMore},
    ),
    Violation(
        "5.5-clauses-of-somebody-else",
        "5.5",
        "Safeguards agreed with one recipient are applied to all",
        Kind.HALF_DONE,
        {"safeguards": _AnybodysClauses},
    ),
    Violation(
        "5.5-union-only",
        "5.5",
        "The rule is applied to residents of the EU, but not of Iceland, Liechtenstein and Norway",
        Kind.WRONG_RESIDENCE,
        {"safeguards": _UnionOnly},
    ),
    Violation(
        "5.5-asked-once",
        "5.5",
        "The ground for a transfer is checked at the first attempt, but not at later ones",
        Kind.RETRY,
        {"dispatcher": _AskedOnce},
    ),
    Violation(
        "5.5-first-residence",
        "5.5",
        "The country of registration determines the company, even after a move",
        Kind.STALE,
        {"dispatcher": _FirstResidence},
    ),
    Violation(
        "5.5-marketing-alone",
        "5.5",
        "The ground is checked for e-mail marketing, but not for personalisation and profiling",
        Kind.HALF_DONE,
        {"dispatcher": _MarketingAlone},
    ),
    Violation(
        "5.5-where-it-began",
        "5.5",
        "A recipient that has moved is treated as still in the country of its first share",
        Kind.STALE,
        {"dispatcher": _WhereItBegan},
    ),
    Violation(
        "5.5-withdrawal-says-where-to",
        "5.5",
        "Withdrawal notices name the person's new country",
        Kind.HALF_DONE,
        {"dispatcher": _SaysWhereTo},
        also=(Also("2.4", "a delivery contains a member that the contract does not declare"),),
    ),
    Violation(
        "5.5-ledger-always-says-clauses",
        "5.5",
        "The ledger says that every transfer is based on contractual clauses",
        Kind.LYING_LEDGER,
        {"records": _AlwaysClauses},
    ),
    Violation(
        "5.5-ledger-leaves-transfers-out",
        "5.5",
        "The ledger omits transfers out of the European Economic Area",
        Kind.LYING_LEDGER,
        {"records": _TransfersLeftOut},
    ),
    Violation(
        "5.5-ledger-moves-recipients",
        "5.5",
        "The ledger places every recipient of a transfer in the Netherlands",
        Kind.LYING_LEDGER,
        {"records": _AlwaysInside},
    ),
    Violation(
        "5.5-reunion-abroad",
        "5.5",
        "Residents of Réunion are treated as living outside the EEA",
        Kind.WRONG_RESIDENCE,
        {"safeguards": _ReunionAbroad},
    ),
    Violation(
        "5.5-greenland-is-denmark",
        "5.5",
        "Greenland is treated as a part of the EEA, because it belongs to Denmark",
        Kind.WRONG_RESIDENCE,
        {"safeguards": _GreenlandIsDenmark},
    ),
    Violation(
        "5.5-overseas-is-abroad",
        "5.5",
        "A delivery from France to Réunion is treated as a transfer to a third country, and never made",
        Kind.WRONG_RESIDENCE,
        {"safeguards": _OverseasIsAbroad},
    ),
)
