"""Texts of service mails: what the person must know, without any advertising (clause 2.3)."""

from __future__ import annotations

from collections.abc import Mapping

from reference_impl.domain.entities import Message
from reference_impl.domain.facts import MailText
from reference_impl.service.context import Context
from reference_impl.service.ports import Mail


class Mailer:
    """Composes mails from the texts of the data files."""

    FALLBACK = "en"

    def __init__(self, context: Context) -> None:
        self._context = context

    def compose(self, message: Message) -> Mail:
        """The mail of an outbox message, in the person's language where there is a text."""
        language, text = self.text(self._context.facts.mails[message.purpose], message.body["language"])
        return Mail(
            message_id=message.message_id,
            kind=message.purpose,
            to=message.body["to"],
            language=language,
            subject=text.subject,
            text=text.text.strip().format(**self.words(message)) + "\n",
            date=self._context.now(),
        )

    def text(self, texts: Mapping[str, MailText], language: str) -> tuple[str, MailText]:
        """The text in the language wanted, else in its main language, else in English."""
        found = next((tag for tag in (language, language.partition("-")[0]) if tag in texts), self.FALLBACK)
        return found, texts[found]

    def words(self, message: Message) -> dict[str, str]:
        """Values for the placeholders of the text."""
        link = {"link": self.link(message)} if "code" in message.body else {}
        return {**message.body, **link}

    def link(self, message: Message) -> str:
        """The link for the person to follow."""
        return f"{self._context.base_url}/{message.purpose}?code={message.body['code']}"
