"""The parts of the service, and how one world is built of them.

To change a behaviour, replace one part by a subclass: ``dataclasses.replace(Parts(), age_gate=MyGate)``.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from starlette.types import ASGIApp

from reference_impl.domain.age import AgeGate
from reference_impl.domain.calendar import RetentionRule
from reference_impl.domain.consent import ConsentTexts, ConsequenceTexts
from reference_impl.domain.facts import Facts, load_facts
from reference_impl.domain.notices import Notices
from reference_impl.domain.recipients import RecipientRouting
from reference_impl.domain.residence import ResidenceRule
from reference_impl.domain.transfer import SafeguardsRule, TransferRegister
from reference_impl.domain.upkeep import LIFETIMES
from reference_impl.http.app import create_app
from reference_impl.http.assurance import Worlds
from reference_impl.inbound.smtp import SmtpServer
from reference_impl.outbound.courier import HttpCourier
from reference_impl.outbound.postman import SmtpPostman
from reference_impl.outbound.providers import OpenIdConnect
from reference_impl.outbound.vault import S3Vault
from reference_impl.service.accounts import Accounts
from reference_impl.service.backoffice import BackOffice
from reference_impl.service.backups import Backups
from reference_impl.service.birthdates import Birthdates
from reference_impl.service.children_desk import ChildrenDesk
from reference_impl.service.choices import ChoiceRequests
from reference_impl.service.clauses import ReadableSafeguards
from reference_impl.service.consents import ConsentService, Unsubscribe
from reference_impl.service.context import Context
from reference_impl.service.deletion import Deletions
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.enquiries import Enquiries, SupportDesk
from reference_impl.service.gpc import GpcRule
from reference_impl.service.guardians import Guardians
from reference_impl.service.holds import HoldKeeper, Holds
from reference_impl.service.intake import Clerk, MailIntake
from reference_impl.service.mailer import Mailer
from reference_impl.service.minors import Minors
from reference_impl.service.optouts import OptOuts
from reference_impl.service.outbox import Outbox, RetryPolicy
from reference_impl.service.passwords import Passwords, WorldPasswords
from reference_impl.service.ports import Courier, IdentityProviders, Postman, Randomness, Vault, Wiring
from reference_impl.service.privacy_desk import PrivacyDesk
from reference_impl.service.products import Products
from reference_impl.service.providers import ProviderSignIns
from reference_impl.service.purge import (
    JournalPurger,
    LedgerPurger,
    LogPurger,
    OutboxPurger,
    PeoplePurger,
    Purge,
    Purger,
)
from reference_impl.service.records import Records
from reference_impl.service.refusals import Refusals
from reference_impl.service.registration import Registration
from reference_impl.service.rights import PrivacyRequests
from reference_impl.service.scheduler import Scheduler, Workers
from reference_impl.service.service import Description, Service
from reference_impl.service.sharing import Reconciler, SharePolicy
from reference_impl.service.signin import SessionStore, SignIn
from reference_impl.service.told import ToldNotices
from reference_impl.service.transfers import Transfers
from reference_impl.service.upkeep import Upkeep
from reference_impl.store.database import Database
from reference_impl.store.logs import LogFiles
from reference_impl.store.places import Places

MAIL_DOMAIN = "shes.example"
"""The mail domain of the service at the process's own address; worlds use subdomains."""


