"""The browser, or another client, by which a person uses the target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.contract import operations
from harness.errors import TargetError
from harness.people.person import Person
from harness.stage.actor.details import Details
from harness.stage.answers import not_served
from harness.stage.insistence import Insistence
from harness.stage.service import Service
from harness.target.http import Answer


class Client:
    """Sends a person's requests.

    Attributes:
        token: The newest access token; None before the first sign-in.
        gpc: What it sends as ``Sec-GPC``; ``1`` is the opt-out preference signal, empty is none.
        browser: Headers that it sends with everything.
        renew: Signs the person in again.
        undeclared_members: What it sends with every body beside what the contract asks for.
        undeclared_parameters: What it sends in the query of every address beside what the contract asks for.
    """

    def __init__(self, service: Service, person: Person, details: Details, insistence: Insistence) -> None:
        """A client that is signed in nowhere."""
        self._insistence = insistence
        self.renew: Callable[[], Answer] | None = None
        self._name = person.label
        self.token: str | None = None
        self.gpc = ""
        self.browser = {"User-Agent": person.user_agent}
        self._came = {"X-Forwarded-For": person.ipv6}
        self._source = person.ipv4
        self.undeclared_members: dict[str, Any] = {}
        self.undeclared_parameters: dict[str, str] = {}
        self._service = service
        self._details = details

    @property
    def headers(self) -> dict[str, str]:
        """What it sends with each operation: language, browser, the person's network address and signal."""
        signal = {"Sec-GPC": self.gpc} if self.gpc else {}
        return {"Accept-Language": self._details.language, **self.browser, **self._came, **signal}

    def call(self, operation_id: str, *, signed_in: bool = True, token: str | None = None, **arguments: Any) -> Answer:
        """Call an operation of the contract.

        Args:
            operation_id: As the contract names it.
            signed_in: Send the newest token when no other is given.
            token: The token to send.
            arguments: See :meth:`harness.target.http.Http.call`.
        """
        newest = signed_in and token is None
        if "json" in arguments:
            arguments["json"] = {**self.undeclared_members, **arguments["json"]}
        if self.undeclared_parameters:
            arguments["params"] = {**self.undeclared_parameters, **arguments.get("params", {})}

        def attempt() -> Answer:
            return self._service.call(
                operation_id,
                token=self.token if newest else token,
                headers=self.headers,
                source=self._source,
                **arguments,
            )

        operation = operations()[operation_id]
        answer = (
            self.insist(operation_id, attempt, renew=self.renew if newest else None) if operation.right else attempt()
        )
        country = arguments.get("json", {}).get("country")
        if not_served(answer) and self._service.description.serves(country):
            raise TargetError(
                f"{operation_id}: the target refuses people from {country}, which it declares to serve.",
                cause="a group company has the country in its `residences`",
                remedy="see Terms in harness/contract/README.md",
            )
        return answer

    def insist(
        self, operation_id: str, attempt: Callable[[], Answer], *, renew: Callable[[], Answer] | None = None
    ) -> Answer:
        """Use a right. See :meth:`harness.stage.insistence.Insistence.upon`."""
        return self._insistence.upon(operation_id, self._name, attempt, renew=renew)

    def request(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send a request to an address that the target gave, with no header but those in ``arguments``."""
        return self._service.request(method, url, source=self._source, **arguments)

    def settle(self) -> None:
        """Wait until the target is at rest, so that the mail that is due has come."""
        self._service.settle()
