"""What the target publishes."""

from __future__ import annotations

from harness.people.residences import Residence, residence
from harness.stage.notice import Notice
from harness.stage.service import Service


class Notices:
    """The target's notices."""

    def __init__(self, service: Service) -> None:
        """The notices of a service."""
        self._service = service

    def read(self, topic: str, place: Residence | str, language: str = "en") -> Notice | None:
        """Read what people of a residence are told on a topic, without any sign-in; the exchange is evidence.

        Args:
            topic: As the contract names it: ``data-transfer``.
            place: Where somebody lives, or the name or code of the place.
            language: BCP 47; the target may give another, and then says so.

        Returns:
            The notice; None where there is none for that residence.

        Raises:
            TargetError: The answer is neither a notice nor 404.
        """
        home = residence(place) if isinstance(place, str) else place
        asked = {"country": home.country, "language": language}
        if home.subdivision:
            asked["subdivision"] = home.subdivision
        return Notice.of(self._service.call("readNotice", path={"topic": topic}, params=asked))
