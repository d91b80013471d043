"""Clause 5.3: data is provided without an effective notice, or the ledger of notices is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from starlette.types import ASGIApp, Receive, Scope, Send

from reference_impl.domain.entities import NoticeTold, Occasion, Person
from reference_impl.domain.notices import ReadNotice
from reference_impl.domain.residence import Residence
from reference_impl.http import problems
from reference_impl.http.app import create_app
from reference_impl.http.assurance import Worlds
from reference_impl.service.ports import Transaction
from reference_impl.service.service import Service
from reference_impl.service.told import ToldNotices
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.reworded_notices import RewordedNotices


class _NoCourts(RewordedNotices):
    def reword(self, notice: ReadNotice) -> ReadNotice:
        return replace(notice, text=notice.text.replace("courts, police and security services", "others"))


class _BehindSignIn:
    """Shows the notice on data transfer only to requests with a token."""

    def __init__(self, api: ASGIApp) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        if scope.get("path", "").endswith("/v1/notices/data-transfer") and b"authorization" not in headers:
            await problems.problem(401, "Sign in first")(scope, receive, send)
            return
        await self._api(scope, receive, send)


def _behind_sign_in(root: Service, worlds: Worlds, *, assurance_api: bool, assurance_token: str | None) -> ASGIApp:
    return _BehindSignIn(create_app(root, worlds, assurance_api=assurance_api, assurance_token=assurance_token))


class _FirstVersion(ToldNotices):
    def enter(self, tx: Transaction, person: Person, occasion: Occasion, residence: Residence) -> None:
        super().enter(tx, person, occasion, residence)
        first = self._notices.in_force(self.TOPIC, residence, datetime(2019, 1, 1, tzinfo=UTC))
        for entry in tx.all(NoticeTold, person_id=person.person_id):
            entry.version = first.version if first else entry.version


class _MovesUnseen(ToldNotices):
    def enter(self, tx: Transaction, person: Person, occasion: Occasion, residence: Residence) -> None:
        if occasion is not Occasion.MOVE:
            super().enter(tx, person, occasion, residence)


class _QuebecUntold(ToldNotices):
    def enter(self, tx: Transaction, person: Person, occasion: Occasion, residence: Residence) -> None:
        if residence.subdivision != "CA-QC":
            super().enter(tx, person, occasion, residence)


class _SameCountryUnseen(ToldNotices):
    def enter(self, tx: Transaction, person: Person, occasion: Occasion, residence: Residence) -> None:
        told = tx.all(NoticeTold, person_id=person.person_id)
        if occasion is not Occasion.MOVE or not told or told[-1].country != residence.country:
            super().enter(tx, person, occasion, residence)


class _DayAlone(ToldNotices):
    def enter(self, tx: Transaction, person: Person, occasion: Occasion, residence: Residence) -> None:
        super().enter(tx, person, occasion, residence)
        for entry in tx.all(NoticeTold, person_id=person.person_id):
            entry.told_at = entry.told_at.replace(hour=0, minute=0, second=0)


VIOLATIONS = (
    Violation(
        "5.3-silent-on-courts",
        "5.3",
        "The English notice does not mention access by courts and authorities",
        Kind.MISSING,
        {"notices": _NoCourts},
    ),
    Violation(
        "5.3-behind-sign-in",
        "5.3",
        "The notice can be read only after signing in, when data has already been provided",
        Kind.HALF_DONE,
        {"application": _behind_sign_in},
        also=(
            Also("5.1", "the notice is not available before data is provided"),
            Also("5.2", "the notice is not available before data is provided"),
        ),
    ),
    Violation(
        "5.3-first-version-for-ever",
        "5.3",
        "The ledger names the first version of the notice, not the one in force",
        Kind.STALE,
        {"told": _FirstVersion},
    ),
    Violation(
        "5.3-moves-unseen",
        "5.3",
        "A move is not recorded in the ledger of notices",
        Kind.SECOND_TIME,
        {"told": _MovesUnseen},
    ),
    Violation(
        "5.3-same-country-unseen",
        "5.3",
        "A move within a country is not recorded in the ledger of notices",
        Kind.HALF_DONE,
        {"told": _SameCountryUnseen},
    ),
    Violation(
        "5.3-quebec-not-informed",
        "5.3",
        "Notices shown in Québec are not recorded",
        Kind.WRONG_RESIDENCE,
        {"told": _QuebecUntold},
    ),
    Violation(
        "5.3-day-alone",
        "5.3",
        "The ledger records the date without the time",
        Kind.OFF_BY_ONE,
        {"told": _DayAlone},
    ),
)
