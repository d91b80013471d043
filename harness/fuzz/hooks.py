"""Hooks that Schemathesis loads in its own process: a person signs up, to test operations that require sign-in."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

import schemathesis
from schemathesis import AuthContext, Case

from harness.contract import Capability
from harness.errors import HarnessError
from harness.fuzz import BASE_URL, PROFILE
from harness.people.person import PeopleFactory
from harness.stage import Outside, Stage
from harness.target.discovery import Description, discover
from harness.target.http import Http
from harness.target.profile import Profile
from harness.world.mailbox import MailServer
from harness.world.recipients import RecipientServer

_numbers = count(1)


@schemathesis.auth().apply_to(path_regex=r"^/v1/(sony-account$|shes-account)")
class SignedUp:
    """A person with an account, who signs up again when the token is invalid, such as after a deletion."""

    def get(self, case: Case[Any], context: AuthContext) -> str:
        """Sign a person up and return the access token."""
        http, description, outside = _backstage()
        # Treated as a target without worlds, the world under test is wired each time, because tests change its wiring.
        stage = Stage(http, description, outside, PeopleFactory(f"fuzz {next(_numbers)}"))
        person = stage.cast.add("Femke", "the Netherlands")
        try:
            person.join()
        except HarnessError as error:
            print(f"Sign-up failed. {error}", file=sys.stderr)  # Schemathesis does not show the reason
            raise
        return person.client.token or ""

    def set(self, case: Case[Any], data: str, context: AuthContext) -> None:
        """Send the token with a request."""
        case.headers["Authorization"] = f"Bearer {data}"


@cache
def _backstage() -> tuple[Http, Description, Outside]:
    profile = Profile.model_validate_json(os.environ[PROFILE])
    description = discover(Http(profile))
    in_the_world = Http(profile.model_copy(update={"url": os.environ[BASE_URL]}))
    # Both servers end with this process, which exists only for the test.
    outside = Outside(MailServer().__enter__(), RecipientServer().__enter__())
    needed = {Capability.WIRING, Capability.SETTLE}
    return in_the_world, replace(description, capabilities=description.capabilities & needed), outside
