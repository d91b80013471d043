"""Clause 2.5: data goes to a company other than the one for the person's residence."""

from __future__ import annotations

from collections.abc import Iterable

from reference_impl.domain.entities import Account, Disclosure, Message, MessageKind, Person
from reference_impl.domain.recipients import Purpose, Recipient, RecipientRouting
from reference_impl.domain.residence import Residence
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Outcome, Postponed, Transaction
from reference_impl.service.sharing import Reconciler, SharePolicy
from reference_impl.violations.model import Also, Kind, Violation

_EUROPE, _US, _CANADA, _CHINA = "sony-europe-bv", "sony-electronics-inc", "sony-of-canada-ltd", "sony-china-limited"


_NOBODY_TOLD = "companies that received data long ago are not told that the consent or account has ended"


class _Rerouted(RecipientRouting):
    """Shares data of some residents with other companies; keyed by country or subdivision."""

    instead: dict[str, tuple[str, ...]] = {}

    def __init__(self, recipients: Iterable[Recipient]) -> None:
        super().__init__(recipients)

    def for_residence(self, purpose: Purpose, residence: Residence) -> tuple[str, ...]:
        if purpose is not Purpose.EMAIL_MARKETING:
            return super().for_residence(purpose, residence)
        for place in (residence.subdivision, residence.country):
            if place in self.instead:
                return self.instead[place]
        return super().for_residence(purpose, residence)


class _CroatiaForgotten(_Rerouted):
    instead = {"HR": ("sony-singapore",)}


class _EftaAsUnitedKingdom(_Rerouted):
    instead = dict.fromkeys(("IS", "LI", "NO"), (_EUROPE, "sony-united-kingdom"))


class _SwitzerlandTwice(_Rerouted):
    instead = {"CH": ("sony-switzerland", _EUROPE)}


class _MexicoNobody(_Rerouted):
    instead = {"MX": ()}


class _TaiwanToChina(_Rerouted):
    instead = {"TW": (_CHINA,)}


class _QuebecTwice(_Rerouted):
    instead = {"CA-QC": (_CANADA, _US)}


class _WestCoastToUs(_Rerouted):
    instead = {"CA-BC": (_US,)}


class _OldCompanyKept(SharePolicy):
    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        now = super().recipients(tx, person, account, purpose)
        if not now or purpose is not Purpose.EMAIL_MARKETING:
            return now
        ledger = tx.all(Disclosure, person_id=person.person_id, purpose=purpose)
        return tuple(dict.fromkeys([*now, *(entry.recipient for entry in ledger)]))


class _OldCompanyNotTold(Reconciler):
    def may_hold(self, ledger: list[Disclosure]) -> bool:
        return self._ended and super().may_hold(ledger)

    def reconcile(
        self, tx: Transaction, person: Person, account: Account, *, changed: tuple[Purpose, ...] = ()
    ) -> None:
        self._ended = not self._policy.recipients(tx, person, account, Purpose.EMAIL_MARKETING)
        super().reconcile(tx, person, account, changed=changed)


class _FirstCountry(SharePolicy):
    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        now = super().recipients(tx, person, account, purpose)
        if not now or purpose is not Purpose.EMAIL_MARKETING:
            return now
        return self._routing.for_residence(purpose, Residence(person.country, None))


class _NotBackAgain(SharePolicy):
    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        now = super().recipients(tx, person, account, purpose)
        if purpose is not Purpose.EMAIL_MARKETING:
            return now
        ledger = tx.all(Disclosure, person_id=person.person_id, purpose=purpose, kind=MessageKind.SHARE)
        known = list(dict.fromkeys(entry.recipient for entry in ledger))
        return tuple(recipient for recipient in now if recipient not in known[:-1])


class _HeldByOutbox(Reconciler):
    """Judges what recipients hold from the outbox, which is cleared after a month."""

    def reconcile(
        self, tx: Transaction, person: Person, account: Account, *, changed: tuple[Purpose, ...] = ()
    ) -> None:
        self._tx = tx
        super().reconcile(tx, person, account, changed=changed)

    def may_hold(self, ledger: list[Disclosure]) -> bool:
        left = [one for one in ledger if self._tx.one(Message, message_id=one.delivery_id) is not None]
        return super().may_hold(left)


