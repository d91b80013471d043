"""Mail to a target by each way that the contract knows, against real servers."""

from __future__ import annotations

import imaplib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from jsonschema import Draft202012Validator

from harness import contract
from harness.contract import Capability
from harness.errors import TargetError
from harness.people.person import PeopleFactory
from harness.stage import Outside, Stage
from harness.target.discovery import Description
from harness.target.http import Http
from harness.target.letters import letter, mail_intake
from harness.target.mail_forms import Writing
from harness.target.profile import Profile
from harness.target.ways import ImapBox, MailWay, Smtp, Webhook, way_of
from harness.target.world import World
from harness.world.mailbox import MailServer
from harness.world.recipients import RecipientServer
from tests.served import QuietHandler, served

SENDER, DESK = "greta@example.org", "children@desk.example"
USER, PASSWORD = 'de"sk', "pass word\\"
AUTHORIZATION = "Basic ZGVzazpzZWNyZXQ="


def mail(sender: str = SENDER) -> EmailMessage:
    at = datetime(2026, 3, 16, 10, tzinfo=UTC)
    writing = Writing("Enfants – à l’aide", "Où ?\n.\nLà.", "fr")
    return letter(sender=sender, name="Gréta", to=DESK, writing=writing, at=at)


@dataclass
class Taken:
    """What arrived: the envelope, the message, the same as a mail program reads it, and what the sender is called."""

    sender: str
    to: str
    raw: bytes
    message: Message
    host: str


@dataclass
class Target:
    """A target's servers. ``answer`` is what they answer, as far as they can; ``settling`` is done by ``settle``."""

    answer: str = ""
    settling: Callable[[], object] = lambda: None
    taken: list[Taken] = field(default_factory=list)
    posts: list[Any] = field(default_factory=list)
    way: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    address: str = DESK

    def take(self, sender: str, to: str, raw: bytes, host: str = "") -> None:
        self.taken.append(Taken(sender, to, raw, message_from_bytes(raw, policy=policy.default), host))

    def world(self) -> World:
        offers = frozenset({Capability.MAIL_INTAKE, Capability.SETTLE})
        says = Description("a target", "1.0.0", offers, 6, "UTC", None, (), {})  # type: ignore[arg-type]
        return World(Http(Profile(url=self.url or "http://127.0.0.1:1")), says, self.url, None, "0" * 32)

    def send(self, message: EmailMessage | None = None) -> str:
        way = way_of([self.way], self.world())
        return way.send(message or mail(), sender=SENDER, to=DESK)


@pytest.fixture
def smtp() -> Iterator[Target]:
    target = Target("250 Taken")

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            if target.answer.startswith("2"):
                target.take(envelope.mail_from, *envelope.rcpt_tos, envelope.content, session.host_name)
            return target.answer

    with socket.create_server(("127.0.0.1", 0)) as free:
        target.way = {"host": "127.0.0.1", "port": free.getsockname()[1]}
    server = Controller(Handler(), hostname="127.0.0.1", port=target.way["port"], enable_SMTPUTF8=True)
    server.start()
    yield target
    server.stop()


