"""The register of transfers: recipients, countries, laws and bases (clauses 5.1, 5.7)."""

from __future__ import annotations

from collections.abc import Iterator

from reference_impl.domain.abroad import Basis, Place, Transfer, TransferLaw, bases_for
from reference_impl.domain.recipients import RecipientRouting
from reference_impl.domain.transfer import GroundKind
from reference_impl.service.context import Context


class Transfers:
    """Derives the register from the laws, adequacy decisions and safeguards as stated now."""

    def __init__(self, context: Context, routing: RecipientRouting) -> None:
        self._context = context
        self._routing = routing

    def places(self) -> list[Place]:
        """Where the account itself is run."""
        return list(self._context.facts.places)

    def entries(self) -> list[Transfer]:
        """Every transfer out of the country of the person (out of the EEA, for its residents)."""
        return [transfer for law in self._context.facts.transfer_laws for transfer in self.under(law)]

    def under(self, law: TransferLaw) -> Iterator[Transfer]:
        """The transfers that a law applies to."""
        for place in self.places():
            yield from self.to(law, law.residences, place.id, place.country, ("account",))
        for recipient in self._routing.recipients:
            served = frozenset(code for code in law.residences if code.partition("-")[0] in recipient.residences)
            if served:
                country = self._context.register.countries[recipient.id]
                yield from self.to(law, served, recipient.id, country, tuple(recipient.purposes))

    def to(
        self, law: TransferLaw, residences: frozenset[str], recipient: str, country: str, purposes: tuple[str, ...]
    ) -> Iterator[Transfer]:
        """The transfers to one recipient; none where it is at home."""
        if country in law.countries:
            return
        for basis in self.bases(law, recipient, country):
            yield Transfer(tuple(sorted(residences)), recipient, country, purposes, law, basis)

    def bases(self, law: TransferLaw, recipient: str, country: str) -> tuple[Basis, ...]:
        """What transfers to a recipient rest on under a law; under the GDPR as adequacy and safeguards are stated."""
        if law.id != "gdpr":
            return bases_for(law, country)
        register = self._context.register
        return (
            *(
                Basis(GroundKind.ADEQUACY, decision.reference, decision.validity)
                for decision in register.adequacy
                if decision.country == country and (decision.certified is None or recipient in decision.certified)
            ),
            *(
                Basis(safeguard.kind, safeguard.reference, safeguard.validity)
                for safeguard in register.safeguards
                if safeguard.recipient == recipient
            ),
        )
