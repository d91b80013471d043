"""Notices."""

from __future__ import annotations

from typing import Literal

from reference_impl.http.models.base import Answer
from reference_impl.http.models.fields import Instant


class NoticeLink(Answer):
    """Where a notice leads on to."""

    rel: str
    title: str
    href: str
    language: str


class Contact(Answer):
    """A contact."""

    kind: Literal["postal", "email", "web", "phone"]
    value: str


class Notice(Answer):
    """A notice on a topic for residents of a place."""

    topic: str
    version: str
    language: str
    published_at: Instant
    title: str
    text: str
    links: list[NoticeLink]
    contacts: list[Contact]
    countries: list[str]
