"""Deliveries to the recipients that the harness plays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from harness.errors import TargetError
from harness.evidence.model import EvidenceKind
from harness.evidence.recorder import Recorder
from harness.people.search import find_traces
from harness.stage.moment import Marker
from harness.stage.outside import Outside
from harness.stage.somebody import Somebody
from harness.target.discovery import Description, Recipient
from harness.world.company import Company
from harness.world.recipients import Arrival

MARKETING = "email-marketing"
ADVERTISING = "advertising"


class Recipients:
    """The recipients that the target declares, and what arrived at them in one scenario."""

    def __init__(self, outside: Outside, key: str, description: Description, evidence: Recorder) -> None:
        """``key`` is the scenario's own at the servers outside."""
        self._outside = outside
        self._server = outside.recipients
        self._key = key
        self._description = description
        self._evidence = evidence
        self._kept: dict[int, str] = {}
        self._companies: dict[str, Company] = {}
        self._subjects: dict[str, set[tuple[str, str]]] = {}
        self._about_others: dict[tuple[int, str], int] = {}

    def declared(self, recipient_id: str) -> Recipient:
        """A recipient that the target declares.

        Raises:
            TargetError: It declares none of that id.
        """
        for one in self._description.recipients:
            if one.id == recipient_id:
                return one
        raise TargetError(
            f"The target declares no recipient {recipient_id!r}.",
            cause="its service description is incomplete",
            remedy="see `recipients` in harness/contract/openapi.yaml",
        )

    def company(self, recipient_id: str) -> Company:
        """A group company, played by the harness."""
        if recipient_id not in self._companies:
            self._companies[recipient_id] = Company(
                recipient_id, self._key, recipients=self._server, mail=self._outside.mail
            )
        return self._companies[recipient_id]

    def take_down(self, recipient_id: str) -> None:
        """Let a recipient fail from now on: it answers every delivery with 503."""
        self._server.take_down(self._key, recipient_id)

    def bring_up(self, recipient_id: str) -> None:
        """Let a recipient work again."""
        self._server.bring_up(self._key, recipient_id)

    @contextmanager
    def held_up(self, somebody: Somebody) -> Iterator[None]:
        """While it lasts, no mail to a person and no delivery to anybody is taken: it has to wait at the target."""
        up = [one.id for one in self._description.recipients if self._server.is_up(self._key, one.id)]
        self._outside.mail.put_off(somebody.email)
        for recipient_id in up:
            self.take_down(recipient_id)
        try:
            yield
        finally:
            self._outside.mail.take_again(somebody.email)
            for recipient_id in up:
                self.bring_up(recipient_id)

    def arrivals(
        self,
        *,
        about: Somebody | None = None,
        purpose: str | None = None,
        recipient: str | None = None,
        kind: str | None = None,
        since: Marker | None = None,
        accepted: bool = True,
    ) -> list[Arrival]:
        """Deliveries that arrived, in order.

        Args:
            about: Only those that bear a trace of this person.
            purpose: Only those at endpoints of this purpose.
            recipient: Only those at this recipient.
            kind: ``share`` or ``withdraw``, as the delivery says.
            since: Only later ones.
            accepted: Leave out those that a recipient which was down has refused.
        """
        after = since.arrivals if since else 0
        everything = self._server.arrivals(self._key)
        if about is not None:
            # A withdraw bears the subject id alone, and that is learned from the share before it.
            for one in everything:
                self.is_about(one, about)
        return [
            one
            for one in everything
            if one.number > after
            and recipient in {None, one.recipient}
            and purpose in {None, one.purpose}
            and (one.accepted or not accepted)
            and (kind is None or one.kind == kind)
            and (about is None or self.is_about(one, about))
        ]

    def is_about(self, arrival: Arrival, somebody: Somebody) -> bool:
        """Whether a delivery bears a trace of a person, or the subject id of an earlier one to this recipient."""
        known = self._subjects.setdefault(somebody.label, set())
        subject = (arrival.recipient, arrival.subject_id or "")
        if subject in known:
            return True
        # Most deliveries name the address as it is; only the others are searched in earnest, and again for what has
        # been learned of the person since.
        place, values = (arrival.number, somebody.label), somebody.canaries
        learned = values.after(self._about_others.get(place, 0))
        if somebody.email.encode() not in arrival.body and not find_traces(arrival.body, learned):
            self._about_others[place] = len(values.all)
            return False
        if arrival.subject_id:
            known.add(subject)
            somebody.canaries.assigned("subject id", arrival.subject_id)
        return True

    def keep(self, arrivals: Iterable[Arrival]) -> list[str]:
        """Keep deliveries as evidence and answer with their ids."""
        for one in arrivals:
            if one.number not in self._kept:
                status = "accepted" if one.accepted else f"refused with {one.status}"
                self._kept[one.number] = self._evidence.keep(
                    EvidenceKind.DELIVERY,
                    f"delivery to {one.recipient} for {one.purpose}: {one.kind or 'unreadable'} ({status})",
                    one.body.decode("utf-8", errors="replace"),
                    "application/json",
                )
        return [self._kept[one.number] for one in arrivals]
