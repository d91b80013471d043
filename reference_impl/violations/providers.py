"""Clause 7.4: a child gets in through an identity provider, or something that one told of a child stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reference_impl.domain.entities import Person
from reference_impl.domain.providers import Provider
from reference_impl.outbound.providers import OpenIdConnect
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.providers import ProviderSignIns, Return
from reference_impl.violations.events import keep_event
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.passing import VARIANT, AsksInPassing, LetsStrangersIn, newcomer


class _AsksNoAge(ProviderSignIns):
    """Makes whoever a provider vouches for a person of an age that nobody asked."""

    def concerns(self, provider: Provider, claims: Mapping[str, object]) -> bool:
        return True

    def stranger(self, tx: Transaction, provider: Provider, address: str, claims: Mapping[str, object]) -> str:
        if not self.concerns(provider, claims):
            return super().stranger(tx, provider, address, claims)
        person = newcomer(self._context, address, date(1980, 1, 1))
        tx.add(person)
        return person.person_id


class _AmazonAsksNoAge(_AsksNoAge):
    def concerns(self, provider: Provider, claims: Mapping[str, object]) -> bool:
        return provider is Provider.AMAZON


class _KnownForGood(_AsksNoAge):
    """Whoever a provider has once signed in goes on to be known by what the provider calls them."""

    def person(self, tx: Transaction, provider: Provider, claims: Mapping[str, object]) -> str:
        known: set[object] = self.__dict__.setdefault("known", set())
        try:
            person_id = super().person(tx, provider, claims)
        except Refused:
            if claims["sub"] not in known:
                raise
            return super().stranger(tx, provider, str(claims["email"]), claims)
        known.add(claims["sub"])
        return person_id

    def concerns(self, provider: Provider, claims: Mapping[str, object]) -> bool:
        return claims["sub"] in self.__dict__.get("known", ())


class _ForgetsRefusals(LetsStrangersIn):
    def person(self, tx: Transaction, provider: Provider, claims: Mapping[str, object]) -> str:
        try:
            return super().person(tx, provider, claims)
        except Refused as refused:
            if not refused.type.endswith("age-below-threshold"):
                raise
            return self.stranger(tx, provider, str(claims["email"]), claims)


class _NoMemoryInPassing(AsksInPassing):
    def remember(self, tx: Transaction, person: Person) -> None:
        return


class _KeepsWhoWasInBetween(AsksInPassing):
    def forget(self, tx: Transaction, person: Person) -> None:
        return


class _KeepsClaims(ProviderSignIns):
    """Keeps what a provider told of somebody who is turned away."""

    def keep(self, claims: Mapping[str, object]) -> None:
        with self._context.store.transaction() as tx:
            told = {name: claims[name] for name in ("sub", "email", "name")}
            keep_event(tx, self._context, "lead", told)

    def end(self, back: Return, *, signal: bool) -> tuple[str, int]:
        try:
            return super().end(back, signal=signal)
        except Refused:
            if claims := self.__dict__.pop("claims", None):
                self.keep(claims)
            raise

    def stranger(self, tx: Transaction, provider: Provider, address: str, claims: Mapping[str, object]) -> str:
        self.__dict__["claims"] = claims
        return super().stranger(tx, provider, address, claims)


class _LogsSubject(_KeepsClaims):
    def keep(self, claims: Mapping[str, object]) -> None:
        self._context.log.record("provider-sign-in-refused", subject=claims["sub"])


class _AsksForBirth(OpenIdConnect):
    SCOPE = "openid email user_birthday"


class _TakesBirth(ProviderSignIns):
    def person(self, tx: Transaction, provider: Provider, claims: Mapping[str, object]) -> str:
        person_id = super().person(tx, provider, claims)
        person = tx.one(Person, person_id=person_id)
        if person is not None and "birthdate" in claims:
            person.date_of_birth = date.fromisoformat(str(claims["birthdate"]))
        return person_id


VIOLATIONS = (
    Violation(
        "7.4-provider-asks-no-age",
        "7.4",
        "Whoever a provider vouches for, and who was not refused before, gets an account without being asked the age",
        Kind.MISSING,
        {"provider_sign_ins": _AsksNoAge},
    ),
    Violation(
        "7.4-amazon-asks-no-age",
        "7.4",
        "Whoever Amazon vouches for gets an account without being asked the age",
        Kind.HALF_DONE,
        {"provider_sign_ins": _AmazonAsksNoAge},
    ),
    Violation(
        "7.4-provider-known-for-good",
        "7.4",
        "Who was closed out for the age is let in by a provider that has signed them in before",
        Kind.STALE,
        {"provider_sign_ins": _KnownForGood},
    ),
    Violation(
        "7.4-provider-refusal-forgotten",
        "7.4",
        "A refusal is not remembered where somebody comes by a provider and is asked the age in passing",
        Kind.SECOND_TIME,
        {"provider_sign_ins": _ForgetsRefusals},
        variant=VARIANT,
    ),
    Violation(
        "7.4-provider-second-date",
        "7.4",
        "Who is refused when asked in passing, having come by a provider, can state another date",
        Kind.SECOND_TIME,
        {"accounts": _NoMemoryInPassing},
        variant=VARIANT,
    ),
    Violation(
        "7.4-provider-address-kept",
        "7.4",
        "The address of who was refused when asked in passing, having come by a provider, stays",
        Kind.HALF_DONE,
        {"accounts": _KeepsWhoWasInBetween},
        variant=VARIANT,
    ),
    Violation(
        "7.4-provider-claims-kept",
        "7.4",
        "What a provider told of somebody who was turned away is kept",
        Kind.HALF_DONE,
        {"provider_sign_ins": _KeepsClaims},
    ),
    Violation(
        "7.4-provider-subject-logged",
        "7.4",
        "The log keeps what a provider calls somebody who was turned away",
        Kind.HALF_DONE,
        {"provider_sign_ins": _LogsSubject},
    ),
    Violation(
        "7.4-provider-asked-for-birth",
        "7.4",
        "Providers are asked for the date of birth",
        Kind.MISSING,
        {"identity_providers": _AsksForBirth},
    ),
    Violation(
        "7.4-provider-date-taken",
        "7.4",
        "The date of birth that a provider tells takes the place of the one that was typed",
        Kind.STALE,
        {"provider_sign_ins": _TakesBirth},
    ),
)
