"""Mail to a desk of the target, as a person sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime, make_msgid
from typing import Any

from harness.contract import Capability
from harness.errors import TargetError
from harness.target.mail_forms import Form, Writing, plain
from harness.target.ways import MailWay, host_of, way_of
from harness.target.world import World, require


@dataclass(frozen=True, slots=True)
class MailIntake:
    """How the target receives mail: the method, and the address of each desk."""

    way: MailWay
    desks: dict[str, str]


def mail_intake(world: World) -> MailIntake:
    """How a world receives mail.

    Raises:
        NotAssessed: It receives none.
        TargetError: It does not state how, or names no method that the harness supports.
    """
    require(world.description, Capability.MAIL_INTAKE)
    answer = world.call("readMailIntake")
    if not answer.ok:
        raise TargetError(
            f"The target offers `{Capability.MAIL_INTAKE}` but answered {answer.status} to readMailIntake.",
            cause="the assurance API does not comply with the contract here",
            remedy="see readMailIntake in harness/contract/openapi.yaml",
        )
    desks: list[dict[str, Any]] = answer.field("desks")
    told = answer.json()
    way = way_of([told, *(told.get("alternatives") or ())], world)
    addresses = {str(one["desk"]): str(one["address"]) for one in desks}
    for desk, address in addresses.items():
        _check_address(desk, address)
    return MailIntake(way, addresses)


def _check_address(desk: str, address: str) -> None:
    try:
        Address(addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:
        raise TargetError(
            f"The desk {desk!r} has an address to which no mail can be sent: {address!r}.",
            cause="it is no address in the form of RFC 5322",
            remedy="see readMailIntake in harness/contract/openapi.yaml",
        ) from error


def letter(*, sender: str, name: str, to: str, writing: Writing, at: datetime, form: Form = plain) -> EmailMessage:
    """A mail of a person, as a mail program sends it in one of its forms."""
    message = EmailMessage(policy=SMTPUTF8)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=host_of(sender))
    return form(message, writing)
