"""The stage of one scenario: one world at the target, and everybody and everything around it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from harness.contract import Capability, operations
from harness.errors import HarnessError, TargetError
from harness.evidence.model import Channel, EvidenceKind, Tier
from harness.evidence.recorder import Recorder
from harness.people.person import PeopleFactory
from harness.people.residences import Residence, residence
from harness.people.search import Trace, find_traces
from harness.stage.actor import Actor, done, missing
from harness.stage.notice import Notice
from harness.target.discovery import Description, Recipient
from harness.target.http import Answer, Http
from harness.target.letters import MailIntake, letter, mail_intake
from harness.target.world import StoredPart, World, beginning, open_world, require
from harness.world.bucket import BucketServer
from harness.world.company import Company
from harness.world.issuers import PROVIDERS, IssuerServer, ProviderAccount
from harness.world.mailbox import MailServer, ReceivedMail
from harness.world.recipients import Arrival, RecipientServer

OPENING = datetime(2026, 3, 16, 10, 17, 23, tzinfo=UTC)
"""The time it is in a scenario that says no other: a Monday morning, and no full hour, which a ledger may round to."""

MARKETING = "email-marketing"
ADVERTISING = "advertising"

DATABASE = frozenset({"database", "journal"})
"""Kinds of storage places that make up a database: what was written last may lie in its journal alone."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The world outside: servers that the target's mails and deliveries go to."""

    mail: MailServer
    recipients: RecipientServer
    buckets: BucketServer = field(default_factory=BucketServer)
    issuers: IssuerServer = field(default_factory=IssuerServer)


@dataclass(frozen=True, slots=True)
class Marker:
    """A moment in a scenario: what arrived later has a greater number."""

    arrivals: int = 0
    mails: int = 0


