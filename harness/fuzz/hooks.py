"""What Schemathesis loads in its own process: somebody signs up, so that operations behind sign-in are tested too."""

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
    """A person with an account, signed up again whenever the token is dead: after a deletion, say."""

    def get(self, case: Case[Any], context: AuthContext) -> str:
        """Sign somebody up and answer with the access token."""
        http, description, outside = _backstage()
        # Taken as a target without worlds, the world under test is wired anew each time: what is tested unwires it.
        stage = Stage(http, description, outside, PeopleFactory(f"fuzz {next(_numbers)}"))
        person = stage.cast.add("Femke", "the Netherlands")
        try:
            person.join()
        except HarnessError as error:
            print(f"Nobody could sign up. {error}", file=sys.stderr)  # Schemathesis keeps the reason to itself
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
    # Both servers end with this process, whose only purpose is the test.
    outside = Outside(MailServer().__enter__(), RecipientServer().__enter__())
    needed = {Capability.WIRING, Capability.SETTLE}
    return in_the_world, replace(description, capabilities=description.capabilities & needed), outside
