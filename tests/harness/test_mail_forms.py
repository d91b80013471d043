"""The forms of mail, and that a service reads each as its author wrote it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from harness.target.letters import letter
from harness.target.mail_forms import FORMS, Writing
from harness.world.mailbox import ReceivedMail
from reference_impl.inbound.reading import read
from reference_impl.service.intake import Desk
from reference_impl.service.privacy_desk import items, plain

SUBJECT = "Your Nevada Rights – SHES Account"
NAMES = {"en": "Nevin Zoë", "ja": "森 ネビン", "zh": "森林", "ko": "네빈", "pl": "Łukasz"}


def sent(form: str, language: str) -> bytes:
    lines = [
        f"Name: {NAMES[language]}",
        "Postal address: Main Street 1, a long way from Carson City",
        "Postal code: 89701",
    ]
    text = "\n".join(["Hello,", "", *lines, "E-mail: nevin.a.rather.long.name@mail.example.org", ""])
    at = datetime(2026, 3, 16, 10, tzinfo=UTC)
    writing = Writing(SUBJECT, text, language)
    message = letter(
        sender="n@example.org", name="Nevin", to="p@shes.example", writing=writing, at=at, form=FORMS[form]
    )
    return message.as_bytes(policy=policy.SMTP)


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_the_reference_reads_every_form_as_it_was_written(form: str, language: str) -> None:
    found = read(Desk.PRIVACY, "n@example.org", sent(form, language))

    assert found.sender == "n@example.org"
    assert plain(found.subject) == plain(SUBJECT)
    named = {label: value.casefold() for label, value in items(found.text).items()}
    assert named == {
        "Name": NAMES[language].casefold(),
        "Postal address": "main street 1, a long way from carson city",
        "Postal code": "89701",
        "E-mail": "nevin.a.rather.long.name@mail.example.org",
    }


def test_each_form_differs_from_plain_text_in_what_it_is_named_for() -> None:
    mails = {form: sent(form, "ja") for form in FORMS}
    read = {form: message_from_bytes(raw, EmailMessage, policy=policy.default) for form, raw in mails.items()}

    assert read["as HTML"].get_content_type() == "text/html"
    assert "Nevin" not in mails["as HTML"].partition(b"\r\n\r\n")[2].decode()
    assert read["as text and HTML"].get_content_type() == "multipart/mixed"
    assert read["as a reply"]["Subject"] == f"Re: {SUBJECT}"
    assert "SHESさん" in read["as a reply"].get_content()
    assert read["as a forwarded mail"]["Subject"] == f"Fwd: {SUBJECT}"
    assert (
        b"E-mail: nevin.a.rather.l =" in mails["with broken lines"]
        or b"E-mail: nevin.a.rather.l=20" in mails["with broken lines"]
    )
    assert len(re.findall(rb"=\?utf-8\?[BQ]\?", mails["in an older character set"])) == 3
    assert read["in an older character set"].get_content_charset() == "iso-2022-jp"
    assert read["in capitals"]["Subject"] == SUBJECT.upper()


def test_lines_that_were_broken_are_joined_by_the_mailbox() -> None:
    mail = ReceivedMail(1, datetime.now(UTC), "n@example.org", (), sent("with broken lines", "en"))

    assert "\nPostal address: Main Street 1, a long way from Carson City\n" in mail.text
