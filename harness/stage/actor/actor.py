"""A synthetic person who acts at the target."""

from __future__ import annotations

from collections.abc import Callable

from harness.evidence.recorder import Recorder
from harness.people.canaries import Canaries
from harness.people.person import Person
from harness.stage.actor.account import ShesAccount
from harness.stage.actor.apps import ProductApps
from harness.stage.actor.choices import PrivacyChoices
from harness.stage.actor.client import Client
from harness.stage.actor.consents import Consents
from harness.stage.actor.details import Details
from harness.stage.actor.links import Links
from harness.stage.actor.providers import Providers
from harness.stage.actor.requests import Requests
from harness.stage.actor.session import Session
from harness.stage.actor.sony import SonyAccount
from harness.stage.answers import done
from harness.stage.identity_providers import IdentityProviders
from harness.stage.insistence import Insistence
from harness.stage.mailbox import Mailbox
from harness.stage.scanner import LinkScanner
from harness.stage.service import Service
from harness.target.http import Answer


class Actor:
    """A person on the stage.

    Attributes:
        person: Who it is, made up by the harness.
        details: What the person states about themselves now.
        client: The person's browser.
        sony: The Sony account.
        session: Sign-ins with a password.
        providers: Sign-ins by an identity provider.
        account: The SHES account.
        consents: The person's consents.
        choices: The person's privacy choices.
        apps: The person's product apps.
        links: Links that the person follows.
        scanner: Programs that open the links in the person's mail.
        requests: What the person asks of the service.
    """

    def __init__(
        self,
        person: Person,
        service: Service,
        mailbox: Mailbox,
        identity_providers: IdentityProviders,
        evidence: Recorder,
    ) -> None:
        """A person whom the target does not know yet."""
        self.person = person
        self.details = Details(person.name, person.residence.country, person.postal_code, person.language)
        self.client = Client(service, person, self.details, Insistence(service, evidence))
        self.sony = SonyAccount(self.client, person, self.details, mailbox)
        self.session = Session(self.client, person, evidence)
        self.client.renew = self.session.sign_in
        self.providers = Providers(self.client, person, self.session, identity_providers, evidence)
        self.account = ShesAccount(self.client, person, self.details)
        self.consents = Consents(self.client, person, self.details)
        self.choices = PrivacyChoices(self.client)
        self.apps = ProductApps(self.client)
        self.links = Links(self.client)
        self.scanner = LinkScanner(service)
        self.requests = Requests(self.client, person, self.details, mailbox, self.scanner)

    @property
    def label(self) -> str:
        """What the scenario calls the person."""
        return self.person.label

    @property
    def email(self) -> str:
        """The address that the person uses everywhere."""
        return self.person.email

    @property
    def canaries(self) -> Canaries:
        """Values by which traces of the person are recognised."""
        return self.person.canaries

    def join(self, *, until: str = "account") -> None:
        """Come as far as having a SHES account, as the stage of a scenario.

        Args:
            until: ``registered``, ``verified``, ``signed in`` or ``account``.

        Raises:
            NotApplicable: The target does not serve the country.
            HarnessError: It does not let the person in.
        """
        actions: dict[str, Callable[[], Answer]] = {
            "registered": self.sony.register,
            "verified": self.sony.verify_email,
            "signed in": self.session.sign_in,
            "account": self.account.create,
        }
        for stage, action in actions.items():
            done(action(), f"{self.label}, on the way to: {stage}")
            if stage == until:
                return
