import gc
import smtplib
import socket
import threading
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from harness.errors import HarnessError
from harness.people import PeopleFactory, find_traces
from harness.world.mailbox import MailServer, ReceivedMail

ONE_CLICK = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


@pytest.fixture(scope="module")
def mailbox():
    with MailServer() as server:
        yield server


def message(text: str = "Hello.\n", html: str | None = None, **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
    mail["From"] = "service@shes.example"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    return mail


def deliver(mailbox: MailServer, to: str, mail: EmailMessage) -> ReceivedMail:
    mailbox.send(mail, sender="bounce@shes.example", to=[to])
    return mailbox.mail_for(to)[-1]


def raw(lines: str) -> ReceivedMail:
    mail = PeopleFactory(0).person("Femke", "NL")
    content = lines.replace("\n", "\r\n").encode("utf-8")
    return ReceivedMail(1, None, "a@b.example", (mail.email,), content)  # type: ignore[arg-type]


def test_mail_reaches_the_inbox_it_is_addressed_to_and_no_other(mailbox) -> None:
    before = mailbox.count()
    mailbox.send(message(Subject="One"), sender="bounce@shes.example", to=["femke@mail.example.org"])
    mailbox.send(message(Subject="Two"), sender="bounce@shes.example", to=["FEMKE@mail.example.org"])
    mailbox.send(message(Subject="Plus"), sender="bounce@shes.example", to=["femke+news@mail.example.org"])
    mailbox.send(message(Subject="Both"), sender="", to=["femke@mail.example.org", "bram@mail.example.org"])
    assert [mail.subject for mail in mailbox.mail_for("Femke@Mail.Example.org")] == ["One", "Two", "Both"]
    assert [mail.subject for mail in mailbox.mail_for("femke+news@mail.example.org")] == ["Plus"]
    assert [mail.subject for mail in mailbox.mail_for("bram@mail.example.org")] == ["Both"]
    assert mailbox.mail_for("nobody@mail.example.org") == []
    assert mailbox.count() == before + 4
    assert [mail.number for mail in mailbox.mails()[before:]] == list(range(before + 1, before + 5))


def test_mail_is_put_off_until_it_is_taken_again(mailbox) -> None:
    mailbox.put_off("Later@mail.example.org")
    with pytest.raises(HarnessError, match="452"):
        deliver(mailbox, "later@mail.example.org", message())
    assert mailbox.mail_for("later@mail.example.org") == []
    mailbox.take_again("later@mail.example.org")
    assert deliver(mailbox, "later@mail.example.org", message(Subject="Again")).subject == "Again"


def test_the_envelope_is_kept(mailbox) -> None:
    mail = deliver(mailbox, "envelope@mail.example.org", message(To="somebody.else@mail.example.org"))
    assert (mail.sender, mail.recipients) == ("bounce@shes.example", ("envelope@mail.example.org",))
    assert mail.header("to") == "somebody.else@mail.example.org"
    assert mail.header("X-None") is None
    assert mailbox.mail_for("somebody.else@mail.example.org") == []


def test_international_addresses_have_one_inbox_in_both_forms(mailbox) -> None:
    mail = deliver(mailbox, "zoë@mail.bücher.example", message(Subject="Größe", To="zoë@mail.bücher.example"))
    assert mail.subject == "Größe"
    deliver(mailbox, "zoë@mail.xn--bcher-kva.example", message(Subject="Again"))
    assert len(mailbox.mail_for("ZOË@mail.bücher.example")) == 2


def test_parts_are_decoded_whatever_their_encoding(mailbox) -> None:
    person = PeopleFactory("mail").person("Léa", "FR")
    for encoding in ("quoted-printable", "base64", "8bit"):
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = f"Bonjour {person.name}"
        mail.set_content(f"Bonjour {person.name}\n", cte=encoding)
        mail.add_alternative(f"<p>{person.name}</p>", subtype="html", cte=encoding)
        arrived = deliver(mailbox, person.email, mail)
        assert arrived.subject == f"Bonjour {person.name}"
        assert arrived.text == f"Bonjour {person.name}\n"
        assert arrived.html.strip() == f"<p>{person.name}</p>"
        assert find_traces(arrived.raw, person.canaries)


def test_a_mail_with_one_part_has_no_other(mailbox) -> None:
    only_text = deliver(mailbox, "text@mail.example.org", message("Just text\n"))
    assert (only_text.text, only_text.html) == ("Just text\n", "")
    only_html = raw("Content-Type: text/html; charset=utf-8\n\n<p>Only</p>\n")
    assert (only_html.text, only_html.html.strip()) == ("", "<p>Only</p>")


def test_a_character_set_nobody_knows_does_not_hide_the_text() -> None:
    assert "code=abc" in raw("Content-Type: text/plain; charset=klingon\n\nhttps://x.example/?code=abc\n").text


@pytest.mark.parametrize(
    ("text", "html", "code"),
    [
        ("Follow https://shes.example/verify?code=a%2Fb-1&lang=nl.\n", None, "a/b-1"),
        ("Follow <https://shes.example/verify#code=xyz>\n", None, "xyz"),
        ("Follow https://shes.example/#/verify?lang=nl&code=xyz, please\n", None, "xyz"),
        ("See https://shes.example/help and https://shes.example/v?code=second\n", None, "second"),
        (f"https://shes.example/{'long/' * 60}?code=last\n", None, "last"),
        ("Hello\n", '<p><a href="https://shes.example/v?lang=nl&amp;code=html">here</a></p>', "html"),
        ("https://shes.example/v?code=text\n", '<a href="https://shes.example/v?code=html">here</a>', "text"),
        ("Your code=123 is https://shes.example/?encode=1\n", None, None),
    ],
)
def test_the_code_of_a_link_is_found(mailbox, text: str, html: str | None, code: str | None) -> None:
    mail = message(text, html)
    mail.policy = SMTP  # lines of 78, so that long links are broken by quoted-printable
    assert deliver(mailbox, "code@mail.example.org", mail).code == code


@pytest.mark.parametrize(
    ("parameters", "lines", "text"),
    [
        (
            "format=flowed; delsp=yes",
            "https://a.example/?code=ab \ncd \nef\nEnd",
            "https://a.example/?code=abcdef\nEnd",
        ),
        ('format="Flowed"; DelSp=Yes', "https://a.example/?code=ab \ncd", "https://a.example/?code=abcd"),
        ("format=flowed", "one \ntwo\n three", "one two\nthree"),
        ("format=flowed; delsp=yes", "> ab \n> cd \nef", "> abcd\nef"),
        ("format=flowed; delsp=yes", "one \n-- \nFemke", "one\n-- \nFemke"),
        ("format=fixed; delsp=yes", "one \ntwo", "one \ntwo"),
    ],
)
def test_lines_that_were_broken_to_fit_are_joined(parameters: str, lines: str, text: str) -> None:
    assert raw(f"Content-Type: text/plain; charset=utf-8; {parameters}\n\n{lines}").text == text


def test_links_are_told_once_in_order() -> None:
    mail = raw(
        "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\n(https://a.example/1) https://a.example/2?x=1&y=2.\n"
        '--b\nContent-Type: text/html\n\n<a href="https://a.example/2?x=1&amp;y=2"><a href="mailto:x@a.example">'
        '<link href="https://a.example/style"><img src="https://a.example/pixel"><a name="top"><a href="https://a.example/3">\n--b--\n'
    )
    assert mail.links == ("https://a.example/1", "https://a.example/2?x=1&y=2", "https://a.example/3")


@pytest.mark.parametrize(
    ("headers", "url", "mailto", "one_click"),
    [
        ("List-Unsubscribe: <https://a.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", "u", None, True),
        ("list-unsubscribe: <https://a.example/u>", "u", None, False),
        ("List-Unsubscribe: <https://a.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=Two", "u", None, False),
        (
            "List-Unsubscribe: <mailto:off@a.example?subject=off>,\n <https://a.example/u>\n" + ONE_CLICK,
            "u",
            "mailto:off@a.example?subject=off",
            True,
        ),
        (
            "List-Unsubscribe: <mailto:off@a.example>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click",
            None,
            "mailto:off@a.example",
            False,
        ),
        (f"List-Unsubscribe: (<https://a.example/c>) <https://a.example/u>\n{ONE_CLICK}", "u", None, True),
        (f"List-Unsubscribe: (a \\) (b) <https://a.example/c>) <https://a.example/u>\n{ONE_CLICK}", "u", None, True),
        (f"List-Unsubscribe: <https://a.exam\n ple/u(1)>\n{ONE_CLICK}", "u(1)", None, True),
        (f"List-Unsubscribe: <https://a.example/u> x, <mailto:off@a.example>\n{ONE_CLICK}", "u", None, True),
        (f"List-Unsubscribe: <https://a.example/u>, x, <mailto:off@a.example>\n{ONE_CLICK}", "u", None, True),
        (
            f"List-Unsubscribe: <mailto:off@a.example>\nlist-unsubscribe: <https://a.example/u>\n{ONE_CLICK}",
            "u",
            "mailto:off@a.example",
            False,
        ),
        (f"List-Unsubscribe: <https://a.example/u>, <https://a.example/v>\n{ONE_CLICK}", "u", None, False),
        (f"List-Unsubscribe: <https://a.example/u>\n{ONE_CLICK}\n{ONE_CLICK}", "u", None, False),
        (f"List-Unsubscribe: <https://a.example/u>\n{ONE_CLICK} (really)", "u", None, False),
        (
            "List-Unsubscribe: <https://a.example/u>\nList-Unsubscribe-Post: =?utf-8?q?List-Unsubscribe=3DOne-Click?=",
            "u",
            None,
            False,
        ),
    ],
)
def test_the_way_off_a_list_is_read(headers: str, url: str | None, mailto: str | None, one_click: bool) -> None:
    found = raw(f"{headers}\n\nHello\n").list_unsubscribe
    assert found is not None
    assert (found.url, found.mailto, found.one_click) == (url and f"https://a.example/{url}", mailto, one_click)


@pytest.mark.parametrize(
    "headers",
    [
        "Subject: none",
        "List-Unsubscribe: https://a.example/u",
        "List-Unsubscribe:",
        "List-Unsubscribe: =?utf-8?q?=3Chttps=3A//a=2Eexample/u=3E?=",
        "List-Unsubscribe: (comment <https://a.example/u>)",
        "List-Unsubscribe: NO <https://a.example/u>",
        "List-Unsubscribe: <https://a.example/ü>",
    ],
)
def test_a_mail_without_a_way_off_a_list_says_so(headers: str) -> None:
    assert raw(f"{headers}\n\nHello\n").list_unsubscribe is None


def test_many_may_send_at_once(mailbox) -> None:
    before = mailbox.count()

    def send(number: int) -> None:
        with smtplib.SMTP(mailbox.host, mailbox.port, local_hostname="sender.test") as connection:
            for turn in range(5):
                connection.send_message(message(Subject=f"{turn}"), "a@b.example", [f"many{number}@mail.example.org"])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mailbox.count() == before + 40
    assert len({mail.number for mail in mailbox.mails()}) == mailbox.count()
    for number in range(8):
        assert [mail.subject for mail in mailbox.mail_for(f"many{number}@mail.example.org")] == list("01234")


def test_servers_have_ports_of_their_own_and_are_gone_when_stopped() -> None:
    threads = threading.active_count()
    with MailServer() as one, MailServer() as other:
        assert one.port != other.port
        idle = socket.create_connection((one.host, one.port))
        assert idle.recv(1024).startswith(b"220 ")
        port = one.port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((one.host, port), timeout=5)
    idle.close()
    assert threading.active_count() == threads


def test_a_client_that_has_only_just_come_leaves_nothing_open() -> None:
    for _ in range(15):  # often the server is still accepting it when it stops
        with MailServer() as server:
            client = socket.create_connection((server.host, server.port))
        client.close()
    gc.collect()  # a connection left open would warn here


def test_mail_to_a_server_that_does_not_run_is_an_error_in_words() -> None:
    with MailServer() as server:
        pass
    with pytest.raises(HarnessError, match="with-block"):
        server.send(message(), sender="a@b.example", to=["c@d.example"])
