"""Giving and ending consents (clauses 2.3, 2.6 to 2.8, 7.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from reference_impl.domain.consent import ConsentPurpose, ConsentTexts, Consequences, ConsequenceTexts, WithdrawnBy
from reference_impl.domain.entities import Account, ConsentEntry, Person, UnsubscribeLink
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import open_account
from reference_impl.service.context import Context, digest
from reference_impl.service.minors import Minors
from reference_impl.service.ports import Conflict, NotThere, Transaction
from reference_impl.service.sharing import Reconciler, running_consents


@dataclass(frozen=True, slots=True)
class ConsentState:
    """The state of one consent of a person."""

    purpose: ConsentPurpose
    given: bool
    text_version: str | None = None
    language: str | None = None
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None
    consequences: Consequences | None = None


AFFECTED = {
    ConsentPurpose.EMAIL_MARKETING: (Purpose.EMAIL_MARKETING, Purpose.PERSONALISATION, Purpose.PROFILING),
    ConsentPurpose.PERSONALISATION: (Purpose.PERSONALISATION,),
    ConsentPurpose.PROFILING: (Purpose.PROFILING,),
}
"""What may be shared by a new consent: without marketing there is nothing to personalise."""


class ConsentService:
    """Manages consents one at a time; none is implied by another, or by the account."""

    def __init__(
        self,
        context: Context,
        texts: ConsentTexts,
        consequences: ConsequenceTexts,
        reconciler: Reconciler,
        minors: Minors,
    ) -> None:
        self._context = context
        self._texts = texts
        self._consequences = consequences
        self._reconciler = reconciler
        self._minors = minors

    def states(self, person_id: str) -> list[ConsentState]:
        """Every consent of the person, one entry a purpose.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.store.transaction() as tx:
            open_account(tx, person_id)
            return [self.state(tx, person_id, purpose) for purpose in ConsentPurpose]

    def state(self, tx: Transaction, person_id: str, purpose: ConsentPurpose) -> ConsentState:
        """The state of one consent. After a move that makes the person a minor, the consent is suspended: not given."""
        entries = tx.all(ConsentEntry, person_id=person_id, purpose=purpose)
        if not entries:
            return ConsentState(purpose, given=False)
        last = entries[-1]
        given = last.withdrawn_at is None and not self.rests(tx, person_id)
        return ConsentState(purpose, given, last.text_version, last.language, last.given_at, last.withdrawn_at)

    def rests(self, tx: Transaction, person_id: str) -> bool:
        """Whether nothing that the person consented to is done, because a minor cannot consent."""
        person, account = open_account(tx, person_id)
        return self._minors.is_minor(person, account)

    def give(
        self,
        person_id: str,
        purpose: ConsentPurpose,
        text_version: str,
        language: str,
        product_app: str | None = None,
    ) -> ConsentState:
        """Record a consent to this purpose; saying again what holds already changes nothing.

        Args:
            person_id: Who consents.
            purpose: To what.
            text_version: Version of the text that was shown.
            language: Its language.
            product_app: The product app in which it was shown, if in one.

        Raises:
            Conflict: The text was never published in that language.
            NotThere: No SHES account.
            Refused: A minor.
        """
        if not self._texts.published(purpose, text_version, language):
            raise Conflict("text-version-unknown", "The text does not exist in this language")
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            self._minors.check_consent(person, account)
            running = running_consents(tx, person_id, purpose)
            said = (text_version, language, product_app or (running[-1].product_app if running else None))
            if not running or (running[-1].text_version, running[-1].language, running[-1].product_app) != said:
                self.record(tx, account, purpose, *said)
                self.took_effect(tx, person, account, purpose)
            return self.state(tx, person_id, purpose)

    def record(
        self,
        tx: Transaction,
        account: Account,
        purpose: ConsentPurpose,
        text_version: str,
        language: str,
        product_app: str | None,
    ) -> None:
        """Enter a consent into the ledger."""
        tx.add(
            ConsentEntry(
                person_id=account.person_id,
                account_id=account.account_id,
                purpose=purpose,
                text_version=text_version,
                language=language,
                given_at=self._context.now(),
                product_app=product_app,
            )
        )

    def took_effect(self, tx: Transaction, person: Person, account: Account, purpose: ConsentPurpose) -> None:
        """Act on a consent that has just been recorded."""
        self._reconciler.reconcile(tx, person, account, changed=AFFECTED[purpose])

    def withdraw(self, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> ConsentState:
        """End the consent to this purpose, where it was given, and tell what that means (clause 8.QC.6).

        Raises:
            NotThere: No SHES account.
        """
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            self.end(tx, person_id, purpose, by)
            self._reconciler.reconcile(tx, person, account)
            consequences = self._consequences.of(purpose, person.language)
            return replace(self.state(tx, person_id, purpose), consequences=consequences)

    def end(self, tx: Transaction, person_id: str, purpose: ConsentPurpose, by: WithdrawnBy) -> None:
        """Enter the end of every running consent to the purpose into the ledger."""
        for entry in running_consents(tx, person_id, purpose):
            entry.withdrawn_at = self._context.now()
            entry.withdrawn_by = by
        if purpose is ConsentPurpose.EMAIL_MARKETING:
            for link in tx.all(UnsubscribeLink, person_id=person_id, ended_at=None):
                link.ended_at = self._context.now()


class Unsubscribe:
    """The link in the mails of the group company (RFC 8058). Looking at it changes nothing."""

    def __init__(self, context: Context, consents: ConsentService) -> None:
        self._context = context
        self._consents = consents

    def look(self, token: str) -> None:
        """A person or a link scanner opens the link.

        Raises:
            NotThere: No such link, or it has expired.
        """
        self.person_id(token)

    def unsubscribe(self, token: str) -> None:
        """End the consent that the link stands for; doing it again is fine, also when the account is closed.

        Raises:
            NotThere: No such link, or it has expired.
        """
        person_id = self.person_id(token)
        try:
            self._consents.withdraw(person_id, ConsentPurpose.EMAIL_MARKETING, WithdrawnBy.ONE_CLICK)
        except NotThere:
            # The account is closed, and its consents ended with it.
            return

    def person_id(self, token: str) -> str:
        """The person that the link belongs to."""
        with self._context.store.transaction() as tx:
            link = tx.one(UnsubscribeLink, token_hash=digest(token))
            if link is None:
                raise NotThere("This link is not valid or has expired")
            return link.person_id
