"""Who holds what about a person, and who may (clauses 2.3, 2.5 to 2.8, 7.6, 8.CA.5, 8.CA.18)."""

from __future__ import annotations

from typing import Any

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import (
    Account,
    ConsentEntry,
    Disclosure,
    GuardianReport,
    MessageKind,
    MessageState,
    Person,
    ProductApp,
    UnsubscribeLink,
)
from reference_impl.domain.instants import render
from reference_impl.domain.recipients import Purpose, RecipientRouting
from reference_impl.domain.residence import Residence
from reference_impl.service.context import Context, digest
from reference_impl.service.minors import Minors
from reference_impl.service.outbox import Outbox
from reference_impl.service.ports import Transaction


def running_consents(tx: Transaction, person_id: str, purpose: ConsentPurpose) -> list[ConsentEntry]:
    """The consents to a purpose that have not ended, oldest first."""
    return tx.all(ConsentEntry, person_id=person_id, purpose=purpose, withdrawn_at=None)


CONSENTS = {
    Purpose.EMAIL_MARKETING: ConsentPurpose.EMAIL_MARKETING,
    Purpose.PERSONALISATION: ConsentPurpose.PERSONALISATION,
    Purpose.PROFILING: ConsentPurpose.PROFILING,
}
"""The consent that a share for a purpose rests on."""


class SharePolicy:
    """Who may hold data about a person, and what a share holds."""

    def __init__(self, context: Context, routing: RecipientRouting, minors: Minors) -> None:
        self._context = context
        self._routing = routing
        self._minors = minors

    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        """Those who may hold data about the person for the purpose, as things stand."""
        if person.closed_at or account.closed_at or not self._minors.shareable(person, account, purpose):
            return ()
        if self.suspended(tx, person) or not self.permitted(tx, person, account, purpose):
            return ()
        return self._routing.for_residence(purpose, Residence(account.country, account.subdivision))

    def suspended(self, tx: Transaction, person: Person) -> bool:
        """Whether a report about the person waits to be looked at (7.5)."""
        return tx.one(GuardianReport, person_id=person.person_id) is not None

    def permitted(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> bool:
        """Whether anything about the person may be shared for the purpose at all."""
        match purpose:
            case Purpose.EMAIL_MARKETING:
                return bool(running_consents(tx, person.person_id, ConsentPurpose.EMAIL_MARKETING))
            case Purpose.PERSONALISATION:
                return self.personalises(tx, person)
            case Purpose.PROFILING:
                return self.profiles(tx, person, account)
            case Purpose.ADVERTISING:
                return person.opted_out_at is None
            case Purpose.SALE:
                return False

    def personalises(self, tx: Transaction, person: Person) -> bool:
        """Whether marketing may be personalised: there is marketing, a consent to this, and an app that allows it."""
        return (
            bool(running_consents(tx, person.person_id, ConsentPurpose.EMAIL_MARKETING))
            and bool(running_consents(tx, person.person_id, ConsentPurpose.PERSONALISATION))
            and any(app.personalisation for app in self.apps(tx, person))
        )

    def profiles(self, tx: Transaction, person: Person, account: Account) -> bool:
        """Whether a profile may be built: there is marketing, a consent given in an app, and a My Sony ID."""
        given = running_consents(tx, person.person_id, ConsentPurpose.PROFILING)
        return (
            bool(running_consents(tx, person.person_id, ConsentPurpose.EMAIL_MARKETING))
            and any(consent.product_app for consent in given)
            and account.my_sony_id_at is not None
        )

    def apps(self, tx: Transaction, person: Person) -> list[ProductApp]:
        """The person's product apps, the one that was connected first first."""
        return tx.all(ProductApp, person_id=person.person_id)

    def usage(self, tx: Transaction, person: Person) -> list[dict[str, str]]:
        """How the person uses products, as far as each app allows it to be shared."""
        return [
            usage
            for app in self.apps(tx, person)
            if app.personalisation
            for usage in app.usage
            if usage["category"] in app.categories
        ]

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        """What a share says, beside who it goes to."""
        body: dict[str, Any] = {"subject": self.subject(person, account)}
        if purpose in CONSENTS:
            consent = running_consents(tx, person.person_id, CONSENTS[purpose])[-1]
            body["basis"] = {
                "kind": "consent",
                "text_version": consent.text_version,
                "given_at": render(consent.given_at),
            }
        else:
            body["basis"] = {"kind": "not-opted-out"}
        if purpose is Purpose.PERSONALISATION:
            body["product_usage"] = self.usage(tx, person)
        if purpose is Purpose.EMAIL_MARKETING:
            token = self.token(tx, person)
            tx.add(UnsubscribeLink(token_hash=digest(token), person_id=person.person_id))
            body["unsubscribe_url"] = f"{self._context.base_url}/v1/unsubscribe/{token}"
        return body

    def token(self, tx: Transaction, person: Person) -> str:
        """What identifies the person in a new link to unsubscribe. It is random."""
        return self._context.randomness.token()

    def subject(self, person: Person, account: Account) -> dict[str, str]:
        """The data about the person that a recipient gets: what the policy names, and nothing of how they sign in."""
        return {
            "email": person.email,
            "display_name": account.display_name,
            "country": account.country,
            "postal_code": account.postal_code,
            "language": person.language,
        }


class Reconciler:
    """Brings what recipients hold into line with what they may hold, by messages in the outbox."""

    def __init__(self, policy: SharePolicy, outbox: Outbox) -> None:
        self._policy = policy
        self._outbox = outbox

    def reconcile(
        self, tx: Transaction, person: Person, account: Account, *, changed: tuple[Purpose, ...] = ()
    ) -> None:
        """Withdraw from those who may no longer hold data, and share what changed with those who may.

        Args:
            tx: The transaction of the change that made this necessary.
            person: Whom it is about.
            account: The person's SHES account.
            changed: Purposes for which those who may hold data get a share now.
        """
        for purpose in Purpose:
            entitled = self._policy.recipients(tx, person, account, purpose)
            ledger = tx.all(Disclosure, person_id=person.person_id, purpose=purpose)
            for recipient in sorted({entry.recipient for entry in ledger} - set(entitled)):
                own = [entry for entry in ledger if entry.recipient == recipient]
                self.take_back(tx, own)
                if self.may_hold(own):
                    self._outbox.delivery(tx, person.person_id, recipient, purpose, MessageKind.WITHDRAW, {})
            for recipient in entitled:
                own = [entry for entry in ledger if entry.recipient == recipient]
                if purpose in changed:
                    self.take_back(tx, own)
                    content = self._policy.content(tx, person, account, purpose)
                    self._outbox.delivery(tx, person.person_id, recipient, purpose, MessageKind.SHARE, content)

    def take_back(self, tx: Transaction, ledger: list[Disclosure]) -> None:
        """Cancel the shares that have not been delivered."""
        for entry in ledger:
            if entry.kind is MessageKind.SHARE and entry.state in (MessageState.PENDING, MessageState.HELD):
                self._outbox.cancel(tx, entry)

    def may_hold(self, ledger: list[Disclosure]) -> bool:
        """Whether the recipient may have seen a share that no withdrawal has followed."""
        return any(entry.exposed for entry in self._since_withdrawal(ledger))

    def _since_withdrawal(self, ledger: list[Disclosure]) -> list[Disclosure]:
        shares: list[Disclosure] = []
        for entry in ledger:
            if entry.kind is MessageKind.SHARE:
                shares.append(entry)
            elif entry.state is not MessageState.CANCELLED:
                shares.clear()
        return shares
