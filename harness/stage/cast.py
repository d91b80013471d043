"""The people of a scenario."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from harness.errors import HarnessError
from harness.evidence.recorder import Recorder
from harness.people.person import NameShape, PeopleFactory, Person
from harness.people.residences import Residence
from harness.stage.actor import Actor
from harness.stage.identity_providers import IdentityProviders
from harness.stage.mailbox import Mailbox
from harness.stage.service import Service

_SHAPES = (NameShape.USUAL, NameShape.USUAL, NameShape.LONG, NameShape.RIGHT_TO_LEFT)


class Cast:
    """Everybody on the stage."""

    def __init__(
        self,
        factory: PeopleFactory,
        service: Service,
        mailbox: Mailbox,
        identity_providers: IdentityProviders,
        evidence: Recorder,
    ) -> None:
        """Nobody is on the stage yet."""
        self._factory = factory
        self._service = service
        self._mailbox = mailbox
        self._identity_providers = identity_providers
        self._evidence = evidence
        self._people: dict[str, Actor] = {}

    @property
    def everyone(self) -> tuple[Actor, ...]:
        """All people whom sentences can name, in the order in which they came."""
        return tuple(self._people.values())

    def person(self, label: str) -> Actor:
        """A person by name.

        Raises:
            HarnessError: Nobody of that name is on the stage: the scenario forgot to introduce them.
        """
        try:
            return self._people[label]
        except KeyError:
            raise HarnessError(
                f"Nobody called {label} is on the stage.",
                cause="the scenario does not introduce them",
                remedy=f"begin with a line such as: Given {label} lives in the Netherlands",
            ) from None

    def add(self, label: str, residence: Residence | str, **wishes: Any) -> Actor:
        """Put a person on the stage. ``wishes`` go to :meth:`harness.people.person.PeopleFactory.person`.

        The shape of the name is drawn from the scenario's seed, so every request is made by people with long names and
        with names written from right to left too.
        """
        shape = random.Random(f"{self._factory.seed}\x1f{label}\x1fname shape").choice(_SHAPES)
        return self._enter(self._factory.person(label, residence, **{"name_shape": shape, **wishes}))

    def add_twin(self, label: str, of: Actor, **difference: Any) -> Actor:
        """Put a twin on the stage: alike, but for one thing."""
        return self._enter(self._factory.twin(of.person, label, **difference))

    def add_second_account(self, label: str, of: Actor, *, plus_address: bool = False) -> Actor:
        """Put a person on the stage once more, as the holder of a second account of the person.

        Everything typed is the same but for the password and the address; that is another one, or the first one with
        a plus and a word.
        """
        person = self._factory.twin(of.person, label)
        if plus_address:
            local_part, _, domain = of.email.partition("@")
            person = replace(person, email=person.canaries.made_up("email", f"{local_part}+{label.lower()}@{domain}"))
        actor = self._enter(person)
        actor.details.display_name = of.details.display_name
        return actor

    def add_unnamed(self, label: str, residence: Residence | str) -> Actor:
        """Make a person whom no sentence names: one of many, of whom :attr:`everyone` knows nothing."""
        return self._actor(self._factory.person(label, residence))

    def _enter(self, person: Person) -> Actor:
        self._people[person.label] = actor = self._actor(person)
        return actor

    def _actor(self, person: Person) -> Actor:
        self._evidence.redact(person.password, f"{person.label}'s password")
        return Actor(person, self._service, self._mailbox, self._identity_providers, self._evidence)
