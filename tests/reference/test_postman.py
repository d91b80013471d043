"""Mails reach whoever can be reached by mail, and an address that nobody can write to holds up nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from harness.world.mailbox import MailServer
from reference_impl.outbound.postman import SmtpPostman
from reference_impl.service.ports import Mail, Outcome


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


def mail(to: str) -> Mail:
    date = datetime(2027, 3, 1, tzinfo=UTC)
    return Mail(message_id="one", kind="test", to=to, language="en", subject="Hello", text="Hello.\n", date=date)


@pytest.mark.parametrize(
    "address",
    ["femke+shes@example.com", "josé@example.com", "femke@bücher.example", "محمد@مثال.example", "o'neil@example.com"],
)
def test_whoever_can_be_reached_is(server: MailServer, address: str) -> None:
    assert SmtpPostman().send((server.host, server.port), mail(address)) is Outcome.ACCEPTED
    (received,) = server.mail_for(address)
    assert received.header("To") == address


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.from_regex(r"[^@\s]{1,12}@[^@\s]{1,12}", fullmatch=True))
@example(address="femke@[")
@example(address="\x07@example.com")
@example(address="femke@exa\x00mple")
def test_every_address_is_written_to_or_given_up(server: MailServer, address: str) -> None:
    outcome = SmtpPostman().send((server.host, server.port), mail(address))
    assert outcome in {Outcome.ACCEPTED, Outcome.REFUSED}
