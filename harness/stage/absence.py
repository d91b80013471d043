"""Checks that deliveries did not arrive."""

from __future__ import annotations

from collections.abc import Sequence

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.evidence.recorder import Recorder
from harness.stage.moment import Moment
from harness.stage.recipients import Recipients
from harness.stage.service import Service
from harness.stage.somebody import Somebody
from harness.world.recipients import Arrival


class Absence:
    """Silence, which counts only behind a barrier and beside a control."""

    def __init__(self, service: Service, recipients: Recipients, moment: Moment, evidence: Recorder) -> None:
        """Absence at these recipients."""
        self._service = service
        self._recipients = recipients
        self._moment = moment
        self._evidence = evidence

    def check_about(
        self,
        claim: str,
        about: Somebody,
        *,
        purpose: str,
        channel: Channel = Channel.OUTBOUND,
        kind: str | None = None,
    ) -> None:
        """Check that nothing about a person has arrived since the last When, behind a barrier and beside a control.

        Raises:
            HarnessError: Nothing arrived about anybody: without a control, silence proves nothing.
            PromiseBroken: Something did.
        """
        self._service.settle()
        since, arrivals, is_about = self._moment.since, self._recipients.arrivals, self._recipients.is_about
        # Whatever is about the person is looked at, at every recipient and endpoint; the control is for this purpose.
        later = arrivals(since=since, purpose=purpose, accepted=False)
        about_person = [
            one
            for one in arrivals(about=about, since=since, kind=kind, accepted=False)
            if one.purpose == purpose or one.recipient in {r.recipient for r in later}
        ]
        control = [one for one in later if one.accepted and not is_about(one, about)]
        self.check(claim, about_person, control, channel=channel)

    def check(
        self,
        claim: str,
        forbidden: Sequence[Arrival],
        control: Sequence[Arrival],
        *,
        channel: Channel = Channel.OUTBOUND,
    ) -> None:
        """Check that deliveries that must not arrive did not, while others did.

        Args:
            claim: What is checked.
            forbidden: Those that arrived although they must not.
            control: Others, which show that the target delivers and that we see it.
            channel: As what it counts.

        Raises:
            HarnessError: Nothing arrived at all: without a control, silence proves nothing.
            PromiseBroken: Something forbidden did.
        """
        if not forbidden and not control:
            raise HarnessError(
                f"No control delivery arrived, so it proves nothing that {claim}.",
                cause="the target does not deliver at all, or not to where it was wired",
                remedy="look at the deliveries in the evidence; the scenario's control person must cause one",
            )
        evidence = self._recipients.keep([*control, *forbidden])
        found = "; ".join(f"{one.recipient} received a {one.kind} for {one.purpose}" for one in forbidden)
        self._evidence.check(channel, claim, not forbidden, detail=f"{found}.", evidence=evidence)
