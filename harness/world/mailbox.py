"""A mail server that accepts and stores mail for everybody: the mailbox of every synthetic person."""

from __future__ import annotations

import asyncio
import re
import smtplib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import cached_property, lru_cache
from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlsplit
from weakref import WeakSet

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from harness.errors import HarnessError
from harness.world.flowed import unflowed
from harness.world.list_unsubscribe import ListUnsubscribe

_URL = re.compile(r"https?://[^\s<>\"']+")
_SMTP_TIMEOUT = 10.0
# Parsing a header takes longer than parsing the rest of a mail, and most headers stand in many mails.
_POLICY = policy.default.clone(header_factory=lru_cache(maxsize=256)(HeaderRegistry()))


@dataclass(frozen=True)
class ReceivedMail:
    """A mail as received.

    Attributes:
        number: Position among all mails of the server, from 1.
        received_at: When it arrived, in real time.
        sender: Sender of the envelope.
        recipients: Recipients of the envelope.
        raw: The message's bytes.
    """

    number: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)

    @cached_property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return message_from_bytes(self.raw, EmailMessage, policy=_POLICY)

    @property
    def subject(self) -> str:
        """The subject, decoded; empty if there is none."""
        return self.header("Subject") or ""

    @cached_property
    def text(self) -> str:
        """The plain text part with line feeds as line ends, or nothing."""
        return self._part("plain")

    @cached_property
    def html(self) -> str:
        """The HTML part with line feeds as line ends, or nothing."""
        return self._part("html")

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Web addresses in the text part, then further ones that the HTML part links to."""
        return tuple(dict.fromkeys(self._links()))

    @cached_property
    def code(self) -> str | None:
        """The value of ``code`` in the query or fragment of the first link that has one."""
        for link in self._links():
            parts = urlsplit(link)
            for parameters in (parts.query, parts.fragment.rpartition("?")[2]):
                if codes := parse_qs(parameters).get("code"):
                    return codes[0]
        return None

    @property
    def list_unsubscribe(self) -> ListUnsubscribe | None:
        """The unsubscribe options, or ``None`` if the mail has none."""
        return ListUnsubscribe.of(self.message)

    def header(self, name: str) -> str | None:
        """The decoded value of the first header of that name (ignoring case), or ``None``."""
        value = self.message.get(name)
        return None if value is None else str(value)

    def _links(self) -> Iterator[str]:
        for match in _URL.finditer(self.text):
            yield match[0].rstrip(".,;:!?)]}")
        anchors = _Anchors()
        anchors.feed(self.html)
        yield from filter(_URL.match, anchors.found)

    def _part(self, subtype: str) -> str:
        part = self.message.get_body(preferencelist=(subtype,))
        if part is None:
            return ""
        try:
            content = str(part.get_content())
        except LookupError:  # an unknown character set
            payload = part.get_payload(decode=True)
            content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
        content = content.replace("\r\n", "\n")
        if str(part.get_param("format", "")).lower() != "flowed":
            return content
        return unflowed(content, delsp=str(part.get_param("delsp", "")).lower() == "yes")


class MailServer:
    """An SMTP server on loopback, for any number of scenarios at once. Use it as a context manager.

    Attributes:
        host: Its address.
        port: A free port, known once it is running.
    """

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.port = 0
        self._lock = threading.Lock()
        self._mails: list[ReceivedMail] = []
        self._inboxes: dict[str, list[ReceivedMail]] = {}
        self._full: set[str] = set()
        self._controller: _Controller | None = None

    def __enter__(self) -> Self:
        self._controller = _Controller(
            _Handler(self._receive, self._is_put_off),
            hostname=self.host,
            port=0,
            loop=asyncio.new_event_loop(),
            server_hostname="mailbox.test",
            enable_SMTPUTF8=True,
        )
        self._controller.start()
        self.port = self._controller.port
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def mail_for(self, address: str) -> list[ReceivedMail]:
        """Mails whose envelope names this address, in order of arrival.

        Letter case is ignored; both forms of an international domain are equal; a plus-address is a separate address.
        """
        with self._lock:
            return list(self._inboxes.get(_inbox(address), ()))

    def put_off(self, address: str) -> None:
        """Refuse mail to an address temporarily (452), until :meth:`take_again`."""
        with self._lock:
            self._full.add(_inbox(address))

    def take_again(self, address: str) -> None:
        """Accept mail to an address again."""
        with self._lock:
            self._full.discard(_inbox(address))

    def mails(self) -> list[ReceivedMail]:
        """All mails, in order of arrival."""
        with self._lock:
            return list(self._mails)

    def count(self) -> int:
        """Number of mails received so far: the number of the last one."""
        with self._lock:
            return len(self._mails)

    def send(self, message: EmailMessage, *, sender: str, to: Sequence[str]) -> None:
        """Sends a message to this server over SMTP.

        Raises:
            HarnessError: The server is not running or did not accept it.
        """
        try:
            with smtplib.SMTP(self.host, self.port, local_hostname="sender.test", timeout=_SMTP_TIMEOUT) as connection:
                connection.send_message(message, sender, list(to))
        except (OSError, smtplib.SMTPException) as error:
            raise HarnessError(
                f"A simulated mail could not be sent: {error}.",
                cause="The mailbox is not running.",
                remedy="Use the mail server inside its with-block.",
            ) from error

    def _is_put_off(self, address: str) -> bool:
        with self._lock:
            return _inbox(address) in self._full

    def _receive(self, envelope: Envelope) -> None:
        recipients = tuple(envelope.rcpt_tos)
        raw = envelope.content or b""
        with self._lock:
            mail = ReceivedMail(
                number=len(self._mails) + 1,
                received_at=datetime.now(UTC),
                sender=envelope.mail_from or "",
                recipients=recipients,
                raw=raw if isinstance(raw, bytes) else raw.encode(),
            )
            self._mails.append(mail)
            for inbox in dict.fromkeys(map(_inbox, recipients)):
                self._inboxes.setdefault(inbox, []).append(mail)


class _Handler:
    def __init__(self, receive: Callable[[Envelope], None], is_put_off: Callable[[str], bool]) -> None:
        self._receive = receive
        self._is_put_off = is_put_off

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._is_put_off(address):
            return "452 4.2.2 The mailbox is full; try again later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self._receive(envelope)
        return "250 Taken"


class _Controller(Controller):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._connections: WeakSet[SMTP] = WeakSet()

    def factory(self) -> SMTP:
        connection = SMTP(self.handler, **self.SMTP_kwargs)
        self._connections.add(connection)
        return connection

    def stop(self, no_assert: bool = False) -> None:
        # The base class leaves open connections to the garbage collector.
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result(_SMTP_TIMEOUT)
        super().stop(no_assert)

    async def _hang_up(self) -> None:
        # The other tasks are connections that are being accepted or served. The server is closed after them:
        # asyncio loses the socket of a connection that is being accepted when its server closes.
        while len(asyncio.all_tasks()) > 1:
            for connection in self._connections:
                if connection.transport is not None:
                    cast("asyncio.WriteTransport", connection.transport).abort()
            await asyncio.sleep(0)
        cast("asyncio.Server", self.server).close()

    def _trigger_server(self) -> None:
        # The base class would connect to port 0, which only requests a free port.
        self.port = cast("asyncio.Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class _Anchors(HTMLParser):
    """Collects the link targets of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        if tag == "a":
            self.found += (value for name, value in attrs if name == "href" and value)


def _inbox(address: str) -> str:
    local_part, _, domain = address.strip().strip("<>").rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    return f"{local_part}@{domain}".casefold()
