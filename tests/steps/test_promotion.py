"""What counts as an advertisement in a mail."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harness.world.mailbox import ReceivedMail
from steps.mail import promotion_in


def mail(text: str, *, subject: str = "Hello", headers: str = "") -> ReceivedMail:
    raw = f"Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n{headers}\r\n{text}\r\n"
    return ReceivedMail(1, datetime(2026, 3, 16, tzinfo=UTC), "", ("femke@example.org",), raw.encode())


@pytest.mark.parametrize(
    "text",
    [
        "Discover our new soundbars.",
        "Everything 20% off until Sunday.",
        "Now from € 99.",
        "Profitez de nos offres spéciales !",
        "Nu met korting.",
        "Nur jetzt: Gutscheine für alle.",
        "今だけ割引です。",
        "PS: have you seen our new screens yet?",
        "지금만 할인합니다.",
        "Compre agora!",
    ],
)
def test_an_advertisement_is_known_by_its_words(text: str) -> None:
    assert promotion_in(mail(text))


@pytest.mark.parametrize(
    "text",
    [
        "Somebody registered an account with this address. Confirm it here: https://shes.example/v?code=50%25+discount",
        "Bevestig uw e-mailadres. Was u het niet, doe dan niets.",
        "Vous avez demandé une copie de vos données.",
        "We received your order to delete the account; we offer no way to undo it.",
        "アカウントが削除されました。",
        "You can use the account with your television and your headphones.",
        "계정이 삭제되었습니다.",
    ],
)
def test_a_mail_that_serves_the_account_is_none(text: str) -> None:
    assert not promotion_in(mail(text, headers="Auto-Submitted: auto-generated\r\nPrecedence: auto_reply\r\n"))


@pytest.mark.parametrize(
    "header", ["List-Unsubscribe: <https://shes.example/u>", "List-Id: news.example", "Precedence: bulk"]
)
def test_headers_of_mail_to_many_give_it_away(header: str) -> None:
    assert promotion_in(mail("Hello.", headers=f"{header}\r\n"))


def test_the_subject_and_the_html_are_read_too() -> None:
    assert promotion_in(mail("Hello.", subject="A voucher for you"))
