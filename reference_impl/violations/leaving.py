"""Clauses 4.1 to 4.6: somebody who did more than most, or did it twice, is not let go of as others are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import (
    AccessToken,
    Account,
    ConsentEntry,
    Deletion,
    Disposal,
    Enquiry,
    HeldRecord,
    Hold,
    HoldGround,
    HoldScope,
    Message,
    MessageKind,
    OptOutSource,
    Person,
    PrivacyRequest,
    RequestKind,
    RequestStatus,
    StaffAccess,
    UnsubscribeLink,
)
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.upkeep import LIFETIMES, Leftover
from reference_impl.service.backups import Backups
from reference_impl.service.deletion import Deletions
from reference_impl.service.holds import HoldKeeper, Holds
from reference_impl.service.optouts import OptOuts
from reference_impl.service.people import people_at
from reference_impl.service.ports import Transaction
from reference_impl.service.purge import PeoplePurger, Purge
from reference_impl.service.records import Records
from reference_impl.service.rights import PrivacyRequests, RequestView
from reference_impl.service.signin import SignIn
from reference_impl.service.upkeep import Upkeep
from reference_impl.violations.closing import NotToldAtTheEnd
from reference_impl.violations.events import keep_event
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.newsletter import Newsletter
from reference_impl.violations.tap import Answer, Request, Tap, tapped

# -- 4.1: not purged -------------------------------------------------------------------------------------------------


class _Spares(Purge):
    """Purges everybody who is due but some."""

    def spares(self, tx: Transaction, person: Person) -> bool:
        """Whether this one is spared."""
        raise NotImplementedError

    def due(self, tx: Transaction, now: datetime) -> list[str]:
        due = super().due(tx, now)
        spared = {one.person_id for one in tx.all(Person, person_id=due) if self.spares(tx, one)} if due else set()
        return [person_id for person_id in due if person_id not in spared]


class _SparesWhoAsked(_Spares):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return bool(tx.all(Enquiry, person_id=person.person_id))


class _SparesWhoWasLookedAt(_Spares):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return bool(tx.all(StaffAccess, person_id=person.person_id))


class _SparesWhoOptedOut(_Spares):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return person.opted_out_at is not None


class _SparesOpenRequests(_Spares):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return bool(tx.all(PrivacyRequest, person_id=person.person_id, status=RequestStatus.UNVERIFIED))


class _SparesWhoWasPurged(_Spares):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._gone: set[str] = set()

    def purge(self, people: Sequence[str]) -> None:
        with self._context.store.transaction() as tx:
            addresses = [person.email_key for person in tx.all(Person, person_id=list(people))]
        super().purge(people)
        self._gone.update(hashlib.sha256(address.encode()).hexdigest() for address in addresses)

    def spares(self, tx: Transaction, person: Person) -> bool:
        return hashlib.sha256(person.email_key.encode()).hexdigest() in self._gone


class _RestsAtChristmas(_Spares):
    def spares(self, tx: Transaction, person: Person) -> bool:
        today = self._context.now()
        return (today.month, today.day) >= (12, 24) or (today.month, today.day) <= (1, 2)


# -- 4.2: held without need ------------------------------------------------------------------------------------------


class _OrdersHoldEverything(HoldKeeper):
    def scope(self, hold: Hold) -> list[HoldScope]:
        return super().scope(hold) if hold.ground is HoldGround.LEGAL_CLAIM else list(HoldScope)


class _ResidenceHoldsContact(HoldKeeper):
    def scope(self, hold: Hold) -> list[HoldScope]:
        own = super().scope(hold)
        return [*own, HoldScope.CONTACT] if {HoldScope.RESIDENCE, HoldScope.DATE_OF_BIRTH} & set(own) else own


class _ConsentsWithBirth(HoldKeeper):
    def covered(self, tx: Transaction, person_id: str) -> Mapping[HoldScope, Callable[[], Any]]:
        found = dict(super().covered(tx, person_id))
        consents = found[HoldScope.CONSENTS]
        person = tx.one(Person, person_id=person_id)
        found[HoldScope.CONSENTS] = lambda: {"of": consents(), "born": person and person.date_of_birth.isoformat()}
        return found


class _FirstOfTwoLetsGo(Holds):
    def release(self, tx: Transaction, hold: Hold) -> None:
        if hold.account_id is not None and hold.person_id is None and not self.runs(hold):
            for other in tx.all(Hold, account_id=hold.account_id):
                if set(other.scope) == set(hold.scope):
                    tx.remove_all(HeldRecord, hold_id=other.hold_id)
        super().release(tx, hold)


class _LiftedWhenPlaced(Records):
    def holds(self) -> list[Hold]:
        found = super().holds()
        for hold in found:
            hold.lifted_at = hold.lifted_at and hold.placed_at
        return found


class _RestoresHolds(Backups):
    def stop_list(self, tx: Transaction, since: Any) -> dict[str, Any]:
        return {**super().stop_list(tx, since), "lifted": []}


# -- 4.3: something is left ------------------------------------------------------------------------------------------


class _BornWhereAndWhen(PeoplePurger):
    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        gone = [(one.date_of_birth.isoformat(), one.country) for one in tx.all(Person, person_id=people)]
        super().purge(tx, people)
        for born, country in gone:
            keep_event(tx, self._context, "demographics", {"born": born, "country": country})


class _TicketsKept(Tap):
    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for("POST /v1/enquiries") and answer.status < 300:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "ticket", {"from": request.json()["email"]})


class _SuppressionList(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: OptOutSource) -> None:
        super().opt_out(tx, person, source)
        keep_event(tx, self._context, "suppression-list", person.email)


# -- 4.4: several accounts -------------------------------------------------------------------------------------------


def _namesakes(tx: Transaction, person_id: str) -> list[Account]:
    """Other accounts of whoever seems to be the same consumer."""
    mine = tx.one(Account, person_id=person_id)
    return [
        one
        for one in tx.all(Account)
        if mine is not None and one.person_id != person_id and one.display_name == mine.display_name
    ]


class _ErasesAllAccounts(PrivacyRequests):
    def verify(self, request_id: str, code: str) -> RequestView:
        with self._context.store.transaction() as tx:
            found = tx.one(PrivacyRequest, request_id=request_id)
            others = _namesakes(tx, found.person_id) if found and found.person_id else []
        view = super().verify(request_id, code)
        if found and found.kind is RequestKind.ERASURE:
            with self._context.store.transaction() as tx:
                for person in tx.all(Person, person_id=[one.person_id for one in others]):
                    self._deletions.erase(tx, person)
        return view


class _SecondDeletionCounts(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        deletion = super().delete(person_id, reason)
        with self._context.store.transaction() as tx:
            person = tx.one(Person, person_id=person_id)
            same = people_at(tx, person.email) if person else []
            for earlier in tx.all(Deletion, person_id=[one.person_id for one in same]):
                earlier.purge_due_at = deletion.purge_due_at
        return deletion


class _FirstOfThreeStays(_Spares):
    def spares(self, tx: Transaction, person: Person) -> bool:
        return len(_namesakes(tx, person.person_id)) > 1


class _SignsOthersOut(Deletions):
    def delete(self, person_id: str, reason: str | None) -> Deletion:
        with self._context.store.transaction() as tx:
            for other in _namesakes(tx, person_id):
                tx.remove_all(AccessToken, person_id=other.person_id)
        return super().delete(person_id, reason)


# -- 4.5: not closed -------------------------------------------------------------------------------------------------


class _CapitalsLetIn(SignIn):
    _typed = ""

    def sign_in(self, email: str, password: str, **more: Any) -> Any:
        self._typed = email
        return super().sign_in(email, password, **more)

    def may_sign_in(self, person: Person) -> bool:
        typed_otherwise = self._typed not in ("", person.email)
        return person.verified_at is not None and (person.closed_at is None or typed_otherwise)


class _MarketingAloneTold(NotToldAtTheEnd):
    untold = (Purpose.PERSONALISATION, Purpose.PROFILING)


class _LastWord(Newsletter):
    def subscribers(self, tx: Transaction, now: datetime) -> list[Person]:
        return [one for one in tx.all(Person) if one.closed_at and now - one.closed_at >= timedelta(days=160)]


class _RestoresWhatLinksEnded(Backups):
    def stop_list(self, tx: Transaction, since: Any) -> dict[str, Any]:
        stops = super().stop_list(tx, since)
        by_link = {
            (entry.person_id, entry.purpose)
            for entry in tx.all(ConsentEntry)
            if entry.withdrawn_by not in (None, "account")
        }
        kept = [one for one in stops["withdrawn"] if (one["person_id"], one["purpose"]) not in by_link]
        return {**stops, "withdrawn": kept}


class _RestoreSendsAgain(Backups):
    def cancel_what_ended(self, tx: Transaction, pending: Collection[str]) -> None:
        return


# -- 4.6: needed no more ---------------------------------------------------------------------------------------------


class _ObjectedLinksKept(Upkeep):
    def unsubscribe_links(self, tx: Transaction, until: datetime) -> int:
        marketing = ConsentPurpose.EMAIL_MARKETING
        links = [
            link
            for link in tx.until(UnsubscribeLink, "ended_at", until)
            if all(
                entry.withdrawn_by == "account"
                for entry in tx.all(ConsentEntry, person_id=link.person_id, purpose=marketing)
            )
        ]
        return self._remove(tx, links)


class _MailsKept(Upkeep):
    def messages(self, tx: Transaction, until: datetime) -> int:
        ended = tx.until(Message, "ended_at", until)
        return self._remove(tx, [one for one in ended if one.kind is not MessageKind.MAIL])


class _UnprovedErasuresKept(Upkeep):
    def privacy_requests(self, tx: Transaction, until: datetime) -> int:
        answered = [one for one in tx.until(PrivacyRequest, "answered_at", until) if one.kind.needs_proof]
        unproved = tx.until(PrivacyRequest, "created_at", until, status=RequestStatus.UNVERIFIED)
        return self._remove(tx, [*answered, *(one for one in unproved if one.kind is RequestKind.ACCESS)])


class _SignUpsAbroadKept(Upkeep):
    def sign_ups(self, until: datetime) -> int:
        with self._context.store.transaction() as tx:
            given_up = tx.until(Person, "created_at", until, verified_at=None)
        here = [one.person_id for one in given_up if one.country not in {"JP", "US", "CN"}]
        return len(here) - len(self._purge.run(here))


class _TokensOfThePresentKept(Upkeep):
    def access_tokens(self, tx: Transaction, until: datetime) -> int:
        expired = tx.until(AccessToken, "expires_at", until + LIFETIMES[Leftover.ACCESS_TOKEN].span)
        newest = {one.person_id: one for one in sorted(tx.all(AccessToken), key=lambda one: one.expires_at)}
        return self._remove(tx, [one for one in expired if newest[one.person_id].token_hash == one.token_hash])


class _CountsOne(Upkeep):
    def enter(self, tx: Transaction, kind: Leftover, items: int) -> None:
        super().enter(tx, kind, min(items, 1))


class _DatesBack(Upkeep):
    def enter(self, tx: Transaction, kind: Leftover, items: int) -> None:
        if items:
            tx.add(Disposal(kind=kind, items=items, disposed_at=self._context.now() - timedelta(days=400)))
            tx.leave_nothing()


_NOT_DESTROYED = (Also("4.3", "whoever is never purged is still found"),)
_KEPT_ON = (Also("4.1", "what has to go after six months is still there"),)
_ALSO = {
    "4.1-asked-stays": _NOT_DESTROYED,
    "4.1-looked-at-stays": _NOT_DESTROYED,
    "4.1-opted-out-stays": _NOT_DESTROYED,
    "4.3-tickets-kept": _KEPT_ON,
    "4.3-suppression-list": _KEPT_ON,
    "4.5-marketing-alone-told": (Also("2.4", "at a deletion companies are not told to stop for every purpose"),),
    "4.5-restore-revives-consents": (Also("8.EU.6", "a consent that an objection ended is back after a restore"),),
}

VIOLATIONS = tuple(
    Violation(name, name.partition("-")[0], title, kind, instead, _ALSO.get(name, ()))
    for name, title, kind, instead in (
        ("4.1-asked-stays", "Whoever asked a question is never purged", Kind.HALF_DONE, {"purge": _SparesWhoAsked}),
        (
            "4.1-looked-at-stays",
            "Whoever staff looked at is never purged",
            Kind.HALF_DONE,
            {"purge": _SparesWhoWasLookedAt},
        ),
        (
            "4.1-opted-out-stays",
            "Whoever opted out is never purged, so that the opt-out is remembered",
            Kind.HALF_DONE,
            {"purge": _SparesWhoOptedOut},
        ),
        (
            "4.1-open-request-stays",
            "Whoever has a request open that nobody proved is never purged",
            Kind.HALF_DONE,
            {"purge": _SparesOpenRequests},
        ),
        (
            "4.1-second-time-stays",
            "Whoever was purged once is not purged again",
            Kind.SECOND_TIME,
            {"purge": _SparesWhoWasPurged},
        ),
        (
            "4.1-rests-at-christmas",
            "Nobody is purged from Christmas to New Year",
            Kind.STALE,
            {"purge": _RestsAtChristmas},
        ),
        (
            "4.2-orders-hold-everything",
            "A hold on any ground but a legal claim keeps everything",
            Kind.HALF_DONE,
            {"hold_keeper": _OrdersHoldEverything},
        ),
        (
            "4.2-residence-holds-contact",
            "A hold on residence or date of birth keeps the contact data too",
            Kind.HALF_DONE,
            {"hold_keeper": _ResidenceHoldsContact},
        ),
        (
            "4.2-consents-with-birth",
            "A hold on consents keeps the date of birth beside them",
            Kind.HALF_DONE,
            {"hold_keeper": _ConsentsWithBirth},
        ),
        (
            "4.2-first-of-two-lets-go",
            "Of two holds on the same data the first to end lets it go",
            Kind.SECOND_TIME,
            {"holds": _FirstOfTwoLetsGo},
        ),
        (
            "4.2-lifted-when-placed",
            "By the ledger a hold was lifted when it was placed",
            Kind.LYING_LEDGER,
            {"records": _LiftedWhenPlaced},
        ),
        (
            "4.2-restore-brings-holds-back",
            "A restore forgets that a hold was lifted",
            Kind.RETRY,
            {"backups": _RestoresHolds},
        ),
        (
            "4.3-demographics-kept",
            "Birthdays of those who left are kept for statistics",
            Kind.HALF_DONE,
            {"people_purger": _BornWhereAndWhen},
        ),
        (
            "4.3-tickets-kept",
            "Support keeps a ticket with the address of whoever asked",
            Kind.HALF_DONE,
            {"application": tapped(_TicketsKept)},
        ),
        (
            "4.3-suppression-list",
            "Whoever opts out stands on a list by address for ever",
            Kind.HALF_DONE,
            {"opt_outs": _SuppressionList},
        ),
        (
            "4.4-erases-all-accounts",
            "An erasure of one account erases the consumer's others",
            Kind.MISSING,
            {"rights": _ErasesAllAccounts},
        ),
        (
            "4.4-second-deletion-counts",
            "A second deletion at an address puts off the purge of the first",
            Kind.SECOND_TIME,
            {"deletions": _SecondDeletionCounts},
        ),
        (
            "4.4-first-of-three-stays",
            "Of three accounts of one consumer none is purged while all are there",
            Kind.SECOND_TIME,
            {"purge": _FirstOfThreeStays},
        ),
        (
            "4.4-signs-others-out",
            "The end of one account ends the sessions of the others",
            Kind.HALF_DONE,
            {"deletions": _SignsOthersOut},
        ),
        (
            "4.5-capitals-let-in",
            "With the address in other letters than at the sign-up one can sign in to a deleted account",
            Kind.ODD_NAME,
            {"sign_in": _CapitalsLetIn},
        ),
        (
            "4.5-marketing-alone-told",
            "At a deletion nobody is told to stop personalising or profiling",
            Kind.HALF_DONE,
            {"reconciler": _MarketingAloneTold},
        ),
        (
            "4.5-last-word",
            "Shortly before the purge a mail advertises once more",
            Kind.STALE,
            {"dispatcher": _LastWord},
        ),
        (
            "4.5-restore-revives-consents",
            "A restore revives consents that ended otherwise than in the account",
            Kind.RETRY,
            {"backups": _RestoresWhatLinksEnded},
        ),
        (
            "4.5-restore-sends-again",
            "A restore sends again what was on its way when the backup was made",
            Kind.RETRY,
            {"backups": _RestoreSendsAgain},
        ),
        (
            "4.6-objected-links-kept",
            "Links stay where the consent ended otherwise than in the account",
            Kind.HALF_DONE,
            {"upkeep": _ObjectedLinksKept},
        ),
        ("4.6-mails-kept", "Deliveries go, and mails stay", Kind.HALF_DONE, {"upkeep": _MailsKept}),
        (
            "4.6-unproved-erasures-kept",
            "Requests for an erasure that nobody proved stay",
            Kind.HALF_DONE,
            {"upkeep": _UnprovedErasuresKept},
        ),
        (
            "4.6-sign-ups-abroad-kept",
            "Sign-ups from Japan, the United States and China stay",
            Kind.WRONG_RESIDENCE,
            {"upkeep": _SignUpsAbroadKept},
        ),
        (
            "4.6-tokens-of-the-present-kept",
            "Old tokens stay as long as their owner has a newer one",
            Kind.SECOND_TIME,
            {"upkeep": _TokensOfThePresentKept},
        ),
        ("4.6-counts-one", "The ledger counts one, however many went", Kind.LYING_LEDGER, {"upkeep": _CountsOne}),
        (
            "4.6-dates-back",
            "By the ledger everything was destroyed long before it was there",
            Kind.LYING_LEDGER,
            {"upkeep": _DatesBack},
        ),
    )
)