class _NewCompanyTriedOnce(Dispatcher):
    """Does not retry failed shares about people who have moved from another company."""

    def conclude(self, tx: Transaction, message_id: str, outcome: Outcome | Postponed, *, exposed_before: bool) -> None:
        message = tx.one(Message, message_id=message_id)
        if message and message.kind is MessageKind.SHARE and outcome is not Outcome.ACCEPTED:
            told = tx.all(Disclosure, person_id=message.person_id, purpose=Purpose.EMAIL_MARKETING)
            known = {one.recipient for one in told}
            outcome = Outcome.REFUSED if known - {message.recipient} else outcome
        super().conclude(tx, message_id, outcome, exposed_before=exposed_before)


class _OverseasElsewhere(_Rerouted):
    instead = dict.fromkeys(("GF", "MQ"), (_US,))


VIOLATIONS = (
    Violation(
        "2.5-croatia-omitted",
        "2.5",
        "The list of EEA member states predates Croatia's accession",
        Kind.STALE,
        {"routing": _CroatiaForgotten},
    ),
    Violation(
        "2.5-iceland-liechtenstein-norway-two-companies",
        "2.5",
        "Data from Iceland, Liechtenstein and Norway is also shared with the company for the United Kingdom",
        Kind.WRONG_RESIDENCE,
        {"routing": _EftaAsUnitedKingdom},
    ),
    Violation(
        "2.5-switzerland-two-companies",
        "2.5",
        "Data from Switzerland is shared with both its own company and Sony Europe B.V.",
        Kind.SECOND_TIME,
        {"routing": _SwitzerlandTwice},
    ),
    Violation(
        "2.5-no-company-for-mexico",
        "2.5",
        "Data from Mexico is shared with no company",
        Kind.MISSING,
        {"routing": _MexicoNobody},
        also=(Also("5.4", "no data from Mexico is shared, so its purpose cannot be checked"),),
    ),
    Violation(
        "2.5-taiwan-to-china",
        "2.5",
        "Data from Taiwan is shared with the company for China",
        Kind.WRONG_RESIDENCE,
        {"routing": _TaiwanToChina},
    ),
    Violation(
        "2.5-quebec-two-companies",
        "2.5",
        "Data from Québec is also shared with the company for the United States",
        Kind.ODD_NAME,
        {"routing": _QuebecTwice},
    ),
    Violation(
        "2.5-british-columbia-to-us",
        "2.5",
        "Data from British Columbia is shared with the company for the United States",
        Kind.WRONG_RESIDENCE,
        {"routing": _WestCoastToUs},
    ),
    Violation(
        "2.5-former-company-continues",
        "2.5",
        "After a move, the previous company continues to receive data",
        Kind.STALE,
        {"share_policy": _OldCompanyKept},
        also=(Also("2.6", "the previous company also keeps data for personalised marketing"),),
    ),
    Violation(
        "2.5-former-company-not-notified",
        "2.5",
        "After a move, the new company receives data, but the previous one is not told to stop",
        Kind.HALF_DONE,
        {"reconciler": _OldCompanyNotTold},
        also=(
            Also("2.6", "the previous company is not told to stop personalisation either"),
            Also("2.7", "companies are not told to stop profiling either"),
        ),
    ),
    Violation(
        "2.5-first-country-for-ever",
        "2.5",
        "The country of registration determines the company, even after a move",
        Kind.STALE,
        {"share_policy": _FirstCountry},
        also=(Also("2.6", "data for personalised marketing also remains with the previous company"),),
    ),
    Violation(
        "2.5-no-return-to-former-company",
        "2.5",
        "After moving back, data is not shared with the original company",
        Kind.SECOND_TIME,
        {"share_policy": _NotBackAgain},
    ),
    Violation(
        "2.5-held-by-outbox",
        "2.5",
        "Companies whose last share is more than a month old are never told to stop",
        Kind.STALE,
        {"reconciler": _HeldByOutbox},
        also=tuple(
            Also(clause, _NOBODY_TOLD)
            for clause in (
                *("2.3", "2.6", "2.7", "2.8", "4.5", "7.4", "7.5", "7.6"),
                *("8.EU.6", "8.EU.7", "8.US.6", "8.US.8", "8.CA.4", "8.CA.18"),
            )
        ),
    ),
    Violation(
        "2.5-new-company-tried-once",
        "2.5",
        "A company that is unavailable at the time of a move never receives the data",
        Kind.RETRY,
        {"dispatcher": _NewCompanyTriedOnce},
    ),
    Violation(
        "2.5-overseas-elsewhere",
        "2.5",
        "Data from French Guiana and Martinique is shared with the company for the United States",
        Kind.WRONG_RESIDENCE,
        {"routing": _OverseasElsewhere},
    ),
)
