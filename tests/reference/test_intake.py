"""Mail to the service, over real SMTP."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from reference_impl.inbound.reading import LARGEST, read
from reference_impl.service.children_desk import ChildrenDesk
from reference_impl.service.intake import Desk

from .conftest import PERSON

if TYPE_CHECKING:
    from .conftest import Api, OpenWorld, Outside


def desks(world: Api) -> tuple[str, int, dict[str, str]]:
    intake = world("GET", "/assurance/v1/mail-intake", 200).json()
    return intake["host"], intake["port"], {one["desk"]: one["address"] for one in intake["desks"]}


def post(world: Api, expect: int, *, raw: bytes = b"", **headers: str) -> None:
    """Post a mail as a provider does, with headers changed or, where empty, left out."""
    intake = world("GET", "/assurance/v1/mail-intake", 200).json()
    (way,) = [one for one in intake["alternatives"] if one["kind"] == "webhook"]
    support = next(one["address"] for one in intake["desks"] if one["desk"] == "support")
    sent = {
        "Content-Type": "message/rfc822",
        "Authorization": way["authorization"],
        "SHES-Envelope-Sender": "femke@example.org",
        "SHES-Envelope-Recipient": support,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    assert way["url"].startswith(world.url)
    path = way["url"].removeprefix(world.url)
    present = {name: value for name, value in sent.items() if value != "-"}
    world("POST", path, expect, data=raw or letter().as_bytes(), headers=present)
    world.settle()


def letter(text: str = "How are you?", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Femke <femke@example.org>"
    message["Subject"] = "Hello"
    message.set_content(text)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def write(world: Api, desk: str, message: EmailMessage) -> None:
    host, port, addresses = desks(world)
    with smtplib.SMTP(host, port, timeout=5) as smtp:
        smtp.send_message(message, "femke@example.org", [addresses[desk]])
    world.settle()


def waiting(world: Api) -> list[str]:
    reports = world("GET", "/assurance/v1/guardian-reports", 200).json()["reports"]
    return [one["child_email"] for one in reports]


def test_each_world_has_desks_of_its_own(open_world: OpenWorld) -> None:
    _, _, here = desks(open_world())
    _, _, there = desks(open_world())

    assert set(here) == set(there) == set(Desk)
    assert len({*here.values(), *there.values()}) == 6


def test_mail_to_a_desk_is_taken_and_to_nobody_refused(world: Api) -> None:
    host, port, addresses = desks(world)
    with smtplib.SMTP(host, port, timeout=5) as smtp:
        assert smtp.send_message(letter(), "femke@example.org", [addresses["support"].upper()]) == {}
        for nobody in (f"nobody@{addresses['support'].partition('@')[2]}", "support@elsewhere.example"):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
                smtp.send_message(letter(), "femke@example.org", [nobody])
            assert refusal.value.recipients[nobody][0] == 550


def test_the_world_that_is_closed_takes_no_mail(open_world: OpenWorld) -> None:
    world = open_world()
    host, port, addresses = desks(world)
    world.url, address = world.url.rpartition("/worlds/")[0], world.url
    world("DELETE", f"/assurance/v1/worlds/{address.rpartition('/')[2]}", 204)

    with smtplib.SMTP(host, port, timeout=5) as smtp, pytest.raises(smtplib.SMTPRecipientsRefused):
        smtp.send_message(letter(), "femke@example.org", [addresses["privacy"]])


def test_a_mail_that_is_posted_is_dealt_with(world: Api, outside: Outside) -> None:
    post(world, 204)
    post(world, 204, SHES_Envelope_Sender="f%C3%ABmke@example.org")

    assert [mail["SHES-Mail-Kind"] for mail in outside.mails] == ["enquiry-answer"] * 2


@pytest.mark.parametrize(
    ("expect", "headers"),
    [
        (401, {"Authorization": "Bearer guessed"}),
        (401, {"Authorization": "-"}),
        (404, {"SHES_Envelope_Recipient": "nobody@shes.example"}),
        (415, {"Content_Type": "text/plain"}),
        (422, {"SHES_Envelope_Recipient": "-"}),
        (422, {"SHES_Envelope_Sender": "-"}),
    ],
)
def test_what_is_not_posted_by_the_provider_to_a_desk_is_refused(
    expect: int, headers: dict[str, str], world: Api, outside: Outside
) -> None:
    post(world, expect, **headers)

    assert not outside.mails


def test_a_posted_mail_that_is_too_large_is_refused(world: Api, outside: Outside) -> None:
    post(world, 413, raw=letter().as_bytes() + b"x" * LARGEST)

    assert not outside.mails


def test_a_posted_mail_of_a_machine_gets_no_answer(world: Api, outside: Outside) -> None:
    post(world, 204, SHES_Envelope_Sender="")

    assert not outside.mails


def test_the_sign_in_of_a_world_is_good_in_no_other(open_world: OpenWorld) -> None:
    here, there = (open_world()("GET", "/assurance/v1/mail-intake", 200).json()["alternatives"][0] for _ in range(2))

    assert here["authorization"] != there["authorization"]


@pytest.mark.parametrize("desk", ["privacy", "support", "children"])
def test_any_other_mail_is_a_question(desk: str, world: Api, outside: Outside) -> None:
    write(world, desk, letter(Content_Language="nl, en"))

    assert [mail["SHES-Mail-Kind"] for mail in outside.mails] == ["enquiry-answer"]
    assert outside.mails[0]["Content-Language"] == "nl"


def test_a_mail_reports_whom_it_names_and_thanks_once(world: Api, outside: Outside) -> None:
    world.open_account(outside)
    outside.mails.clear()
    child = PERSON["email"]
    text = f"{child.upper()}, again <{child}>, and kim@example.org. Yours, femke@example.org"
    write(world, "children", letter(text, Content_Language="fr-CA"))

    assert waiting(world) == [child]
    assert [(mail["SHES-Mail-Kind"], mail["To"]) for mail in outside.mails] == [
        ("guardian-report", "femke@example.org")
    ]
    assert outside.mails[0]["Content-Language"].startswith("fr")


def test_the_open_account_is_reported_where_a_closed_one_waits_for_its_purge(world: Api, outside: Outside) -> None:
    world.open_account(outside)
    world("POST", "/v1/shes-account/deletion", 202, json={})
    world.settle()
    world.open_account(outside)
    write(world, "children", letter(PERSON["email"]))

    assert waiting(world) == [PERSON["email"]]


def test_nobody_is_reported_by_a_machine_or_at_another_desk(world: Api, outside: Outside) -> None:
    world.open_account(outside)
    outside.mails.clear()
    write(world, "children", letter(PERSON["email"], Auto_Submitted="auto-replied"))
    assert not outside.mails
    write(world, "support", letter(PERSON["email"]))

    assert not waiting(world)


def test_one_mail_cannot_report_everybody(world: Api, outside: Outside) -> None:
    world.open_account(outside)
    crowd = "\n".join(f"somebody{number}@example.org" for number in range(ChildrenDesk.MOST))
    write(world, "children", letter(f"{crowd}\n{PERSON['email']}"))

    assert not waiting(world)


@pytest.mark.parametrize("language", ["nonsense in a header", "x", "<b>", "en" * 40])
def test_a_language_that_is_none_is_left_aside(language: str) -> None:
    assert read(Desk.CHILDREN, "femke@example.org", letter(Content_Language=language).as_bytes()).language is None


def test_a_mail_is_read_as_a_person_reads_it() -> None:
    message = EmailMessage()
    message["From"] = "=?utf-8?q?F=C3=ABmke?= <femke@example.org>"
    message["Subject"] = "=?utf-8?q?Caf=C3=A9_=E2=80=93_here?="
    message.set_content("<style>p {color: red}</style><p>Name: F&euml;mke</p>", subtype="html")
    found = read(Desk.PRIVACY, "femke@example.org", message.as_bytes())

    assert (found.sender, found.subject, found.text.strip()) == ("femke@example.org", "Café – here", "Name: Fëmke")
    assert not found.automatic


def test_mail_of_machines_is_known() -> None:
    automatic = letter(Auto_Submitted='auto-replied; owner-email="x@example.org"').as_bytes()

    assert read(Desk.PRIVACY, "femke@example.org", automatic).automatic
    assert read(Desk.PRIVACY, "", letter().as_bytes()).automatic
    assert not read(Desk.PRIVACY, "femke@example.org", letter(Auto_Submitted="no").as_bytes()).automatic


def test_garbage_is_read_too() -> None:
    found = read(Desk.PRIVACY, "femke@example.org", b"\xff\xfe no headers at all")

    assert (found.sender, found.subject) == ("", "")
