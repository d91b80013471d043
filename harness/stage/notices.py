"""What the target publishes."""

from __future__ import annotations

from harness.people.residences import Residence, residence
from harness.stage.notice import Notice
from harness.stage.service import Service
from harness.target.http import Answer


class Notices:
    """The target's notices."""

    def __init__(self, service: Service) -> None:
        """The notices of a service."""
        self._service = service

    def ask(self, topic: str, place: Residence | str, language: str = "en") -> Answer:
        """Ask, without any sign-in, for the notice on a topic for people of a residence. See :meth:`read`."""
        home = residence(place) if isinstance(place, str) else place
        asked = {"country": home.country, "language": language}
        if home.subdivision:
            asked["subdivision"] = home.subdivision
        return self._service.call("readNotice", path={"topic": topic}, params=asked)

    def read(self, topic: str, place: Residence | str, language: str = "en") -> Notice | None:
        """Read the notice on a topic for people of a residence, without any sign-in; the exchange is evidence.

        Args:
            topic: As the contract names it: ``data-transfer``.
            place: Where somebody lives, or the name or code of the place.
            language: BCP 47; the target may give another, and then says so.

        Returns:
            The notice; None where there is none for that residence.

        Raises:
            TargetError: The answer is neither a notice nor 404.
        """
        return Notice.of(self.ask(topic, place, language))
