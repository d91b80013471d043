"""Mail that people write to the service."""

from __future__ import annotations

from harness.errors import TargetError
from harness.evidence.model import Channel, EvidenceKind
from harness.evidence.recorder import Recorder
from harness.stage.actor import Actor
from harness.stage.clock import Clock
from harness.stage.insistence import Insistence
from harness.stage.service import Service
from harness.target.letters import MailIntake, letter, mail_intake
from harness.target.mail_forms import Form, Writing, plain


class Desks:
    """The desks at which the target takes mail in: ``privacy``, ``support``, ``children``."""

    def __init__(self, service: Service, clock: Clock, evidence: Recorder) -> None:
        """The target is asked for its desks when somebody first writes."""
        self._service = service
        self._clock = clock
        self._evidence = evidence
        self._intake: MailIntake | None = None

    def write(self, actor: Actor, desk: str, subject: str, body: str, *, form: Form = plain, **headers: str) -> None:
        """Let a person write a mail to a desk of the target.

        Args:
            actor: Who writes, from their own address.
            desk: Whom to.
            subject: The subject.
            body: The text.
            form: How the mail program sends it.
            headers: Further ones, with underscores for hyphens.

        Raises:
            NotAssessed: The target takes no mail in.
            TargetError: It does not take this one, or has no such desk.
            RightDenied: The desk takes no mail for days, while everything else works.
        """
        refusal = self.try_write(actor, desk, subject, body, form=form, **headers)
        if refusal:
            raise TargetError(
                f"The target refuses a mail of {actor.label} to its desk {desk!r}: {refusal}.",
                cause="it takes the mail for something it is not",
                remedy="see Mail to the service in harness/contract/README.md",
            )

    def try_write(
        self,
        actor: Actor,
        desk: str,
        subject: str,
        body: str,
        *,
        sender: str = "",
        form: Form = plain,
        **headers: str,
    ) -> str:
        """As :meth:`write`, but returns a refusal instead of raising it; empty where the mail was taken.

        Args:
            actor: Who writes.
            desk: Whom to.
            subject: The subject.
            body: The text.
            sender: The person's address, spelled otherwise than the person gave it: in capitals, say.
            form: How the mail program sends it.
            headers: Further ones, with underscores for hyphens.
        """
        to = self._open().desks.get(desk)
        if to is None:
            raise TargetError(
                f"The target names no address of its desk {desk!r}.",
                cause="its mail intake is incomplete",
                remedy="see MailIntake in harness/contract/openapi.yaml",
            )
        sender = sender or actor.email
        writing = Writing(subject, body, actor.person.language)
        message = letter(sender=sender, name=actor.person.name, to=to, writing=writing, at=self._clock.now, form=form)
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        way = self._open().way
        insistence = Insistence(self._service, self._evidence)
        refusal = insistence.upon(
            "readMailIntake", actor.label, lambda: way.send(message, sender=sender, to=to), channel=Channel.MAIL
        )
        if not way.answers:
            # Put into a box, a mail is not answered: what lies there unread when the target is at rest was refused.
            self._service.settle()
            refusal = way.left_unread(message)
        outcome = f" (refused: {refusal})" if refusal else ""
        content = f"To: {to}\n\n{(form.__doc__ or '').splitlines()[0]}\n\n{body}"
        self._evidence.keep(EvidenceKind.MAIL, f"mail of {actor.label} to {desk}: {subject}{outcome}", content)
        return refusal

    def _open(self) -> MailIntake:
        if self._intake is None:
            self._intake = mail_intake(self._service.world)
            self._evidence.redact(self._intake.way.secret, "the mail intake's sign-in")
        return self._intake