class Stage:
    """Everything a scenario has.

    Attributes:
        description: What the target is and can do.
        recorder: Where evidence goes.
        people: The people on the stage by what the scenario calls them.
        now: The time it is in the world, as the harness last set it.
        stood: When its clock stood before.
        ages: The ages that the target goes by in this world, as ``AgeRegister`` of the contract.
        since: The moment of the last thing that happened (the last When).
    """

    def __init__(self, http: Http, description: Description, outside: Outside, people: PeopleFactory) -> None:
        """Set an empty stage; the world is opened when it is first needed."""
        self.description = description
        self.recorder = Recorder()
        self.people: dict[str, Actor] = {}
        self.now = beginning(http, description, OPENING)
        self.stood: set[datetime] = set()
        self.ages = {name: list(description.declared.get(name, ())) for name in ("age_thresholds", "majority_ages")}
        self.since = Marker()
        self._http = http
        self._outside = outside
        self._factory = people
        self._key = secrets.token_urlsafe(12)
        self._world: World | None = None
        self._kept: dict[int, str] = {}
        self._kept_mails: dict[int, str] = {}
        self._shown: dict[str, set[str]] = {}
        self._subjects: dict[str, set[tuple[str, str]]] = {}
        self._about_others: set[tuple[int, str, int]] = set()
        self._bucket = ""
        # What the target is wired to besides, once a scenario needs it.
        self._more_wiring: dict[str, Any] = {}
        self._companies: dict[str, Company] = {}
        self._mails_before = outside.mail.count()
        self._used_codes: set[str] = set()
        self._intake: MailIntake | None = None
        http.observer = self.recorder.exchange
        self.recorder.redact(http.token or "", "the assurance API's token")

    # -- people ---------------------------------------------------------------------------------------------------

    def add(self, label: str, residence: Residence | str, **wishes: Any) -> Actor:
        """Put a person on the stage. ``wishes`` go to :meth:`harness.people.person.PeopleFactory.person`."""
        return self._enter(Actor(self, self._factory.person(label, residence, **wishes)))

    def add_twin(self, label: str, of: Actor, **difference: Any) -> Actor:
        """Put a twin on the stage: alike, but for one thing."""
        return self._enter(Actor(self, self._factory.twin(of.person, label, **difference)))

    def add_second_account(self, label: str, of: Actor, *, plus_address: bool = False) -> Actor:
        """Put a person on the stage once more, as whoever has the person's second account.

        Everything typed is the same but for the password and the address; that is another one, or the first one with
        a plus and a word.
        """
        person = self._factory.twin(of.person, label)
        if plus_address:
            local_part, _, domain = of.person.email.partition("@")
            person = replace(person, email=person.canaries.made_up("email", f"{local_part}+{label.lower()}@{domain}"))
        actor = self._enter(Actor(self, person))
        actor.display_name = of.display_name
        return actor

    def actor(self, label: str) -> Actor:
        """A person by name.

        Raises:
            HarnessError: Nobody of that name is on the stage: the scenario forgot to introduce them.
        """
        try:
            return self.people[label]
        except KeyError:
            raise HarnessError(
                f"Nobody called {label} is on the stage.",
                cause="the scenario does not introduce them",
                remedy=f"begin with a line such as: Given {label}, who lives in the Netherlands",
            ) from None

    def _enter(self, actor: Actor) -> Actor:
        self.people[actor.label] = actor
        self.recorder.redact(actor.person.password, f"{actor.label}'s password")
        return actor

    # -- the world at the target ------------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        """The world at the target, opened on first use."""
        if self._world is None:
            self._world = open_world(
                self._http,
                self.description,
                now=self.now,
                wiring=self._wiring(),
                trace_id=secrets.token_hex(16),
            )
        return self._world

    def request(self, method: str, url: str, **arguments: Any) -> Answer:
        """Send a request to an address that the target gave, without any sign-in."""
        return self._http.request(method, url, trace_id=self.world.trace_id, **arguments)

    def begin_at(self, moment: datetime) -> None:
        """Say what time it is. Before anything has happened the world is opened at this time."""
        if self._world is None:
            self.now = moment
        else:
            self.move_to(moment)

    def move_to(self, moment: datetime) -> None:
        """Move the world's time forward, and let the target do what has become due."""
        self.stood.add(self.now)
        self.now = moment
        self.world.set_clock(moment)
        self.settle()

    def settle(self) -> None:
        """Wait until the target is at rest: the barrier before anything may be said to be absent."""
        self.world.settle()

    def close(self) -> None:
        """Take the stage down."""
        if self._world is not None:
            self._world.close()

    def _wiring(self) -> dict[str, Any]:
        return {
            "mail": {"host": self._outside.mail.host, "port": self._outside.mail.port},
            "endpoints": [
                {
                    "recipient": recipient.id,
                    "purpose": purpose,
                    "url": self._outside.recipients.endpoint(self._key, recipient.id, purpose),
                }
                for recipient in self.description.recipients
                for purpose in sorted(recipient.purposes)
            ],
            **self._more_wiring,
        }

    # -- what the target publishes ------------------------------------------------------------------------------------

    def notice(self, topic: str, place: Residence | str, language: str = "en") -> Notice | None:
        """What people of a residence are told on a topic, read without any sign-in; its exchange is evidence.

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
        return Notice.of(self.world.call("readNotice", path={"topic": topic}, params=asked))

    def wire_object_storage(self) -> None:
        """Give the target a bucket for its backups.

        Raises:
            NotAssessed: It makes none.
        """
        require(self.description, Capability.BACKUPS)
        self._bucket = f"shes-{secrets.token_hex(8)}"
        self._wire_besides("object storage", object_storage=self._outside.buckets.open(self._bucket))

    def bucket(self) -> dict[str, bytes]:
        """Every object in the target's bucket, by name."""
        return self._outside.buckets.objects(self._bucket)

    def _wire_besides(self, what: str, **more: Any) -> None:
        self._more_wiring.update(more)
        done(self.world.call("wire", json=self._wiring()), f"the target is wired to {what}")

    # -- identity providers -----------------------------------------------------------------------------------------

    def wire_identity_providers(self) -> None:
        """Register the target with every provider, all played by the harness; a second time changes nothing.

        Raises:
            NotApplicable: Nobody can sign in to it by a provider.
        """
        require(self.description, Capability.IDENTITY_PROVIDERS)
        if "identity_providers" not in self._more_wiring:
            callback = self.world.base_url + operations()["endProviderSignIn"].path
            wired = [
                self._outside.issuers.open(self._key, provider, redirect_uri=callback, now=self._wall_or_world)
                for provider in PROVIDERS
            ]
            for one in wired:
                self.recorder.redact(one["client_secret"], f"the target's secret with {one['provider']}")
            self._wire_besides("identity providers", identity_providers=wired)

    def _wall_or_world(self) -> datetime:
        return self.now if Capability.CLOCK in self.description.capabilities else datetime.now(UTC)

    def sign_up_at(self, provider: str, account: ProviderAccount) -> str:
        """Give somebody an account at a provider; answered is what their browser is known by there."""
        return self._outside.issuers.sign_up(self._key, provider, account)

    def agree_at_provider(self, url: str, session: str) -> str:
        """See :meth:`harness.world.issuers.IssuerServer.agree`."""
        return self._outside.issuers.agree(url, session)

    def given_by_provider(self, provider: str, account: ProviderAccount) -> list[str]:
        """Codes and tokens about somebody that a provider has given out."""
        return self._outside.issuers.given(self._key, provider, account)

    def asked_of_provider(self, provider: str) -> list[dict[str, str]]:
        """The parameters of every request for authorization that came to a provider, in order."""
        return self._outside.issuers.asked(self._key, provider)

    # -- the world outside ------------------------------------------------------------------------------------------

    def mark(self) -> None:
        """Remember this moment: what arrives from now on is later."""
        arrivals = self._outside.recipients.arrivals(self._key)
        self.since = Marker(arrivals=max((one.number for one in arrivals), default=0), mails=self._outside.mail.count())

    def recipient(self, recipient_id: str) -> Recipient:
        """A recipient that the target declares.

        Raises:
            TargetError: It declares none of that id.
        """
        for one in self.description.recipients:
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
                recipient_id, self._key, recipients=self._outside.recipients, mail=self._outside.mail
            )
        return self._companies[recipient_id]

    def take_down(self, recipient_id: str) -> None:
        """Let a recipient fail from now on: it answers every delivery with 503."""
        self._outside.recipients.take_down(self._key, recipient_id)

    def bring_up(self, recipient_id: str) -> None:
        """Let a recipient work again."""
        self._outside.recipients.bring_up(self._key, recipient_id)

    @contextmanager
    def held_up(self, actor: Actor) -> Iterator[None]:
        """While it lasts, no mail to a person and no delivery to anybody is taken: it has to wait at the target."""
        up = [one.id for one in self.description.recipients if self._outside.recipients.is_up(self._key, one.id)]
        self._outside.mail.put_off(actor.person.email)
        for recipient_id in up:
            self.take_down(recipient_id)
        try:
            yield
        finally:
            self._outside.mail.take_again(actor.person.email)
            for recipient_id in up:
                self.bring_up(recipient_id)

    def arrivals(
        self,
        *,
        about: Actor | None = None,
        purpose: str | None = None,
        recipient: str | None = None,
        kind: str | None = None,
        since: Marker | None = None,
        accepted: bool = True,
    ) -> list[Arrival]:
        """Deliveries that arrived at the recipients the harness plays, in order.

        Args:
            about: Only those that bear a trace of this person.
            purpose: Only those at endpoints of this purpose.
            recipient: Only those at this recipient.
            kind: ``share`` or ``withdraw``, as the delivery says.
            since: Only later ones.
            accepted: Leave out those that a recipient which was down has refused.
        """
        after = since.arrivals if since else 0
        everything = self._outside.recipients.arrivals(self._key)
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

    def is_about(self, arrival: Arrival, actor: Actor) -> bool:
        """Whether a delivery bears a trace of a person, or the subject id of an earlier one to this recipient."""
        known = self._subjects.setdefault(actor.label, set())
        subject = (arrival.recipient, arrival.subject_id or "")
        if subject in known:
            return True
        # Most deliveries name the address as it is; only the others are searched in earnest, and again when more is
        # known of the person.
        searched = (arrival.number, actor.label, len(actor.person.canaries.all))
        if searched in self._about_others:
            return False
        if actor.person.email.encode() not in arrival.body and not find_traces(arrival.body, actor.person.canaries):
            self._about_others.add(searched)
            return False
        if arrival.subject_id:
            known.add(subject)
            actor.person.canaries.assigned("subject id", arrival.subject_id)
        return True

    def keep_arrivals(self, arrivals: Iterable[Arrival]) -> list[str]:
        """Keep deliveries as evidence and answer with their ids."""
        for one in arrivals:
            if one.number not in self._kept:
                status = "accepted" if one.accepted else f"refused with {one.status}"
                self._kept[one.number] = self.recorder.keep(
                    EvidenceKind.DELIVERY,
                    f"delivery to {one.recipient} for {one.purpose}: {one.kind or 'unreadable'} ({status})",
                    one.body.decode("utf-8", errors="replace"),
                    "application/json",
                )
        return [self._kept[one.number] for one in arrivals]

    def nothing_arrived(
        self, claim: str, about: Actor, *, purpose: str, channel: Channel = Channel.OUTBOUND, kind: str | None = None
    ) -> None:
        """Check that nothing about a person has arrived since the last mark, behind a barrier and beside a control.

        Raises:
            HarnessError: Nothing arrived about anybody: without a control, silence proves nothing.
            PromiseBroken: Something did.
        """
        self.settle()
        # Whatever is about the person is looked at, at every recipient and endpoint; the control is for this purpose.
        later = self.arrivals(since=self.since, purpose=purpose, accepted=False)
        about_person = [
            one
            for one in self.arrivals(about=about, since=self.since, kind=kind, accepted=False)
            if one.purpose == purpose or one.recipient in {r.recipient for r in later}
        ]
        control = [one for one in later if one.accepted and not self.is_about(one, about)]
        self.check_absence(claim, about_person, control, channel=channel)

    def check_absence(
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
        evidence = self.keep_arrivals([*control, *forbidden])
        found = "; ".join(f"{one.recipient} received a {one.kind} for {one.purpose}" for one in forbidden)
        self.recorder.check(channel, claim, not forbidden, detail=f"{found}.", evidence=evidence)

    # -- mail ---------------------------------------------------------------------------------------------------------

    def mails(self, actor: Actor, *, since: Marker | None = None) -> list[ReceivedMail]:
        """Mails in a person's inbox, the oldest first; each is kept as evidence."""
        after = since.mails if since else self._mails_before
        found = [one for one in self._outside.mail.mail_for(actor.person.email) if one.number > after]
        for one in found:
            if one.number not in self._kept_mails:
                self._kept_mails[one.number] = self.recorder.keep(
                    EvidenceKind.MAIL,
                    f"mail to {actor.label}: {one.subject}",
                    _readable(one),
                )
        return found

    def mail_evidence(self, mails: Iterable[ReceivedMail]) -> list[str]:
        """Ids of the evidence for mails that :meth:`mails` found."""
        return [self._kept_mails[one.number] for one in mails]

    def any_mail_since(self, since: Marker) -> bool:
        """Whether any mail at all reached the mailbox since a moment: the control for an empty inbox."""
        return self._outside.mail.count() > since.mails

    def newest_code(self, actor: Actor) -> str:
        """The code in the newest mail to a person that has one not used yet.

        Raises:
            TargetError: No such mail came.
        """
        for mail in reversed(self.mails(actor)):
            if mail.code and mail.code not in self._used_codes:
                self._used_codes.add(mail.code)
                actor.person.canaries.assigned("code", mail.code)
                self.recorder.redact(mail.code, f"{actor.label}'s code")
                return mail.code
        raise missing(f"A mail with a code for {actor.label}")

    def write_mail(self, actor: Actor, desk: str, subject: str, body: str, **headers: str) -> None:
        """Let a person write a mail to a desk of the target (``privacy``, ``support``, ``children``).

        Args:
            actor: Who writes, from their own address.
            desk: Whom to.
            subject: The subject.
            body: The text.
            headers: Further ones, with underscores for hyphens.

        Raises:
            NotAssessed: The target takes no mail in.
            TargetError: It does not take this one, or has no such desk.
        """
        refusal = self.try_mail(actor, desk, subject, body, **headers)
        if refusal:
            raise TargetError(
                f"The target refuses a mail of {actor.label} to its desk {desk!r}: {refusal}.",
                cause="it takes the mail for something it is not",
                remedy="see Mail to the service in harness/contract/README.md",
            )

    def try_mail(self, actor: Actor, desk: str, subject: str, body: str, *, sender: str = "", **headers: str) -> str:
        """As :meth:`write_mail`, but a refusal is answered and not raised; empty where the mail was taken.

        Whoever writes their own address otherwise than they gave it, in capitals for one, says so as ``sender``.
        Where mail is put into a box nobody answers: what lies there unread when the target is at rest was refused.
        """
        if self._intake is None:
            self._intake = mail_intake(self.world)
            self.recorder.redact(self._intake.way.secret, "the mail intake's sign-in")
        if desk not in self._intake.desks:
            raise TargetError(
                f"The target names no address of its desk {desk!r}.",
                cause="its mail intake is incomplete",
                remedy="see MailIntake in harness/contract/openapi.yaml",
            )
        person, to = actor.person, self._intake.desks[desk]
        sender = sender or person.email
        message = letter(sender=sender, name=person.name, to=to, subject=subject, text=body, at=self.now)
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        way = self._intake.way
        refusal = way.send(message, sender=sender, to=to)
        if not way.answers:
            self.settle()
            refusal = way.left_unread(message)
        outcome = f" (refused: {refusal})" if refusal else ""
        content = f"To: {to}\n\n{body}"
        self.recorder.keep(EvidenceKind.MAIL, f"mail of {actor.label} to {desk}: {subject}{outcome}", content)
        return refusal

    # -- storage ------------------------------------------------------------------------------------------------------

    def traces(self, actor: Actor, parts: Iterable[StoredPart] | None = None) -> dict[str, list[Trace]]:
        """A person's traces in the stored bytes of the target, by place. Places that show some are remembered."""
        found: dict[str, list[Trace]] = {}
        for part in parts if parts is not None else self.world.storage():
            traces = find_traces(part.content, actor.person.canaries)
            if traces:
                found.setdefault(part.place, []).extend(traces)
        self._shown.setdefault(actor.label, set()).update(found)
        return found

    def shown(self, actor: Actor) -> frozenset[str]:
        """Places that have shown a trace of a person so far."""
        return frozenset(self._shown.get(actor.label, ()))

    def keep_storage(self, actor: Actor, parts: Iterable[StoredPart], found: dict[str, list[Trace]]) -> str:
        """Keep what a look into storage showed of one person, place by place."""
        sizes: dict[str, int] = {}
        for part in parts:
            sizes[part.place] = sizes.get(part.place, 0) + len(part.content)
        lines = []
        for place, size in sizes.items():
            kinds = sorted({f"{trace.kind} ({trace.encoding})" for trace in found.get(place, ())})
            lines.append(f"{place}: {size} bytes; {', '.join(kinds) or 'no trace'}")
        return self.recorder.keep(EvidenceKind.STORAGE, f"storage, searched for {actor.label}", "\n".join(lines))

    def gone_from_storage(self, claim: str, actor: Actor, *, control: Actor | None = None) -> None:
        """Check that no stored byte bears a trace of a person.

        Args:
            claim: What should be.
            actor: Whose traces are searched for.
            control: Somebody whose data must be there now. Without one, a database must have shown the person before.

        Raises:
            HarnessError: No database ever showed anything, so its being clean proves nothing.
            PromiseBroken: There is a trace.
        """
        self.settle()
        parts = self.world.storage()
        shown_before = self.shown(actor)
        found = self.traces(actor, parts)
        evidence = [self.keep_storage(actor, parts, found)]
        databases = {part.place for part in parts if part.kind in DATABASE}
        alive = databases & set(self.traces(control, parts)) if control else databases & shown_before
        if not alive and not found:
            raise HarnessError(
                f"No database of the target has shown {control.label if control else actor.label}, "
                "so its being clean proves nothing.",
                cause="the storage places are incomplete, or what they show is not where the data is",
                remedy="see GET /assurance/v1/storage in harness/contract/README.md",
            )
        if control is None:
            self._observe_unproven(parts, shown_before)
        where = "; ".join(
            f"{place} shows {', '.join(sorted({trace.kind for trace in traces}))}" for place, traces in found.items()
        )
        self.recorder.check(Channel.STORAGE, claim, not found, detail=f"{where}.", evidence=evidence)

    def _observe_unproven(self, parts: Iterable[StoredPart], shown: frozenset[str]) -> None:
        marker = self.world.trace_id.encode()
        for place in sorted({part.place for part in parts if part.content} - shown):
            if not any(marker in part.content for part in parts if part.place == place):
                self.recorder.observe(f"storage place {place} never showed the person; it is not counted as clean")

    # -- checks -------------------------------------------------------------------------------------------------------

    def check(
        self,
        channel: Channel,
        claim: str,
        passed: bool,
        *,
        detail: str = "",
        evidence: Iterable[str] = (),
        tier: Tier = Tier.OBSERVED,
    ) -> None:
        """See :meth:`harness.evidence.recorder.Recorder.check`."""
        self.recorder.check(channel, claim, passed, detail=detail, evidence=evidence, tier=tier)


def _readable(mail: ReceivedMail) -> str:
    """A mail with all of it decoded: in an encoded one neither an auditor nor the redaction could read anything."""
    # Parsing a header takes long, and most have nothing to decode.
    headers = [f"{name}: {mail.message[name] if '=?' in value else value}" for name, value in mail.message.raw_items()]
    return "\n\n".join(part for part in ("\n".join(headers), mail.text, mail.html) if part)