class WorldClock:
    """A clock that stands at a given time until it is moved; without one it follows the computer's clock."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now

    @property
    def runs(self) -> bool:
        """Whether time passes by itself."""
        return self._now is None

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return self._now or datetime.now(UTC)

    def move(self, to: datetime) -> None:
        """Stand at that instant from now on."""
        self._now = to


class SystemRandomness:
    """From the operating system."""

    def token(self) -> str:
        """256 random bits, safe in a URL."""
        return secrets.token_urlsafe(32)

    def identifier(self, prefix: str) -> str:
        """A random identifier that begins with the prefix; 128 bits."""
        return f"{prefix}_{secrets.token_hex(16)}"


@cache
def state_of_zip(digits: str) -> str | None:
    """The two letters that an address with this ZIP code has; for an unused one, those of its first three digits."""
    import zipcodes

    found = zipcodes.matching(digits) or zipcodes.similar_to(digits[:3])  # type: ignore[no-untyped-call]
    states = Counter(entry["state"] for entry in found)
    return states.most_common(1)[0][0] if states else None


class Application(Protocol):
    """Makes the application that requests reach first."""

    def __call__(self, root: Service, worlds: Worlds, *, assurance_api: bool, assurance_token: str | None) -> ASGIApp:
        """As :func:`~reference_impl.http.app.create_app`."""


@dataclass(frozen=True)
class Parts:
    """What the service is made of. Classes are called with what they need; see :func:`build`."""

    facts: Callable[[], Facts] = load_facts
    randomness: type[Randomness] = SystemRandomness
    secure_delete: bool = True

    age_gate: type[AgeGate] = AgeGate
    residence: type[ResidenceRule] = ResidenceRule
    routing: type[RecipientRouting] = RecipientRouting
    safeguards: type[SafeguardsRule] = SafeguardsRule
    retention: type[RetentionRule] = RetentionRule
    consent_texts: type[ConsentTexts] = ConsentTexts
    consequences: type[ConsequenceTexts] = ConsequenceTexts
    notices: type[Notices] = Notices

    minors: type[Minors] = Minors
    passwords: type[Passwords] = Passwords
    world_passwords: type[Passwords] = WorldPasswords
    outbox: type[Outbox] = Outbox
    retry: type[RetryPolicy] = RetryPolicy
    mailer: type[Mailer] = Mailer
    share_policy: type[SharePolicy] = SharePolicy
    reconciler: type[Reconciler] = Reconciler
    dispatcher: type[Dispatcher] = Dispatcher
    refusals: type[Refusals] = Refusals
    told: type[ToldNotices] = ToldNotices
    registration: type[Registration] = Registration
    sessions: type[SessionStore] = SessionStore
    sign_in: type[SignIn] = SignIn
    provider_sign_ins: type[ProviderSignIns] = ProviderSignIns
    opt_outs: type[OptOuts] = OptOuts
    gpc: type[GpcRule] = GpcRule
    accounts: type[Accounts] = Accounts
    consents: type[ConsentService] = ConsentService
    unsubscribe: type[Unsubscribe] = Unsubscribe
    products: type[Products] = Products
    enquiries: type[Enquiries] = Enquiries
    support_desk: type[SupportDesk] = SupportDesk
    children_desk: type[ChildrenDesk] = ChildrenDesk
    deletions: type[Deletions] = Deletions
    birthdates: type[Birthdates] = Birthdates
    guardians: type[Guardians] = Guardians
    rights: type[PrivacyRequests] = PrivacyRequests
    back_office: type[BackOffice] = BackOffice
    readable_safeguards: type[ReadableSafeguards] = ReadableSafeguards
    people_purger: type[PeoplePurger] = PeoplePurger
    ledger_purger: type[LedgerPurger] = LedgerPurger
    outbox_purger: type[OutboxPurger] = OutboxPurger
    log_purger: type[LogPurger] = LogPurger
    journal_purger: type[JournalPurger] = JournalPurger
    purge: type[Purge] = Purge
    choices: type[ChoiceRequests] = ChoiceRequests
    privacy_desk: type[PrivacyDesk] = PrivacyDesk
    intake: type[MailIntake] = MailIntake
    holds: type[Holds] = Holds
    hold_keeper: type[HoldKeeper] = HoldKeeper
    upkeep: type[Upkeep] = Upkeep
    backups: type[Backups] = Backups
    records: type[Records] = Records
    transfers: type[Transfers] = Transfers
    scheduler: type[Scheduler] = Scheduler

    log: type[LogFiles] = LogFiles
    courier: Callable[[], Courier] = HttpCourier
    postman: Callable[[], Postman] = SmtpPostman
    vault: Callable[[], Vault] = S3Vault
    identity_providers: Callable[[], IdentityProviders] = OpenIdConnect
    mail_server: Callable[[], SmtpServer] = SmtpServer
    application: Application = create_app


@dataclass(frozen=True)
class Shared:
    """What all worlds of a process have in common."""

    parts: Parts
    facts: Facts
    workers: Workers
    passwords: Passwords
    world_passwords: Passwords
    courier: Courier
    postman: Postman
    vault: Vault
    identity_providers: IdentityProviders
    mail_server: SmtpServer

    @classmethod
    def of(cls, parts: Parts) -> Shared:
        """Make it once for a process."""
        return cls(
            parts,
            parts.facts(),
            Workers(),
            parts.passwords(),
            parts.world_passwords(),
            parts.courier(),
            parts.postman(),
            parts.vault(),
            parts.identity_providers(),
            parts.mail_server(),
        )


@dataclass
class World:
    """One service with its own data, clock and wiring.

    Attributes:
        id: Its name in the address; empty for the service at the process's own address.
        folder: Where its data is stored.
    """

    id: str
    folder: Path
    clock: WorldClock
    service: Service
    places: Places
    log: LogFiles
    no_more_mail: Callable[[], None]
    wiring: Wiring = field(default_factory=Wiring)

    def close(self) -> None:
        """Stop it and release every handle."""
        self.no_more_mail()
        self.service.close()
        self.log.close()


def build(
    shared: Shared,
    *,
    world_id: str,
    folder: Path,
    database: Path,
    logs: Path,
    clock: WorldClock,
    base_url: str,
    wiring: Wiring,
    secret: bytes,
    durable: bool,
) -> World:
    """Build one world of the parts.

    Args:
        shared: What it has in common with all others.
        world_id: Its name.
        folder: Where its data is stored.
        database: A migrated database file.
        logs: Folder of its log.
        clock: Its time.
        base_url: Its address, absolute, without a slash at its end.
        wiring: Where mail and deliveries go.
        secret: Key for digests of what is kept only to be recognised.
        durable: Whether its data must survive a loss of power.
    """
    parts, facts = shared.parts, shared.facts
    store = Database(database, secure_delete=parts.secure_delete, durable=durable)
    log = parts.log(logs, clock)
    context = Context(
        clock=clock,
        randomness=parts.randomness(),
        store=store,
        log=log,
        facts=facts,
        base_url=base_url,
        wiring=wiring,
        register=TransferRegister(facts.register.countries, facts.register.adequacy, facts.register.safeguards),
        secret=secret,
    )

    gate = parts.age_gate(facts.ages, facts.childrens_law, facts.zones)
    residences = parts.residence(state_of_zip, facts.states, facts.provinces)
    routing = parts.routing(facts.recipients)
    safeguards = parts.safeguards(facts.eea)
    retention = parts.retention()
    texts = parts.consent_texts(facts.consent_texts)

    passwords = shared.world_passwords if world_id else shared.passwords
    notices = parts.notices(facts.notices, facts.eea)
    told = parts.told(context, notices)

    outbox = parts.outbox(context)
    minors = parts.minors(context, gate)
    policy = parts.share_policy(context, routing, minors)
    reconciler = parts.reconciler(policy, outbox)
    sessions = parts.sessions(context)
    opt_outs = parts.opt_outs(context, reconciler)
    gpc = parts.gpc(context, opt_outs)
    consents = parts.consents(context, texts, parts.consequences(facts.consequences), reconciler, minors)
    deletions = parts.deletions(context, sessions, consents, reconciler, retention)
    refusals = parts.refusals(context)
    sign_in = parts.sign_in(context, passwords, sessions, gpc)
    dispatcher = parts.dispatcher(
        context, policy, safeguards, parts.retry(), parts.mailer(context), shared.courier, shared.postman
    )
    holds = parts.holds(context)
    # What must stay is set apart first; the rows that others point to go last.
    purgers: list[Purger] = [
        parts.hold_keeper(context, holds),
        parts.log_purger(context),
        parts.ledger_purger(context),
        parts.outbox_purger(context),
        parts.people_purger(context),
    ]
    purge = parts.purge(context, purgers, parts.journal_purger(context))
    upkeep = parts.upkeep(context, purge, holds)
    backups = parts.backups(context, shared.vault, purge, deletions, consents, opt_outs, holds, reconciler)
    scheduler = parts.scheduler(context, shared.workers, dispatcher, purge, upkeep, refusals, backups)
    store.on_work = scheduler.wake
    domain = f"{world_id}.{MAIL_DOMAIN}" if world_id else MAIL_DOMAIN
    choices = parts.choices(context, outbox, opt_outs, consents, reconciler)
    enquiries = parts.enquiries(context, outbox)
    guardians = parts.guardians(context, outbox, refusals, deletions, reconciler)
    # The clerk that takes every remaining mail comes last.
    clerks: list[Clerk] = [
        parts.privacy_desk(choices),
        parts.children_desk(guardians),
        parts.support_desk(enquiries),
    ]
    intake = parts.intake(context, shared.mail_server, domain, clerks)
    shared.mail_server.open(domain, intake.receive)
    places = Places(store, log)
    service = Service(
        context=context,
        clock=clock,
        description=Description(retention.schedule, LIFETIMES, routing.recipients),
        storage=places,
        registration=parts.registration(context, gate, refusals, passwords, outbox, told),
        sign_in=sign_in,
        provider_sign_ins=parts.provider_sign_ins(context, shared.identity_providers, refusals, sign_in),
        sessions=sessions,
        ages=gate,
        accounts=parts.accounts(context, gate, residences, reconciler, told),
        texts=texts,
        notices=notices,
        consents=consents,
        unsubscribe=parts.unsubscribe(context, consents),
        products=parts.products(context, reconciler, minors),
        enquiries=enquiries,
        deletions=deletions,
        guardians=guardians,
        birthdates=parts.birthdates(context, gate, minors, refusals, consents, deletions, reconciler),
        opt_outs=opt_outs,
        gpc=gpc,
        choices=choices,
        holds=holds,
        backups=backups,
        rights=parts.rights(context, outbox, deletions),
        intake=intake,
        back_office=parts.back_office(context),
        readable_safeguards=parts.readable_safeguards(context),
        records=parts.records(context),
        transfers=parts.transfers(context, routing),
        scheduler=scheduler,
    )
    return World(world_id, folder, clock, service, places, log, lambda: shared.mail_server.close(domain))
