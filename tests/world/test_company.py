from datetime import UTC, datetime

import pytest
import requests

from harness.errors import HarnessError
from harness.people import PeopleFactory
from harness.world.company import Company
from harness.world.mailbox import MailServer
from harness.world.recipients import RecipientServer

LINK = "https://shes.example/unsubscribe/" + "t0ken-" * 40 + "?a=1&b=2"


class Scene:
    """A service that shares, a company it shares with, and the company's inbox of people."""

    def __init__(self, recipients: RecipientServer, mail: MailServer) -> None:
        self.recipients = recipients
        self.mail = mail
        self.company = Company("sony-europe", "w", recipients=recipients, mail=mail)
        self.sent = 0

    def deliver(self, kind: str, subject: dict, *, purpose: str = "email-marketing", number: int | None = None) -> int:
        self.sent += 1
        delivery = {"delivery_id": f"d-{number or self.sent}", "kind": kind, "purpose": purpose, "subject": subject}
        if kind == "share":
            delivery["unsubscribe_url"] = LINK
        url = self.recipients.endpoint("w", "sony-europe", purpose)
        return requests.post(url, json=delivery, timeout=10).status_code


@pytest.fixture(scope="module")
def mail():
    with MailServer() as server:
        yield server


@pytest.fixture
def scene(mail):
    with RecipientServer() as recipients:
        yield Scene(recipients, mail)


@pytest.fixture
def femke(request):
    person = PeopleFactory(request.node.name).person("Femke", "NL", mail_domain="mail.bücher.example")
    return {"subject_id": "s-1", "email": person.email, "display_name": person.name, "country": "NL"}


def test_a_person_gets_mail_with_the_way_out_that_the_share_named(scene, femke) -> None:
    scene.deliver("share", femke)
    mail = scene.company.send_marketing_mail(femke["email"].upper(), at=datetime(2026, 3, 16, 10, tzinfo=UTC))
    assert scene.mail.mail_for(femke["email"]) == [mail]
    assert mail.list_unsubscribe is not None
    assert (mail.list_unsubscribe.url, mail.list_unsubscribe.one_click) == (LINK, True)
    assert f"<{LINK}>".encode() in mail.raw
    assert mail.links == (LINK,)
    assert f'href="{LINK.replace("&", "&amp;")}"' in mail.html
    assert femke["display_name"] in mail.text
    assert mail.header("Date") == "Mon, 16 Mar 2026 10:00:00 +0000"
    assert mail.sender.endswith("@sony-europe.example")


def test_two_mails_are_two(scene, femke) -> None:
    scene.deliver("share", femke)
    first, second = (scene.company.send_marketing_mail(femke["email"]) for _ in range(2))
    assert (first.number, second.number) == tuple(mail.number for mail in scene.mail.mail_for(femke["email"]))


def test_a_share_without_a_link_makes_a_mail_without_a_way_out(scene, femke) -> None:
    url = scene.recipients.endpoint("w", "sony-europe", "email-marketing")
    requests.post(url, json={"delivery_id": "d", "kind": "share", "subject": femke}, timeout=10)
    mail = scene.company.send_marketing_mail(femke["email"])
    assert mail.list_unsubscribe is None
    assert mail.links == ()


def test_the_list_follows_shares_and_withdrawals_in_order_of_arrival(scene, femke) -> None:
    moved = {**femke, "display_name": "Femke Renamed"}
    bram = {"subject_id": "s-2", "email": "bram@mail.example.org"}
    scene.deliver("share", femke)
    scene.deliver("share", bram)
    scene.deliver("share", moved)
    assert {one.display_name for one in scene.company.mailing_list().values()} == {"Femke Renamed", ""}
    scene.deliver("withdraw", {"subject_id": "s-1"})
    assert list(scene.company.mailing_list()) == ["s-2"]
    assert scene.company.subscriber(femke["email"]) is None
    scene.deliver("share", femke)
    assert set(scene.company.mailing_list()) == {"s-1", "s-2"}


def test_a_share_that_is_delivered_again_after_the_withdrawal_revives_nobody(scene, femke) -> None:
    scene.deliver("share", femke, number=1)
    scene.deliver("withdraw", {"subject_id": "s-1"}, number=2)
    scene.deliver("share", femke, number=1)
    assert scene.company.mailing_list() == {}


def test_what_the_company_did_not_accept_or_got_for_another_purpose_does_not_count(scene, femke) -> None:
    scene.recipients.take_down("w", "sony-europe")
    assert scene.deliver("share", femke) == 503
    scene.recipients.bring_up("w", "sony-europe")
    scene.deliver("share", femke, purpose="advertising")
    scene.deliver("withdraw", {"subject_id": "unknown"})
    scene.deliver("share", {"email": "no.id@mail.example.org"})
    scene.deliver("share", {"subject_id": "s-9"})
    scene.deliver("news", femke)
    assert scene.company.mailing_list() == {}


def test_a_campaign_reaches_the_list_and_nobody_else(scene, femke) -> None:
    bram = {"subject_id": "s-2", "email": f"bram.{femke['email']}"}
    scene.deliver("share", femke)
    scene.deliver("share", bram)
    scene.deliver("withdraw", {"subject_id": "s-1"})
    assert [mail.recipients for mail in scene.company.send_campaign()] == [(bram["email"],)]
    assert scene.mail.mail_for(femke["email"]) == []


def test_nobody_is_mailed_who_is_not_on_the_list(scene, femke) -> None:
    with pytest.raises(HarnessError, match="mailing list"):
        scene.company.send_marketing_mail(femke["email"])
    assert scene.mail.mail_for(femke["email"]) == []
