"""Accepting mail over SMTP for all worlds on one port. The domain of the address identifies the world."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from reference_impl.inbound.reading import LARGEST, read
from reference_impl.service.intake import Desk, Letter

Receive = Callable[[Letter], None]


class SmtpServer:
    """Listens at a free port from :meth:`start` to :meth:`stop`.

    A mail is answered with 250 only after it has been processed; if that fails, the sender is asked to try again.
    """

    def __init__(self) -> None:
        self._receivers: dict[str, Receive] = {}
        self._controller: _Controller | None = None

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port; None where it does not listen."""
        return None if self._controller is None else (self._controller.hostname, self._controller.port)

    def start(self, host: str) -> None:
        """Listen."""
        controller = _Controller(
            self,
            hostname=host,
            port=0,
            loop=asyncio.new_event_loop(),
            server_hostname="shes.example",
            ident="SHES",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST,
        )
        controller.start()
        self._controller = controller

    def stop(self) -> None:
        """Stop listening."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def open(self, domain: str, receive: Receive) -> None:
        """Accept mail for the desks of a domain from now on."""
        self._receivers[domain] = receive

    def close(self, domain: str) -> None:
        """Stop accepting mail for a domain."""
        self._receivers.pop(domain, None)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Reject unknown addresses at once."""
        desk, _, domain = address.strip("<>").lower().rpartition("@")
        if domain not in self._receivers or desk not in set(Desk):
            return "550 5.1.1 There is no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Go on"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Deliver the mail to each desk that it is addressed to."""
        try:
            await asyncio.get_running_loop().run_in_executor(None, self._hand_over, envelope)
        except Exception:  # a mail must not get lost because of an error; the sender keeps it
            return "451 4.3.0 Try again later"
        return "250 2.0.0 Taken"

    def _hand_over(self, envelope: Envelope) -> None:
        for address in dict.fromkeys(envelope.rcpt_tos):
            desk, _, domain = address.strip("<>").lower().rpartition("@")
            receive = self._receivers.get(domain)
            if receive is not None:
                receive(self.letter(Desk(desk), envelope.mail_from or "", _bytes(envelope.content)))

    def letter(self, desk: Desk, sender: str, raw: bytes) -> Letter:
        """The mail as the desk reads it."""
        return read(desk, sender, raw)


def _bytes(content: str | bytes | None) -> bytes:
    return content.encode() if isinstance(content, str) else content or b""


class _Controller(Controller):
    def _trigger_server(self) -> None:
        # The base class would connect to port 0, which was only the wish for a free one.
        self.port = cast("asyncio.Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]

    def factory(self) -> Any:
        return SMTP(self.handler, **self.SMTP_kwargs)
