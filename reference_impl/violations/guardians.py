"""Clause 7.5: a parent or guardian is not shown where to write, is told too much, or writes for nothing."""

from __future__ import annotations

from dataclasses import replace

from reference_impl.domain.address import address_key
from reference_impl.domain.entities import Account, Person
from reference_impl.domain.facts import Facts, load_facts
from reference_impl.service.guardians import GuardianForm, Guardians
from reference_impl.service.ports import NotThere, Transaction
from reference_impl.service.sharing import SharePolicy
from reference_impl.violations.model import Kind, Violation


def _without_contact() -> Facts:
    facts = load_facts()
    notices = tuple(replace(one, contacts=()) if one.topic == "children" else one for one in facts.notices)
    return replace(facts, notices=notices)


class _TellsWhoIsThere(Guardians):
    def report(self, form: GuardianForm) -> None:
        with self._context.store.transaction() as tx:
            if tx.one(Person, email_key=address_key(form.child_email)) is None:
                raise NotThere("There is no account of this address")
        super().report(form)


class _GoesOnMeanwhile(SharePolicy):
    def suspended(self, tx: Transaction, person: Person) -> bool:
        return False


class _ClosedAndKept(Guardians):
    def turn_out(self, tx: Transaction, person: Person) -> None:
        self._refusals.remember(tx, person.email)
        self._deletions.close(tx, person, tx.one(Account, person_id=person.person_id))


class _OnlyNoted(Guardians):
    def turn_out(self, tx: Transaction, person: Person) -> None:
        return


class _StaysSuspended(Guardians):
    def resume(self, tx: Transaction, person: Person) -> None:
        return


VIOLATIONS = (
    Violation(
        "7.5-no-contact",
        "7.5",
        "The notice for parents shows no contact",
        Kind.MISSING,
        {"facts": _without_contact},
    ),
    Violation(
        "7.5-tells-who-is-there",
        "7.5",
        "A report about an address without an account is answered otherwise",
        Kind.HALF_DONE,
        {"guardians": _TellsWhoIsThere},
    ),
    Violation(
        "7.5-goes-on-meanwhile",
        "7.5",
        "Sharing goes on while a report is looked at",
        Kind.STALE,
        {"share_policy": _GoesOnMeanwhile},
    ),
    Violation(
        "7.5-closed-and-kept",
        "7.5",
        "The account of a child is closed, and its data stays",
        Kind.HALF_DONE,
        {"guardians": _ClosedAndKept},
    ),
    Violation(
        "7.5-only-noted",
        "7.5",
        "That it is a child is noted, and nothing follows",
        Kind.MISSING,
        {"guardians": _OnlyNoted},
    ),
    Violation(
        "7.5-stays-suspended",
        "7.5",
        "Who was reported for nothing is not shared any more, whatever they consented to",
        Kind.STALE,
        {"guardians": _StaysSuspended},
    ),
)
