"""Clause 5.1: data goes to places that the notice, the register or the ledger do not state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from reference_impl.domain.abroad import Place
from reference_impl.domain.entities import Disclosure, MessageKind
from reference_impl.domain.notices import Notices, ReadNotice
from reference_impl.domain.recipients import Purpose, RecipientRouting
from reference_impl.domain.residence import Residence
from reference_impl.service.records import Records
from reference_impl.service.transfers import Transfers
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.reworded_notices import RewordedNotices
from reference_impl.violations.shared.vendors import VENDORS


class _NoUnitedStates(RewordedNotices):
    def reword(self, notice: ReadNotice) -> ReadNotice:
        return replace(notice, text=notice.text.replace("Verenigde Staten", "overzeese gebieden"))


class _IcelandForgotten(Notices):
    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        found = super().read(topic, residence, language, now)
        return replace(found, countries=("JP", "US")) if found and residence.country == "IS" else found


class _SilentInGerman(Notices):
    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        found = super().read(topic, residence, language, now)
        german = language.startswith("de") and topic == "data-transfer"
        return replace(found, title="Datenschutz", text="…") if found and german else found


class _MexicoToVendors(RecipientRouting):
    def for_residence(self, purpose: Purpose, residence: Residence) -> tuple[str, ...]:
        if purpose is Purpose.ADVERTISING and residence.country == "MX":
            return VENDORS
        return super().for_residence(purpose, residence)


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


VIOLATIONS = (
    Violation(
        "5.1-notice-without-united-states",
        "5.1",
        "The Dutch notice does not mention transfers to the United States",
        Kind.MISSING,
        {"notices": _NoUnitedStates},
    ),
    Violation(
        "5.1-iceland-not-informed",
        "5.1",
        "In Iceland, the notice does not name the recipient company's country",
        Kind.WRONG_RESIDENCE,
        {"notices": _IcelandForgotten},
    ),
    Violation(
        "5.1-register-without-hosting",
        "5.1",
        "The register omits the hosting location in the United States",
        Kind.MISSING,
        {"transfers": _NoHosting},
    ),
    Violation(
        "5.1-places-without-activity",
        "5.1",
        "The register names locations without their processing activities",
        Kind.HALF_DONE,
        {"transfers": _NobodyRunsIt},
    ),
    Violation(
        "5.1-ledger-says-at-home",
        "5.1",
        "The ledger places the company for the United States at home when it has moved abroad",
        Kind.LYING_LEDGER,
        {"records": _AtHome},
        also=(Also("5.5", "the ledger places the recipient in the wrong country"),),
    ),
    Violation(
        "5.1-silent-in-german",
        "5.1",
        "The notice requested in German is empty",
        Kind.HALF_DONE,
        {"notices": _SilentInGerman},
        also=(
            Also("5.2", "the notice does not mention staff abroad"),
            Also("5.3", "the notice does not state the effect of providing data"),
        ),
    ),
    Violation(
        "5.1-withdrawals-not-recorded",
        "5.1",
        "The ledger contains shares, but not the withdrawal notices sent to companies",
        Kind.LYING_LEDGER,
        {"records": _SharesAlone},
        also=(Also("5.5", "the ledger does not contain everything that was sent"),),
    ),
    Violation(
        "5.1-ledger-keeps-hours",
        "5.1",
        "The ledger records times of delivery to the hour only",
        Kind.LYING_LEDGER,
        {"records": _FullHours},
        also=(Also("5.5", "the ledger does not match what was sent"),),
    ),
    Violation(
        "5.1-mexico-to-vendors",
        "5.1",
        "Data from Mexico goes to vendors in the United States, which the register does not state",
        Kind.WRONG_RESIDENCE,
        {"routing": _MexicoToVendors},
        also=(
            Also("2.5", "recipients other than the company for Mexico receive the data"),
            Also("5.4", "the data was not provided for advertising"),
            Also("2.3", "nobody in Mexico consented to it"),
        ),
    ),
)
