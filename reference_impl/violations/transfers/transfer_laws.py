"""Clause 5.7: the register puts transfers under the wrong law, or on no basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reference_impl.domain.abroad import Basis, Transfer, TransferLaw
from reference_impl.service.transfers import Transfers
from reference_impl.violations.model import Also, Kind, Violation


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
        "5.7-china-on-nothing",
        "5.7",
        "The register states no basis for transfers from China",
        Kind.MISSING,
        {"transfers": _ChinaOnNothing},
    ),
    Violation(
        "5.7-quebec-as-canada",
        "5.7",
        "The register puts transfers from Québec under Canadian federal law only",
        Kind.WRONG_RESIDENCE,
        {"transfers": _QuebecAsCanada},
    ),
    Violation(
        "5.7-taiwan-under-china",
        "5.7",
        "The register puts transfers from Taiwan under the law of China",
        Kind.WRONG_RESIDENCE,
        {"transfers": _TaiwanUnderChina},
    ),
    Violation(
        "5.7-where-it-was",
        "5.7",
        "The register omits recipients that have moved abroad",
        Kind.STALE,
        {"transfers": _WhereItWas},
        also=(Also("5.1", "data goes to a destination that the register does not state"),),
    ),
    Violation(
        "5.7-britain-in-the-union",
        "5.7",
        "The register still puts transfers from the United Kingdom under EU law",
        Kind.STALE,
        {"transfers": _BritainInTheUnion},
    ),
)
