"""Clauses 5.1 to 5.4, 5.6 and 5.7: where data goes is not told, not written down, or not as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from starlette.types import ASGIApp, Receive, Scope, Send

from reference_impl.domain.abroad import Basis, Place, Transfer, TransferLaw
from reference_impl.domain.entities import (
    Account,
    Disclosure,
    Message,
    MessageKind,
    NoticeTold,
    Occasion,
    Person,
    StaffAccess,
)
from reference_impl.domain.facts import SafeguardText
from reference_impl.domain.notices import Notice, NoticeLink, Notices, ReadNotice
from reference_impl.domain.recipients import Purpose, RecipientRouting
from reference_impl.domain.residence import Residence
from reference_impl.domain.transfer import GroundKind, Safeguard
from reference_impl.http import problems
from reference_impl.http.app import create_app
from reference_impl.http.assurance import Worlds
from reference_impl.service.backoffice import BackOffice
from reference_impl.service.clauses import ReadableSafeguards
from reference_impl.service.dispatch import Dispatcher, _Posting
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.records import Records
from reference_impl.service.service import Service
from reference_impl.service.sharing import SharePolicy
from reference_impl.service.told import ToldNotices
from reference_impl.service.transfers import Transfers
from reference_impl.violations.model import Also, Kind, Violation

_VENDORS = ("harbour-reach-media", "lantern-audience")


# -- what is told ----------------------------------------------------------------------------------------------------


class _Reworded(Notices):
    """Tells something else than was published."""

    def reword(self, notice: ReadNotice) -> ReadNotice:
        raise NotImplementedError

    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        found = super().read(topic, residence, language, now)
        return self.reword(found) if found and found.topic == "data-transfer" else found


class _NoUnitedStates(_Reworded):
    def reword(self, notice: ReadNotice) -> ReadNotice:
        return replace(notice, text=notice.text.replace("Verenigde Staten", "overzeese gebieden"))


class _IcelandForgotten(Notices):
    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        found = super().read(topic, residence, language, now)
        return replace(found, countries=("JP", "US")) if found and residence.country == "IS" else found


class _NoStaff(_Reworded):
    def reword(self, notice: ReadNotice) -> ReadNotice:
        paragraphs = notice.text.split("\n\n")
        return replace(notice, text="\n\n".join(one for one in paragraphs if not one.startswith("Medewerkers")))


class _NoCourts(_Reworded):
    def reword(self, notice: ReadNotice) -> ReadNotice:
        return replace(notice, text=notice.text.replace("courts, police and security services", "others"))


class _SilentInGerman(Notices):
    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        found = super().read(topic, residence, language, now)
        german = language.startswith("de") and topic == "data-transfer"
        return replace(found, title="Datenschutz", text="…") if found and german else found


class _LinkInEnglishAlone(Notices):
    def links(self, notice: Notice, language: str) -> tuple[NoticeLink, ...]:
        return super().links(notice, self.FALLBACK)


class _UnionOnly(Notices):
    def places(self, residence: Residence) -> tuple[str, ...]:
        places = super().places(residence)
        return tuple(place for place in places if place != "EEA" or residence.country not in ("IS", "LI", "NO"))


class _BehindSignIn:
    """Shows the notice on data transfer to those alone who bear a token."""

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


class _DutchIsGone(ReadableSafeguards):
    def text(self, kind: GroundKind, language: str) -> SafeguardText:
        if language.startswith("nl"):
            raise NotThere
        return super().text(kind, language)


class _ClausesForEver(ReadableSafeguards):
    def in_force(self, kind: GroundKind) -> list[Safeguard]:
        return [one for one in self._context.register.safeguards if one.kind is kind]


class _ClausesAMomentLonger(ReadableSafeguards):
    def in_force(self, kind: GroundKind) -> list[Safeguard]:
        before = self._context.now() - timedelta(seconds=1)
        return [one for one in self._context.register.safeguards if one.kind is kind and one.validity.holds(before)]


class _FirstClausesAlone(ReadableSafeguards):
    def in_force(self, kind: GroundKind) -> list[Safeguard]:
        return super().in_force(kind)[:1]


# -- which notice was told -------------------------------------------------------------------------------------------


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


# -- who looked ------------------------------------------------------------------------------------------------------


class _JapanIsHome(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        if place != "JP":
            super().enter(tx, account, place, role, purpose)


class _LoggedOnce(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        if not tx.all(StaffAccess, account_id=account.account_id, place=place, role=role):
            super().enter(tx, account, place, role, purpose)


class _PlainLetters(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        super().enter(tx, account, place, role.encode("ascii", "replace").decode(), purpose)


class _CutShort(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        super().enter(tx, account, place, role[:60], purpose[:60])


class _ClosedUnseen(BackOffice):
    def enter(self, tx: Transaction, account: Account, place: str, role: str, purpose: str) -> None:
        if account.closed_at is None:
            super().enter(tx, account, place, role, purpose)


class _AlwaysTokyo(Records):
    def accesses(self) -> list[StaffAccess]:
        entries = super().accesses()
        for entry in entries:
            entry.place = "JP"
        return entries


# -- where it goes, and what for -------------------------------------------------------------------------------------


class _MexicoToVendors(RecipientRouting):
    def for_residence(self, purpose: Purpose, residence: Residence) -> tuple[str, ...]:
        if purpose is Purpose.ADVERTISING and residence.country == "MX":
            return _VENDORS
        return super().for_residence(purpose, residence)


class _ConsentForVendors(SharePolicy):
    def recipients(self, tx: Transaction, person: Person, account: Account, purpose: Purpose) -> tuple[str, ...]:
        mine = super().recipients(tx, person, account, purpose)
        marketed = super().recipients(tx, person, account, Purpose.EMAIL_MARKETING)
        return _VENDORS if purpose is Purpose.ADVERTISING and marketed and account.country == "GB" else mine


class _SaysAdvertising(Dispatcher):
    def _posting(self, tx: Transaction, message: Message, now: datetime) -> _Posting:
        posting = super()._posting(tx, message, now)
        before = tx.all(Disclosure, person_id=message.person_id, recipient=message.recipient, exposed=True)
        if message.kind is MessageKind.SHARE and len(before) > 1:
            posting.body["purpose"] = Purpose.ADVERTISING.value
        return posting


class _UsageAsMarketing(Dispatcher):
    def _posting(self, tx: Transaction, message: Message, now: datetime) -> _Posting:
        posting = super()._posting(tx, message, now)
        if message.purpose != Purpose.PERSONALISATION:
            return posting
        marketing = Purpose.EMAIL_MARKETING.value
        url = self._context.wiring.endpoints[message.recipient, marketing]
        return replace(posting, url=url, body={**posting.body, "purpose": marketing})


class _NoHosting(Transfers):
    def places(self) -> list[Place]:
        return [place for place in super().places() if place.country != "US"]


class _NobodyRunsIt(Transfers):
    def places(self) -> list[Place]:
        return [replace(place, activities=()) for place in super().places()]


class _AtHome(Records):
    def disclosures(self) -> list[Disclosure]:
        entries = super().disclosures()
        for entry in entries:
            if entry.recipient == "sony-electronics-inc":
                entry.recipient_country = "US"
        return entries


class _SharesAlone(Records):
    def disclosures(self) -> list[Disclosure]:
        return [entry for entry in super().disclosures() if entry.kind is MessageKind.SHARE]


class _FullHours(Records):
    def disclosures(self) -> list[Disclosure]:
        entries = super().disclosures()
        for entry in entries:
            entry.delivered_at = entry.delivered_at and entry.delivered_at.replace(minute=0, second=0, microsecond=0)
        return entries


class _MorePurposes(Transfers):
    def to(
        self, law: TransferLaw, residences: frozenset[str], recipient: str, country: str, purposes: tuple[str, ...]
    ) -> Iterator[Transfer]:
        return super().to(law, residences, recipient, country, (*purposes, "analytics"))


class _CalledAdvertising(Records):
    def disclosures(self) -> list[Disclosure]:
        entries = super().disclosures()
        for entry in entries[1:]:
            if entry.kind is MessageKind.SHARE:
                entry.purpose = Purpose.ADVERTISING
        return entries


class _ChinaOnNothing(Transfers):
    def bases(self, law: TransferLaw, recipient: str, country: str) -> tuple[Basis, ...]:
        bases = super().bases(law, recipient, country)
        return tuple(replace(basis, reference="") for basis in bases) if law.id == "cn-pipl" else bases


class _QuebecAsCanada(Transfers):
    def entries(self) -> list[Transfer]:
        return [entry for entry in super().entries() if entry.law.id != "ca-qc-private-sector"]


class _WhereItWas(Transfers):
    def under(self, law: TransferLaw) -> Iterator[Transfer]:
        began = {recipient.id: recipient.country for recipient in self._routing.recipients}
        return (entry for entry in super().under(law) if began.get(entry.recipient) in (None, entry.country))


class _TaiwanUnderChina(Transfers):
    def under(self, law: TransferLaw) -> Iterator[Transfer]:
        for entry in super().under(law):
            pipl = next(one for one in self._context.facts.transfer_laws if one.id == "cn-pipl")
            yield replace(entry, law=pipl) if "TW" in entry.residences else entry


class _BritainInTheUnion(Transfers):
    def under(self, law: TransferLaw) -> Iterator[Transfer]:
        for entry in super().under(law):
            gdpr = next(one for one in self._context.facts.transfer_laws if one.id == "gdpr")
            yield replace(entry, law=gdpr) if law.id == "uk-gdpr" else entry


VIOLATIONS = (
    Violation(
        "5.1-notice-without-united-states",
        "5.1",
        "The notice in Dutch does not say that data goes to the United States",
        Kind.MISSING,
        {"notices": _NoUnitedStates},
    ),
    Violation(
        "5.1-iceland-not-told",
        "5.1",
        "In Iceland the notice does not name the country of the company that gets the data",
        Kind.WRONG_RESIDENCE,
        {"notices": _IcelandForgotten},
    ),
    Violation(
        "5.1-register-without-hosting",
        "5.1",
        "The register does not have the place in the United States in which the account is kept",
        Kind.MISSING,
        {"transfers": _NoHosting},
    ),
    Violation(
        "5.1-places-without-activity",
        "5.1",
        "The register names places and not what is done there",
        Kind.HALF_DONE,
        {"transfers": _NobodyRunsIt},
    ),
    Violation(
        "5.1-ledger-says-at-home",
        "5.1",
        "The ledger has the company of the United States at home when it is abroad",
        Kind.LYING_LEDGER,
        {"records": _AtHome},
        (Also("5.5", "the ledger has the recipient in another country than it is in"),),
    ),
    Violation(
        "5.1-silent-in-german",
        "5.1",
        "Who asks for the notice in German is told nothing in any language",
        Kind.HALF_DONE,
        {"notices": _SilentInGerman},
        (
            Also("5.2", "the notice does not tell of staff elsewhere"),
            Also("5.3", "the notice does not tell what giving data means"),
        ),
    ),
    Violation(
        "5.1-withdrawals-not-entered",
        "5.1",
        "The ledger has what was shared, and not that companies were told to stop",
        Kind.LYING_LEDGER,
        {"records": _SharesAlone},
        (Also("5.5", "the ledger does not have all that left"),),
    ),
    Violation(
        "5.1-ledger-keeps-hours",
        "5.1",
        "The ledger has the hour at which something left and no more",
        Kind.LYING_LEDGER,
        {"records": _FullHours},
        (Also("5.5", "the ledger does not have what left as it was"),),
    ),
    Violation(
        "5.1-mexico-to-vendors",
        "5.1",
        "Data from Mexico goes to vendors in the United States of whom no register knows that",
        Kind.WRONG_RESIDENCE,
        {"routing": _MexicoToVendors},
        (
            Also("2.5", "others than the company of Mexico get the data"),
            Also("5.4", "it was not given for advertising"),
            Also("2.3", "nobody in Mexico consented to it"),
        ),
    ),
    Violation(
        "5.2-notice-silent-in-dutch",
        "5.2",
        "The notice in Dutch does not say that staff elsewhere can see data",
        Kind.MISSING,
        {"notices": _NoStaff},
    ),
    Violation(
        "5.2-japan-is-home",
        "5.2",
        "Whoever looks from Japan is taken to be at home, and not written down",
        Kind.WRONG_RESIDENCE,
        {"back_office": _JapanIsHome},
    ),
    Violation(
        "5.2-logged-once",
        "5.2",
        "Who looks again from the same place is not written down again",
        Kind.SECOND_TIME,
        {"back_office": _LoggedOnce},
    ),
    Violation(
        "5.2-plain-letters",
        "5.2",
        "Letters beyond the plainest are lost from the role",
        Kind.ODD_NAME,
        {"back_office": _PlainLetters},
    ),
    Violation(
        "5.2-words-cut",
        "5.2",
        "What staff say they are and want is cut off after sixty letters",
        Kind.ODD_NAME,
        {"back_office": _CutShort},
    ),
    Violation(
        "5.2-closed-accounts-unseen",
        "5.2",
        "Who looks at an account that was deleted is not written down",
        Kind.HALF_DONE,
        {"back_office": _ClosedUnseen},
    ),
    Violation(
        "5.2-ledger-says-japan",
        "5.2",
        "The ledger has everybody looking from Japan",
        Kind.LYING_LEDGER,
        {"records": _AlwaysTokyo},
    ),
    Violation(
        "5.3-silent-on-courts",
        "5.3",
        "The notice in English does not say that courts and authorities may get at data",
        Kind.MISSING,
        {"notices": _NoCourts},
    ),
    Violation(
        "5.3-behind-sign-in",
        "5.3",
        "Only who has signed in, and so given data, can read what giving data means",
        Kind.HALF_DONE,
        {"application": _behind_sign_in},
        (
            Also("5.1", "it is not told before data is given"),
            Also("5.2", "it is not told before data is given"),
        ),
    ),
    Violation(
        "5.3-first-version-for-ever",
        "5.3",
        "The ledger has the first version, whichever was in force",
        Kind.STALE,
        {"told": _FirstVersion},
    ),
    Violation(
        "5.3-moves-unseen",
        "5.3",
        "Who moves gives data that nothing is written down for",
        Kind.SECOND_TIME,
        {"told": _MovesUnseen},
    ),
    Violation(
        "5.3-same-country-unseen",
        "5.3",
        "Who moves within the country gives data that nothing is written down for",
        Kind.HALF_DONE,
        {"told": _SameCountryUnseen},
    ),
    Violation(
        "5.3-quebec-untold",
        "5.3",
        "What was told in Québec is not written down",
        Kind.WRONG_RESIDENCE,
        {"told": _QuebecUntold},
    ),
    Violation(
        "5.3-day-alone",
        "5.3",
        "The ledger has the day and not the time",
        Kind.OFF_BY_ONE,
        {"told": _DayAlone},
    ),
    Violation(
        "5.4-says-another-purpose",
        "5.4",
        "What is sent for e-mail marketing says that it is for advertising when it changes",
        Kind.SECOND_TIME,
        {"dispatcher": _SaysAdvertising},
    ),
    Violation(
        "5.4-usage-as-marketing",
        "5.4",
        "How products are used is sent for e-mail marketing, and says that it is for that",
        Kind.HALF_DONE,
        {"dispatcher": _UsageAsMarketing},
        (
            Also("2.6", "usage leaves for another purpose than personalisation"),
            Also("5.1", "the ledger has it for another purpose than it left for"),
            Also("5.5", "the ledger has it for another purpose than it left for"),
        ),
    ),
    Violation(
        "5.4-vendors-by-consent",
        "5.4",
        "In the United Kingdom a consent to e-mail marketing opens the data to advertising vendors",
        Kind.WRONG_RESIDENCE,
        {"share_policy": _ConsentForVendors},
        (
            Also("2.5", "others than the company of the United Kingdom get the data"),
            Also("5.1", "no register knows that data goes there"),
            Also("2.3", "the consent was to e-mail marketing alone"),
        ),
    ),
    Violation(
        "5.4-register-adds-purposes",
        "5.4",
        "The register has every recipient for analytics too",
        Kind.LYING_LEDGER,
        {"transfers": _MorePurposes},
    ),
    Violation(
        "5.4-ledger-calls-it-advertising",
        "5.4",
        "The ledger has every share but the first as one for advertising",
        Kind.LYING_LEDGER,
        {"records": _CalledAdvertising},
        (
            Also("2.3", "the ledger has shares for a purpose that nobody consented to"),
            Also("5.1", "the ledger does not have what left as it was"),
            Also("5.5", "the ledger does not have what left as it was"),
        ),
    ),
    Violation(
        "5.6-link-in-english-alone",
        "5.6",
        "The notice in Dutch links to the clauses in English",
        Kind.MISSING,
        {"notices": _LinkInEnglishAlone},
    ),
    Violation(
        "5.6-union-only",
        "5.6",
        "Iceland, Liechtenstein and Norway have no notice with the clauses",
        Kind.WRONG_RESIDENCE,
        {"notices": _UnionOnly},
    ),
    Violation(
        "5.6-dutch-is-gone",
        "5.6",
        "The link to the clauses in Dutch is dead",
        Kind.HALF_DONE,
        {"readable_safeguards": _DutchIsGone},
    ),
    Violation(
        "5.6-clauses-for-ever",
        "5.6",
        "Clauses that have ended are shown as in force",
        Kind.STALE,
        {"readable_safeguards": _ClausesForEver},
    ),
    Violation(
        "5.6-clauses-a-second-more",
        "5.6",
        "Clauses are shown as in force for a second after their end",
        Kind.OFF_BY_ONE,
        {"readable_safeguards": _ClausesAMomentLonger},
    ),
    Violation(
        "5.6-first-clauses-alone",
        "5.6",
        "Of the clauses with several recipients the first alone are shown",
        Kind.SECOND_TIME,
        {"readable_safeguards": _FirstClausesAlone},
    ),
    Violation(
        "5.7-china-on-nothing",
        "5.7",
        "Transfers from China are in the register without a basis",
        Kind.MISSING,
        {"transfers": _ChinaOnNothing},
    ),
    Violation(
        "5.7-quebec-as-canada",
        "5.7",
        "Transfers from Québec are taken to be under the law of Canada alone",
        Kind.WRONG_RESIDENCE,
        {"transfers": _QuebecAsCanada},
    ),
    Violation(
        "5.7-taiwan-under-china",
        "5.7",
        "Transfers from Taiwan are under the law of China",
        Kind.WRONG_RESIDENCE,
        {"transfers": _TaiwanUnderChina},
    ),
    Violation(
        "5.7-where-it-was",
        "5.7",
        "The register knows nothing of recipients that have gone abroad",
        Kind.STALE,
        {"transfers": _WhereItWas},
        (Also("5.1", "data goes where the register does not say"),),
    ),
    Violation(
        "5.7-britain-in-the-union",
        "5.7",
        "Transfers from the United Kingdom are still under the law of the Union",
        Kind.STALE,
        {"transfers": _BritainInTheUnion},
    ),
)
