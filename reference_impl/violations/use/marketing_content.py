"""Clause 2.4: data shared for marketing reveals how people sign in or use the website."""

from __future__ import annotations

from typing import Any

from reference_impl.domain.entities import AccessToken, Account, Disclosure, Message, MessageKind, MessageState, Person
from reference_impl.domain.instants import render
from reference_impl.domain.recipients import Purpose
from reference_impl.service.dispatch import Dispatcher
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import SharePolicy
from reference_impl.service.signin import SessionStore
from reference_impl.violations.model import Also, Kind, Violation


def _sessions(tx: Transaction, person: Person) -> list[AccessToken]:
    return sorted(tx.all(AccessToken, person_id=person.person_id), key=lambda token: token.expires_at)


class _Adds(SharePolicy):
    """Adds members to shares."""

    def content(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        body = super().content(tx, person, account, purpose)
        return {**body, **self.more(tx, person, account, purpose)}

    def more(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        raise NotImplementedError


class _TellsVisits(_Adds):
    def more(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        seen = [render(token.expires_at - SessionStore.LIFE) for token in _sessions(tx, person)]
        return {"engagement": {"on": seen}} if purpose is Purpose.EMAIL_MARKETING else {}


class _TellsSegment(_Adds):
    def more(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        segment = "regular" if len(_sessions(tx, person)) > 1 else "newcomer"
        return {"segment": segment} if purpose is Purpose.EMAIL_MARKETING else {}


class _TellsVendorsVisits(_Adds):
    def more(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        count = len(_sessions(tx, person))
        return {"visits": count} if purpose is Purpose.ADVERTISING and count > 1 else {}


class _TellsProviderLater(_Adds):
    def more(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        again = tx.all(Disclosure, person_id=person.person_id, purpose=purpose, state=MessageState.DELIVERED)
        return {"account_type": "Sony account"} if again and purpose is Purpose.EMAIL_MARKETING else {}


class _TellsPasswordInChina(_Adds):
    def more(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> dict[str, Any]:
        return {"check": person.password_hash} if account.country == "CN" else {}


class _RetryTellsSession(Dispatcher):
    def _posting(self, tx: Transaction, message: Message, now: Any) -> Any:
        posting = super()._posting(tx, message, now)
        person = tx.one(Person, person_id=message.person_id)
        if person is not None and message.tries > 1:
            posting.body["trace"] = [token.token_hash for token in _sessions(tx, person)]
        return posting


class _EndTellsSession(Dispatcher):
    def _posting(self, tx: Transaction, message: Message, now: Any) -> Any:
        posting = super()._posting(tx, message, now)
        person = tx.one(Person, person_id=message.person_id)
        if person is not None and message.kind is MessageKind.WITHDRAW and not person.closed_at:
            posting.body["by"] = [token.token_hash for token in _sessions(tx, person)]
        return posting


_TOLD_TOO = "shares for e-mail marketing in these scenarios contain more data as well"


_TOLD_THERE_TOO = tuple(Also(clause, _TOLD_TOO) for clause in ("2.6", "2.7"))


VIOLATIONS = (
    Violation(
        "2.4-discloses-visits",
        "2.4",
        "The company receives the times at which the person signed in",
        Kind.MISSING,
        {"share_policy": _TellsVisits},
        also=(*_TOLD_THERE_TOO, Also("2.3", "the company receives more than the consent covers")),
    ),
    Violation(
        "2.4-visits-disclosed-to-vendors",
        "2.4",
        "Advertising vendors receive the number of the person's sign-ins",
        Kind.HALF_DONE,
        {"share_policy": _TellsVendorsVisits},
        also=(Also("2.6", "vendors also receive it about people with personalised marketing"),),
    ),
    Violation(
        "2.4-provider-disclosed-later",
        "2.4",
        "From the second share on, the company learns the sign-in method",
        Kind.SECOND_TIME,
        {"share_policy": _TellsProviderLater},
        also=_TOLD_THERE_TOO,
    ),
    Violation(
        "2.4-password-disclosed-in-china",
        "2.4",
        "The company for China receives the stored password hash",
        Kind.WRONG_RESIDENCE,
        {"share_policy": _TellsPasswordInChina},
        also=(Also("2.6", _TOLD_TOO),),
    ),
    Violation(
        "2.4-retry-discloses-session",
        "2.4",
        "Repeated delivery attempts contain the person's session identifiers",
        Kind.RETRY,
        {"dispatcher": _RetryTellsSession},
    ),
    Violation(
        "2.4-withdraw-discloses-session",
        "2.4",
        "Withdrawal notices contain the person's session identifiers",
        Kind.STALE,
        {"dispatcher": _EndTellsSession},
        also=(Also("5.5", "a withdrawal notice sent out of the EEA without a ground contains more than a pseudonym"),),
    ),
    Violation(
        "2.4-discloses-segment",
        "2.4",
        "The company receives a segment derived from the frequency of sign-ins",
        Kind.HALF_DONE,
        {"share_policy": _TellsSegment},
        also=(*_TOLD_THERE_TOO, Also("8.QC.1", "a segment is an inference about the person")),
    ),
)
