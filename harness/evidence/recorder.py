"""Collects the evidence of one scenario, and redacts secrets."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote

from pydantic_core import from_json, to_json

from harness.errors import PromiseBroken
from harness.evidence.model import Channel, Check, Evidence, EvidenceKind, Tier
from harness.target.conformity import breaches
from harness.target.http import Exchange

_LONGEST_TEXT = 20_000
_MOST_BREACHES = 3
# Members and headers whose values are always secrets; other secrets are named with `redact`.
_SECRET_NAMES = ("access_token", "request_token", "password", "code")
_SECRET_MEMBERS = re.compile(rf'("(?:{"|".join(_SECRET_NAMES)})"\s*:\s*)(?:"(?!\[redacted)(?:[^"\\]|\\.)*"|\d+)')
# What comes first in these two is one text: such expressions take a fifth of the time of others.
_SECRET_PARAMETERS = re.compile(r"code=(?<=[?&#]code=)(?!\[redacted)[^&\s\"'<>]+")
_SECRET_HEADERS = re.compile(r"\n((?i:authorization|cookie|set-cookie): ).*")
_ORIGIN = re.compile(r"^https?://[^/]+")
_SHOWN_HEADERS = ("content-type", "location", "list-unsubscribe", "sec-gpc", "accept-language", "authorization")


class _Kept(NamedTuple):
    """A piece of evidence as it was seen, secrets and all: it becomes :class:`Evidence` when all secrets are known."""

    id: str
    kind: EvidenceKind
    title: str
    media_type: str
    text: str
    step: int


class Recorder:
    """The evidence and checks of one scenario.

    Attributes:
        step: Index of the step that is running.
        checks: Its checks.
        observations: Findings that are not violations.
        exchanges: Every exchange so far in which the target answered with JSON, by the id of its evidence.
    """

    def __init__(self) -> None:
        """Start without evidence."""
        self.step = 0
        self.checks: list[Check] = []
        self.observations: list[str] = []
        self.exchanges: dict[str, Exchange] = {}
        self._kept: list[_Kept] = []
        # A scenario may send two requests at the same moment.
        self._lock = Lock()
        self._secrets: dict[str, str] = {}

    def redact(self, value: str, name: str) -> None:
        """Register a secret: its name replaces it everywhere in the evidence.

        It is recognised in plain form and as encoded in an address, in JSON and in HTML.
        """
        if value:
            in_json = (json.dumps(value, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
            for form in (value, quote(value, safe=""), html.escape(value), *in_json):
                self._secrets[form] = f"[redacted: {name}]"

    def keep(self, kind: EvidenceKind, title: str, text: str, media_type: str = "text/plain") -> str:
        """Store a piece of evidence and return its id."""
        with self._lock:
            number = f"e{len(self._kept) + 1}"
            self._kept.append(_Kept(number, kind, title, media_type, text, self.step))
        return number

    def exchange(self, exchange: Exchange) -> str:
        """Store a request to the target and its response."""
        outcome = exchange.status if exchange.status is not None else exchange.failure
        path = _ORIGIN.sub("", exchange.url)
        lines = [f"{exchange.method} {exchange.url}", *_headers(exchange.request_headers)]
        if exchange.request_body:
            lines += ["", _laid_out(exchange.request_body)]
        lines += ["", f"-> {outcome} ({exchange.seconds * 1000:.0f} ms)", *_headers(exchange.answer_headers)]
        if exchange.answer_body:
            lines += ["", _text(exchange.answer_body)]
        number = self.keep(EvidenceKind.EXCHANGE, f"{exchange.method} {path} -> {outcome}", "\n".join(lines))
        if any(name.lower() == "content-type" and "json" in value for name, value in exchange.answer_headers.items()):
            self.exchanges[number] = exchange
        return number

    def breaches(self, numbers: Iterable[str] | None = None) -> str:
        """What in the newest answer that does not match the contract does not, in words; empty if all match.

        Args:
            numbers: Only these exchanges, by id; by default all.
        """
        for number in reversed(list(self.exchanges if numbers is None else numbers)):
            one = self.exchanges.get(number)
            if one is not None and one.status is not None:
                found = list(islice(breaches(one.operation, one.status, one.answer_body), _MOST_BREACHES))
                if found:
                    return f"{one.operation} answered {one.status} with {'; '.join(found)}"
        return ""

    def check(
        self,
        channel: Channel,
        claim: str,
        passed: bool,
        *,
        detail: str = "",
        evidence: Iterable[str] = (),
        tier: Tier = Tier.OBSERVED,
    ) -> None:
        """Record a check, and stop the scenario if it failed.

        Args:
            channel: Where the check looked.
            claim: The expected fact, in words.
            passed: Whether the check passed.
            detail: What was observed instead.
            evidence: Ids of its evidence.
            tier: The strength of the evidence.

        Raises:
            PromiseBroken: The check failed.
        """
        check = Check(
            channel=channel,
            tier=tier,
            claim=claim,
            passed=passed,
            detail="" if passed else detail,
            evidence=tuple(one for one in evidence if one),
            step=self.step,
        )
        self.checks.append(check)
        if not passed:
            raise PromiseBroken(check.failure)

    def observe(self, text: str) -> None:
        """Record a finding that is not a violation."""
        if text not in self.observations:
            self.observations.append(text)

    def clean(self, text: str) -> str:
        """A text without the secrets known so far, encodable as UTF-8."""
        return _cleaned(text, self._secrets_in([text]))

    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence, secrets redacted. A secret that was learned late is redacted in earlier evidence too."""
        secrets = self._secrets_in([text for one in self._kept for text in (one.title, one.text)])
        return tuple(
            Evidence(
                id=one.id,
                kind=one.kind,
                title=_cleaned(one.title, secrets),
                media_type=one.media_type,
                text=_shortened(_cleaned(one.text, secrets)),
                step=one.step,
            )
            for one in self._kept
        )

    def _secrets_in(self, texts: Iterable[str]) -> list[tuple[str, str]]:
        """The secrets that any of the texts holds, each with its name; the longest first, as one may hold another."""
        together = "\n".join(texts)
        found = [secret for secret in self._secrets if secret in together]
        return [(secret, self._secrets[secret]) for secret in sorted(found, key=len, reverse=True)]


def _cleaned(text: str, secrets: Iterable[tuple[str, str]]) -> str:
    text = text.encode("utf-8", "backslashreplace").decode()
    for secret, name in secrets:
        text = text.replace(secret, name)
    if any(f'"{name}"' in text for name in _SECRET_NAMES):
        text = _SECRET_MEMBERS.sub(r'\1"[redacted]"', text)
    text = _SECRET_PARAMETERS.sub("code=[redacted]", text)
    return _SECRET_HEADERS.sub(r"\n\1[redacted]", f"\n{text}")[1:]


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[:_LONGEST_TEXT]}\n[{len(text) - _LONGEST_TEXT} more characters were not stored]"


def _headers(headers: Mapping[str, str]) -> list[str]:
    return [f"{name}: {value}" for name, value in headers.items() if name.lower() in _SHOWN_HEADERS]


def _text(body: bytes) -> str:
    # Checked first, because decoding megabytes of a database file is slow.
    text = "" if b"\x00" in body else body.decode("utf-8", errors="replace")
    if not text or text.count("\ufffd") > len(text) // 10:
        return f"[{len(body)} bytes]"
    return _laid_out(text)


def _laid_out(text: str) -> str:
    """JSON with a line for each member; anything else unchanged."""
    try:
        return to_json(from_json(text), indent=1).decode()
    except ValueError:
        return text
