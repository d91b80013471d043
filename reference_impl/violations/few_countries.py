"""Benign variants: few countries and open dates, and a general age of eighteen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from reference_impl.domain.age import AgeGate, AgeRegister, AgeRule
from reference_impl.domain.facts import Facts, load_facts
from reference_impl.domain.notices import Notices, ReadNotice
from reference_impl.domain.residence import Residence
from reference_impl.violations.model import Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted

_SERVED = frozenset({"JP", "NL", "US"})
_WITH_AGES = frozenset({"/.well-known/shes-assurance", "/assurance/age-register"})
_OPEN = ("country", "valid_from", "valid_until")
"""Members of an age that may be null; the reference omits them, and writes all other nulls that the contract allows."""


def _few() -> Facts:
    facts = load_facts()
    recipients = (
        replace(one, residences=tuple(country for country in one.residences if country in _SERVED))
        for one in facts.recipients
    )
    laws = (
        replace(one, residences=frozenset(place for place in one.residences if place.partition("-")[0] in _SERVED))
        for one in facts.transfer_laws
    )
    ages = AgeRegister(_undated(facts.ages.thresholds), _undated(facts.ages.majorities))
    return replace(
        facts,
        ages=ages,
        recipients=tuple(one for one in recipients if one.residences),
        transfer_laws=tuple(one for one in laws if one.residences),
    )


def _undated(rules: Iterable[AgeRule]) -> tuple[AgeRule, ...]:
    """A country's own rule states when it begins; the general one need not."""
    return tuple(rule if rule.country else replace(rule, valid_from=None) for rule in rules)


class _FewServed(AgeGate):
    def serves(self, country: str) -> bool:
        return country in _SERVED


class _FewNoticed(Notices):
    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        return super().read(topic, residence, language, now) if residence.country in _SERVED else None


class _WritesNull(Interceptor):
    def after(self, request: Request, answer: Answer) -> None:
        if answer.status != 200 or request.path not in _WITH_AGES:
            return
        body = json.loads(answer.body)
        for rule in (*body.get("age_thresholds", ()), *body.get("majority_ages", ())):
            for name in _OPEN:
                rule.setdefault(name, None)
        answer.body = json.dumps(body).encode()


def _eighteen() -> Facts:
    facts = load_facts()
    own = {rule.country for rule in facts.ages.thresholds} | {None}
    everywhere = tuple(
        AgeRule(18, "The service's own terms", country, date(2020, 1, 1))
        for country in sorted(facts.zones)
        if country not in own
    )
    return replace(facts, ages=replace(facts.ages, thresholds=(*facts.ages.thresholds, *everywhere)))


VIOLATIONS = (
    Violation(
        "benign-few-countries",
        None,
        "Three countries are served, and every member that may be null is written as null",
        Kind.BENIGN,
        {
            "facts": _few,
            "age_gate": _FewServed,
            "notices": _FewNoticed,
            "application": intercepted(_WritesNull),
        },
    ),
    Violation(
        "benign-eighteen",
        None,
        "The service requires eighteen years in every country but China",
        Kind.BENIGN,
        {"facts": _eighteen},
    ),
)
