"""Clause 2.9: the notice on opting out of e-mail marketing is not shown, or not to everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from reference_impl.domain.notices import Notice, NoticeLink, Notices, ReadNotice
from reference_impl.domain.residence import Residence
from reference_impl.violations.model import Kind, Violation

_TOPIC = "marketing-opt-out"


class _CaliforniaForgotten(Notices):
    def links(self, notice: Notice, language: str) -> tuple[NoticeLink, ...]:
        return tuple(link for link in super().links(notice, language) if link.rel != "california-notice")


class _OneLanguage(Notices):
    def links(self, notice: Notice, language: str) -> tuple[NoticeLink, ...]:
        found = tuple(link for link in notice.links if link.language == language)
        return found or super().links(notice, language)


class _ChinaAsEurope(Notices):
    def in_force(self, topic: str, residence: Residence, now: datetime) -> Notice | None:
        if topic == _TOPIC and residence.country == "CN":
            residence = Residence("NL", None)
        return super().in_force(topic, residence, now)


class _TakenDown(Notices):
    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        notice = super().read(topic, residence, language, now)
        if notice is None or topic != _TOPIC or now - notice.published_at < timedelta(days=1000):
            return notice
        return replace(notice, links=())


VIOLATIONS = (
    Violation(
        "2.9-california-omitted",
        "2.9",
        "The link to the notice for California is missing",
        Kind.MISSING,
        {"notices": _CaliforniaForgotten},
    ),
    Violation(
        "2.9-one-language-in-canada",
        "2.9",
        "People in Canada see a link to the policy in only one language",
        Kind.HALF_DONE,
        {"notices": _OneLanguage},
    ),
    Violation(
        "2.9-china-as-europe",
        "2.9",
        "People in China see a link to the policy of Sony Europe B.V.",
        Kind.WRONG_RESIDENCE,
        {"notices": _ChinaAsEurope},
    ),
    Violation(
        "2.9-taken-down",
        "2.9",
        "After a thousand days, the notice has no links",
        Kind.STALE,
        {"notices": _TakenDown},
    ),
)
