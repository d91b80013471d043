"""Clause 7.4: a child gets in through an identity provider, or data from one is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reference_impl.domain.entities import Person
from reference_impl.domain.providers import Provider
from reference_impl.outbound.providers import OpenIdConnect
from reference_impl.service.ports import Refused, Transaction
from reference_impl.service.providers import ProviderSignIns, Return
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.kept_events import keep_event
from reference_impl.violations.shared.late_age_check import (
    LATE_AGE_CHECK,
    AdmitsStrangers,
    ChecksAgeAtCreation,
    newcomer,
)


class _AsksNoAge(ProviderSignIns):
    """Creates unknown people with an invented date of birth."""

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
    """Recognises people by the provider's subject identifier after their removal."""

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


class _ForgetsRefusals(AdmitsStrangers):
    def person(self, tx: Transaction, provider: Provider, claims: Mapping[str, object]) -> str:
        try:
            return super().person(tx, provider, claims)
        except Refused as refused:
            if not refused.type.endswith("age-below-threshold"):
                raise
            return self.stranger(tx, provider, str(claims["email"]), claims)


class _ForgetsLateRefusals(ChecksAgeAtCreation):
    def remember(self, tx: Transaction, person: Person) -> None:
        return


class _KeepsUnregistered(ChecksAgeAtCreation):
    def forget(self, tx: Transaction, person: Person) -> None:
        return


class _KeepsClaims(ProviderSignIns):
    """Keeps a provider's claims about a refused person."""

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
        "People who sign in with a provider get an account without an age check",
        Kind.MISSING,
        {"provider_sign_ins": _AsksNoAge},
    ),
    Violation(
        "7.4-amazon-asks-no-age",
        "7.4",
        "People who sign in with Amazon get an account without an age check",
        Kind.HALF_DONE,
        {"provider_sign_ins": _AmazonAsksNoAge},
    ),
    Violation(
        "7.4-provider-known-for-good",
        "7.4",
        "A person removed for being too young can sign in with a provider used before",
        Kind.STALE,
        {"provider_sign_ins": _KnownForGood},
    ),
    Violation(
        "7.4-provider-refusal-lost",
        "7.4",
        "Refusals are ignored for people who sign in with a provider and state their age later",
        Kind.SECOND_TIME,
        {"provider_sign_ins": _ForgetsRefusals},
        variant=LATE_AGE_CHECK,
    ),
    Violation(
        "7.4-provider-second-date",
        "7.4",
        "After a refusal, people who signed in with a provider can state another date of birth",
        Kind.SECOND_TIME,
        {"accounts": _ForgetsLateRefusals},
        variant=LATE_AGE_CHECK,
    ),
    Violation(
        "7.4-provider-address-kept",
        "7.4",
        "After a refusal, the e-mail address received from a provider is kept",
        Kind.HALF_DONE,
        {"accounts": _KeepsUnregistered},
        variant=LATE_AGE_CHECK,
    ),
    Violation(
        "7.4-provider-claims-kept",
        "7.4",
        "Claims that a provider sent about a refused person are kept",
        Kind.HALF_DONE,
        {"provider_sign_ins": _KeepsClaims},
    ),
    Violation(
        "7.4-provider-subject-logged",
        "7.4",
        "The log records a provider's subject identifier of a refused person",
        Kind.HALF_DONE,
        {"provider_sign_ins": _LogsSubject},
    ),
    Violation(
        "7.4-provider-asked-for-birth",
        "7.4",
        "The service requests the date of birth from providers",
        Kind.MISSING,
        {"identity_providers": _AsksForBirth},
    ),
    Violation(
        "7.4-provider-date-taken",
        "7.4",
        "A date of birth from a provider replaces the one that the person stated",
        Kind.STALE,
        {"provider_sign_ins": _TakesBirth},
    ),
)
