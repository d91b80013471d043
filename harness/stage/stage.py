"""The stage of one scenario: one world at the target, and everybody and everything around it."""

from __future__ import annotations

import secrets
from typing import TypeVar

from harness.evidence.recorder import Recorder
from harness.people.person import PeopleFactory
from harness.stage.cast import Cast
from harness.stage.clock import Clock
from harness.stage.desks import Desks
from harness.stage.identity_providers import IdentityProviders
from harness.stage.mailbox import Mailbox
from harness.stage.moment import Moment
from harness.stage.notices import Notices
from harness.stage.object_storage import ObjectStorage
from harness.stage.opening import opening
from harness.stage.outside import Outside
from harness.stage.recipients import Recipients
from harness.stage.service import Service
from harness.stage.storage import Storage
from harness.stage.wiring import Wiring
from harness.target.discovery import Description
from harness.target.http import Http

Part = TypeVar("Part")


class Stage:
    """Everything a scenario has.

    Attributes:
        evidence: Where evidence and checks are recorded.
        service: The world at the target.
        clock: The world's time.
        moment: The last thing that happened, with what arrived since.
        cast: The people.
        mailbox: Mails that people received.
        desks: Mail that people write to the service.
        recipients: Deliveries to the recipients that the harness plays.
        storage: People's traces in stored bytes.
        object_storage: The bucket for backups.
        notices: What the target publishes.
        identity_providers: The providers that people sign in by.
    """

    def __init__(self, http: Http, description: Description, outside: Outside, people: PeopleFactory) -> None:
        """Set an empty stage; the world is opened when it is first needed."""
        key = secrets.token_urlsafe(12)
        self.evidence = Recorder()
        self.service = Service(
            http, description, Wiring(outside, key, description), self.evidence, opening(people.seed)
        )
        self.clock = Clock(self.service)
        self.moment = Moment(outside, key)
        self.mailbox = Mailbox(outside.mail, self.evidence)
        self.desks = Desks(self.service, self.clock, self.evidence)
        self.recipients = Recipients(outside, key, description, self.evidence)
        self.storage = Storage(self.service, self.evidence)
        self.object_storage = ObjectStorage(outside.buckets, self.service)
        self.notices = Notices(self.service)
        self.identity_providers = IdentityProviders(outside.issuers, key, self.service, self.clock, self.evidence)
        self.cast = Cast(people, self.service, self.mailbox, self.identity_providers, self.evidence)
        self._parts: dict[type, object] = {type(one): one for one in vars(self).values()}

    def part(self, kind: type[Part]) -> Part:
        """A part of the stage by its type, or the scenario's memory of a type that is none: made once, empty.

        Args:
            kind: The class of a part, or a class without parameters that remembers what steps tell each other.
        """
        if kind not in self._parts:
            self._parts[kind] = kind()
        found = self._parts[kind]
        assert isinstance(found, kind)  # kept under its own type
        return found
