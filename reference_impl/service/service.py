"""The use cases of one world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reference_impl.domain.age import AgeGate, AgeRegister
from reference_impl.domain.calendar import RetentionSchedule
from reference_impl.domain.consent import ConsentTexts
from reference_impl.domain.notices import Notices
from reference_impl.domain.recipients import Recipient
from reference_impl.domain.transfer import TransferRegister
from reference_impl.domain.upkeep import Leftover, Lifetime
from reference_impl.service.accounts import Accounts
from reference_impl.service.backoffice import BackOffice
from reference_impl.service.backups import Backups
from reference_impl.service.birthdates import Birthdates
from reference_impl.service.choices import ChoiceRequests
from reference_impl.service.clauses import ReadableSafeguards
from reference_impl.service.consents import ConsentService, Unsubscribe
from reference_impl.service.context import Context
from reference_impl.service.deletion import Deletions
from reference_impl.service.enquiries import Enquiries
from reference_impl.service.gpc import GpcRule
from reference_impl.service.guardians import Guardians
from reference_impl.service.holds import Holds
from reference_impl.service.intake import MailIntake
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Clock, Conflict, Storage, Unauthenticated, Wiring
from reference_impl.service.products import Products
from reference_impl.service.providers import ProviderSignIns
from reference_impl.service.records import Records
from reference_impl.service.registration import Registration
from reference_impl.service.rights import PrivacyRequests
from reference_impl.service.scheduler import Scheduler
from reference_impl.service.signin import SessionStore, SignIn
from reference_impl.service.transfers import Transfers


class SettableClock(Clock, Protocol):
    """A clock that an auditor can move forward."""

    def move(self, to: datetime) -> None:
        """Stand at that instant from now on."""


@dataclass(frozen=True, slots=True)
class Description:
    """What the service says about itself."""

    retention: RetentionSchedule
    lifetimes: Mapping[Leftover, Lifetime]
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True)
class Service:
    """Everything that one world can be asked to do."""

    context: Context
    clock: SettableClock
    description: Description
    storage: Storage
    registration: Registration
    sign_in: SignIn
    provider_sign_ins: ProviderSignIns
    sessions: SessionStore
    ages: AgeGate
    accounts: Accounts
    texts: ConsentTexts
    notices: Notices
    consents: ConsentService
    unsubscribe: Unsubscribe
    products: Products
    enquiries: Enquiries
    deletions: Deletions
    birthdates: Birthdates
    guardians: Guardians
    opt_outs: OptOuts
    gpc: GpcRule
    choices: ChoiceRequests
    holds: Holds
    backups: Backups
    rights: PrivacyRequests
    intake: MailIntake
    back_office: BackOffice
    readable_safeguards: ReadableSafeguards
    records: Records
    transfers: Transfers
    scheduler: Scheduler

    def receive_signal(self, token: str) -> None:
        """An opt-out preference signal came with a request that bears this access token; of nobody, it says nothing."""
        try:
            person_id = self.sign_in.identify(token).person_id
            with self.context.change(person_id) as tx:
                self.gpc.opt_out(tx, self.sessions.person(tx, token))
        except Unauthenticated:
            return

    def move_clock(self, to: datetime) -> datetime:
        """Move the time forward; what becomes due is then done.

        Raises:
            Conflict: The time has passed.
        """
        with self.context.turns.alone():
            if to < self.context.now():
                raise Conflict("clock-moves-forward-only", "The clock moves forward only")
            self.clock.move(to)
        self.scheduler.wake()
        return self.context.now()

    def wire(self, wiring: Wiring) -> None:
        """Configure where mail and deliveries are sent, as a whole."""
        with self.context.turns.alone():
            self.context.wiring = wiring
        self.scheduler.wake()

    def state_register(self, register: TransferRegister) -> None:
        """State the facts that transfers rest on; recipients that are not listed keep their country.

        Raises:
            Conflict: A recipient is listed that the service does not know.
        """
        known = self.context.register.countries
        if not register.countries.keys() <= known.keys():
            raise Conflict("recipient-unknown", "The register lists a recipient that is unknown to this service")
        with self.context.turns.alone():
            self.context.register = TransferRegister(
                {**known, **register.countries}, register.adequacy, register.safeguards
            )
        self.scheduler.wake()

    def state_ages(self, ages: AgeRegister) -> None:
        """State the age thresholds that the service applies from now on."""
        with self.context.turns.alone():
            self.ages.ages = ages

    def close(self) -> None:
        """Stop background work and release every handle."""
        self.scheduler.close()
        self.context.store.close()