@pytest.fixture
def webhook() -> Iterator[Target]:
    """It also settles, and says that mail comes in by its ``way``."""
    target = Target("204")

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            self.answer(200, {**target.way, "desks": [{"desk": "children", "address": target.address}]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.endswith("/settle"):
                target.settling()
                self.answer(200, {"settled": True})
                return
            target.posts.append(self.headers)
            if target.answer.startswith("2"):
                target.take(self.headers["SHES-Envelope-Sender"], self.headers["SHES-Envelope-Recipient"], body)
            self.answer(int(target.answer), {"detail": "no such desk"})

        def answer(self, status: int, body: dict[str, Any]) -> None:
            content = b"" if status == 204 else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with served(Handler) as url:
        target.url = url
        target.way = {"kind": "webhook", "url": f"{target.url}/mail", "authorization": AUTHORIZATION}
        yield target


class Box(Target):
    """An IMAP box, and how its owner looks into it."""

    def owner(self) -> imaplib.IMAP4:
        box = imaplib.IMAP4(self.way["host"], self.way["port"], timeout=5)
        box.login('"de\\"sk"', PASSWORD)
        box.select("INBOX")
        return box

    def read_all(self) -> list[Message]:
        with self.owner() as box:
            (numbers,) = box.search(None, "ALL")[1]
            raw = [box.fetch(number, "(RFC822)")[1][0][1] for number in numbers.decode().split()]
            return [message_from_bytes(one, policy=policy.default) for one in raw]

    def throw_away(self) -> None:
        with self.owner() as box:
            box.store("1:*", "+FLAGS", r"\Deleted")
            box.expunge()


@pytest.fixture
def imap() -> Iterator[Box]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "from pymap.main import main; main()"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict"]
    signs_in = ["--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen([*program, *options, *signs_in], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
                break
            except OSError:
                time.sleep(0.05)
        yield Box(way={"kind": "imap", "host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD})
    finally:
        process.terminate()
        process.wait(10)


def is_the_mail(message: Message) -> bool:
    assert isinstance(message, EmailMessage)
    said = message.get_content().replace("\r\n", "\n")
    return (message["Subject"], said) == ("Enfants – à l’aide", "Où ?\n.\nLà.\n")


@pytest.mark.parametrize("way", ["smtp", "webhook"])
def test_a_mail_arrives_whole_with_its_envelope(way: str, request: pytest.FixtureRequest) -> None:
    target: Target = request.getfixturevalue(way)

    assert target.send() == ""
    (taken,) = target.taken
    assert (taken.sender, taken.to) == (SENDER, DESK)
    assert is_the_mail(taken.message)


def test_nothing_tells_that_an_auditor_writes(smtp: Target) -> None:
    smtp.send()
    (taken,) = smtp.taken

    assert taken.host == "example.org"
    assert mail("greta@bücher.example")["Message-ID"].endswith("@xn--bcher-kva.example>")


def test_a_webhook_gets_what_the_contract_says(webhook: Target) -> None:
    webhook.way["url"] += "?tenant=7"
    way = way_of([webhook.way], webhook.world())
    way.send(mail(), sender="gréta@bücher.example", to=DESK)

    (headers,) = webhook.posts
    assert headers["Content-Type"] == "message/rfc822"
    assert headers["Authorization"] == AUTHORIZATION
    assert headers["SHES-Envelope-Sender"] == "gr%C3%A9ta@b%C3%BCcher.example"
    assert way.secret == "ZGVzazpzZWNyZXQ="


@pytest.mark.parametrize("sender", [SENDER, "greta@bücher.example"])
def test_headers_are_in_utf8_only_where_an_address_is(sender: str, webhook: Target) -> None:
    assert webhook.send(mail(sender)) == ""
    (taken,) = webhook.taken

    assert taken.raw.partition(b"\r\n\r\n")[0].isascii() == sender.isascii()
    assert parseaddr(str(taken.message["From"])) == ("Gréta", sender)


@pytest.mark.parametrize(("way", "answer"), [("smtp", "554 no such desk"), ("webhook", "404"), ("webhook", "422")])
def test_a_refusal_for_good_is_told(way: str, answer: str, request: pytest.FixtureRequest) -> None:
    target: Target = request.getfixturevalue(way)
    target.answer = answer

    refusal = target.send()
    assert refusal.startswith(answer[:3])
    assert "no such desk" in refusal


@pytest.mark.parametrize(
    ("way", "answer"),
    [("smtp", "451 later"), ("webhook", "408"), ("webhook", "429"), ("webhook", "503"), ("webhook", "302")],
)
def test_a_failure_is_no_refusal(way: str, answer: str, request: pytest.FixtureRequest) -> None:
    target: Target = request.getfixturevalue(way)
    target.answer = answer

    with pytest.raises(TargetError) as failure:
        target.send()
    assert failure.value.cause
    assert failure.value.remedy


@pytest.mark.parametrize(
    "address", ["desk", "desk@", "a@b.example\nBcc: c@d.example", "two@x.example, three@x.example", ""]
)
def test_a_desk_without_a_usable_address_is_the_targets_failure(webhook: Target, address: str) -> None:
    webhook.address = address

    with pytest.raises(TargetError, match="no mail can be sent"):
        mail_intake(webhook.world())


@pytest.mark.parametrize("kind", ["smtp", "webhook", "imap"])
def test_where_nobody_is_the_target_failed(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {
        "kind": kind,
        "host": "127.0.0.1",
        "port": port,
        "url": f"http://127.0.0.1:{port}",
        "user": "",
        "password": "",
    }

    with pytest.raises(TargetError) as failure:
        Target(way=told).send()
    assert failure.value.cause
    assert failure.value.remedy


def test_a_mail_is_put_into_a_box(imap: Box) -> None:
    assert imap.send() == ""
    (message,) = imap.read_all()

    assert (message["Return-Path"], message["Delivered-To"]) == (f"<{SENDER}>", DESK)
    assert is_the_mail(message)


@pytest.mark.parametrize(("change", "said"), [({"password": "wrong"}, "credentials"), ({"mailbox": "Desk 7"}, "exist")])
def test_a_box_that_is_not_as_told_is_a_failure(change: dict[str, str], said: str, imap: Box) -> None:
    imap.way |= change

    with pytest.raises(TargetError, match=said):
        imap.send()


@pytest.mark.parametrize("reads", ["read_all", "throw_away"])
def test_mail_in_a_box_counts_as_taken_when_it_was_read_or_is_gone(reads: str, imap: Box) -> None:
    box, message = way_of([imap.way], imap.world()), mail()
    box.send(message, sender=SENDER, to=DESK)
    assert "unread" in box.left_unread(message)
    assert box.left_unread(message), "looking alone must not mark it"

    getattr(imap, reads)()
    assert box.left_unread(message) == ""
    another = mail()
    box.send(another, sender=SENDER, to=DESK)
    assert box.left_unread(message) == ""
    assert box.left_unread(another)


def staged(target: Target) -> Iterator[Stage]:
    world = target.world()
    with MailServer() as mails, RecipientServer() as recipients:
        stage = Stage(world.http, world.description, Outside(mails, recipients), PeopleFactory("letters"))
        yield stage
        stage.service.close()


def test_on_stage_a_box_tells_by_what_is_left_in_it(webhook: Target, imap: Box) -> None:
    webhook.way = imap.way
    for stage in staged(webhook):
        greta = stage.cast.add("Greta", "the Netherlands")
        with pytest.raises(TargetError, match="left unread"):
            stage.desks.write(greta, "children", "Hello", "Is there anybody?")
        webhook.settling = imap.read_all
        stage.desks.write(greta, "children", "Hello", "Is there anybody?")
        evidence = "\n".join(f"{one.title}\n{one.text}" for one in stage.evidence.evidence())
    assert "(refused: it was left unread" in evidence
    assert "pass word" not in evidence


def test_reports_do_not_show_the_sign_in_of_a_webhook(webhook: Target) -> None:
    for stage in staged(webhook):
        stage.desks.write(stage.cast.add("Greta", "the Netherlands"), "children", "Hello", "Is there anybody?")
        evidence = "\n".join(f"{one.title}\n{one.text}" for one in stage.evidence.evidence())
    assert "Is there anybody?" in evidence
    assert AUTHORIZATION.partition(" ")[2] not in evidence


KNOWN: list[tuple[dict[str, Any], type[MailWay]]] = [
    ({"host": "h", "port": 25}, Smtp),
    ({"kind": "smtp", "host": "h", "port": 25}, Smtp),
    ({"kind": "webhook", "url": "http://h/"}, Webhook),
    ({"kind": "imap", "host": "h", "port": 143, "user": "u", "password": "p"}, ImapBox),
]


@pytest.mark.parametrize(("told", "way"), KNOWN, ids=lambda value: value.get("kind") if isinstance(value, dict) else "")
def test_the_way_is_the_first_that_is_known(told: dict[str, Any], way: type[MailWay]) -> None:
    others = [{"kind": "pigeon", "loft": 3}, told, *(one for one, _ in KNOWN)]
    assert type(way_of(others, Target().world())) is way


@pytest.mark.parametrize("told", [told for told, _ in KNOWN])
def test_the_contract_has_each_way_and_asks_for_all_it_needs(told: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/MailIntake", "components": contract.document()["components"]}
    intake = Draft202012Validator(schema)
    desks = {"desks": [{"desk": "children", "address": DESK}]}

    intake.validate({**told, **desks, "alternatives": [one for one, _ in KNOWN]})
    assert not intake.is_valid(told)
    assert not intake.is_valid({**told, **desks, "kind": "pigeon"})
    for name in told.keys() - {"kind"}:
        lacking = {key: value for key, value in told.items() if key != name}
        assert not intake.is_valid({**lacking, **desks}), name
        assert not intake.is_valid({**told, **desks, "alternatives": [lacking]}), name


def test_a_way_that_is_not_known_is_named() -> None:
    with pytest.raises(TargetError, match="by pigeon or fax") as failure:
        way_of([{"kind": "pigeon"}, {"kind": "fax"}], Target().world())
    assert "smtp, webhook, imap" in failure.value.remedy


@pytest.mark.parametrize("told", [{"host": "h"}, {"kind": "webhook"}, {"kind": "imap", "host": "h", "port": "x"}])
def test_a_way_that_lacks_what_it_needs_is_named(told: dict[str, Any]) -> None:
    with pytest.raises(TargetError, match="is incomplete"):
        way_of([told], Target().world())
