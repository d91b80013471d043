"""What a restore does not undo: decisions, and the ledgers of what followed from them.

A restore is made because data was lost, and not to change anybody's mind. :data:`CARRIED` is the only list of what is
carried over, by entity and field; :data:`AS_IN_BACKUP` is the rest. Every field of every entity is in one of the two,
which a test checks, and a new one has to be entered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Protocol, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from reference_impl.domain.entities import (
    AccessToken,
    Account,
    ConsentEntry,
    Deletion,
    Disclosure,
    Disposal,
    Enquiry,
    GuardianReport,
    HeldRecord,
    Hold,
    Message,
    NoticeTold,
    Person,
    PrivacyRequest,
    ProductApp,
    ProviderSignIn,
    Pseudonym,
    Refusal,
    StaffAccess,
    Tombstone,
    UnsubscribeLink,
    VerificationCode,
)
from reference_impl.service.ports import Transaction

Row = dict[str, Any]
"""The fields of an entity by name, as JSON."""

_NUMBERS = frozenset({"number", "entry_id"})
"""Keys that the database counts out. Carried over, a row gets the next one: another may have its number by now."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What is carried over: all that concerns these people, and what has been about nobody since an instant."""

    people: Collection[str]
    since: datetime


class Carried(Protocol):
    """Something that outlives a restore, under a name of its own."""

    @property
    def name(self) -> str:
        """Its name in the list that lies beside the backups."""

    @property
    def kind(self) -> type[object]:
        """The entity."""

    @property
    def fields(self) -> frozenset[str]:
        """Those fields of the entity that are carried over."""

    def rows(self, tx: Transaction, extent: Extent) -> list[Row]:
        """What is to be carried over."""

    def clear(self, tx: Transaction, extent: Extent) -> Mapping[str, Any]:
        """Take away what was restored, and say what of it stays as in the backup, by person."""

    def put(self, tx: Transaction, extent: Extent, rows: Iterable[Row], restored: Mapping[str, Any]) -> None:
        """Put in its place what was carried over."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is decided about a person as a whole: a few fields of the Sony account."""

    name: str
    fields: frozenset[str]
    kind: type[object] = Person

    def rows(self, tx: Transaction, extent: Extent) -> list[Row]:
        """The fields of each person."""
        wanted = self.fields | {"person_id"}
        people = tx.all(Person, person_id=list(extent.people))
        return [{name: to_jsonable_python(getattr(person, name)) for name in sorted(wanted)} for person in people]

    def clear(self, tx: Transaction, extent: Extent) -> Mapping[str, Any]:
        """Fields are set, and not taken away."""
        return {}

    def put(self, tx: Transaction, extent: Extent, rows: Iterable[Row], restored: Mapping[str, Any]) -> None:
        """Set the fields of everybody who is still there."""
        people = {person.person_id: person for person in tx.all(Person, person_id=list(extent.people))}
        for row in rows:
            if row["person_id"] in people:
                for name in self.fields:
                    setattr(people[row["person_id"]], name, _reader(Person, name).validate_python(row[name]))


@dataclass(frozen=True, slots=True)
class Ledger:
    """Whole rows of an entity: what has come since is kept, and what is gone since stays gone.

    Attributes:
        only: Values of fields of the rows that are meant.
        besides: Fields that stay as in the backup.
        dated: The field that says when a row about nobody was written; older ones are in every backup.
        whole: Every row is meant, whomever it is about.
        identity: The field by which a row about nobody is found in the backup, where it may be about somebody.
    """

    name: str
    kind: type[object]
    only: Mapping[str, object] = field(default_factory=dict)
    besides: frozenset[str] = frozenset()
    dated: str = ""
    whole: bool = False
    identity: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """All but those that stay as in the backup."""
        return frozenset(one.name for one in fields(self.kind)) - self.besides  # type: ignore[arg-type]

    def covered(self, tx: Transaction, extent: Extent) -> list[Any]:
        """The rows that are meant."""
        if self.whole:
            return tx.all(self.kind, **self.only)
        about_people = tx.all(self.kind, person_id=list(extent.people), **self.only)
        if self.dated:
            return about_people + tx.since(self.kind, self.dated, extent.since, person_id=None, **self.only)
        return about_people + tx.all(self.kind, person_id=None, **self.only)

    def rows(self, tx: Transaction, extent: Extent) -> list[Row]:
        """All fields of the rows that are meant, but for numbers."""
        return [
            {name: value for name, value in to_jsonable_python(row).items() if name not in _NUMBERS}
            for row in self.covered(tx, extent)
        ]

    def clear(self, tx: Transaction, extent: Extent) -> Mapping[str, Any]:
        """Remove the rows that are meant."""
        restored = self.covered(tx, extent)
        tx.remove(*restored)
        return {row.person_id: row for row in restored} if self.besides else {}

    def put(self, tx: Transaction, extent: Extent, rows: Iterable[Row], restored: Mapping[str, Any]) -> None:
        """Add the rows; none about somebody who is not there."""
        for row in rows:
            thing: Any = _reader(self.kind).validate_python(row)
            if self.whole or thing.person_id is None or thing.person_id in extent.people:
                if self.besides and thing.person_id in restored:
                    vars(thing).update({name: getattr(restored[thing.person_id], name) for name in self.besides})
                if self.identity and thing.person_id is None:
                    tx.remove_all(self.kind, **{self.identity: getattr(thing, self.identity)})
                tx.add(thing)


_READERS: dict[tuple[type[object], str], TypeAdapter[Any]] = {}


def _reader(kind: type[object], name: str = "") -> TypeAdapter[Any]:
    """What makes an entity, or one of its fields, of JSON. It is made once: that takes longer than using it."""
    if (kind, name) not in _READERS:
        _READERS[kind, name] = TypeAdapter(get_type_hints(kind)[name] if name else kind)
    return _READERS[kind, name]


CARRIED: tuple[Carried, ...] = (
    Choice("verified", frozenset({"verified_at"})),
    Choice("closed", frozenset({"closed_at"})),
    Choice("opted_out", frozenset({"opted_out_at", "opt_out_source"})),
    Choice("opted_out_of_profiling", frozenset({"profiling_opted_out_at"})),
    Choice("born", frozenset({"date_of_birth"})),
    # The residence, the My Sony ID and the closing.
    Ledger("accounts", Account, besides=frozenset({"display_name"})),
    Ledger("deletions", Deletion),
    Ledger("consents", ConsentEntry),
    Ledger("unsubscribe_links", UnsubscribeLink),
    Ledger("product_apps", ProductApp),
    Ledger("requests", PrivacyRequest),
    Ledger("guardian_reports", GuardianReport),
    Ledger("refusals", Refusal, whole=True),
    Ledger("holds", Hold, identity="hold_id"),
    Ledger("held", HeldRecord, whole=True),
    # A session that was ended stays ended.
    Ledger("sessions", AccessToken),
    Ledger("notices", NoticeTold),
    Ledger("accesses", StaffAccess),
    Ledger("enquiries", Enquiry, dated="received_at", identity="enquiry_id"),
    # What was delivered is not delivered again, what is on its way arrives, and the recipient can be told to stop.
    Ledger("pseudonyms", Pseudonym),
    Ledger("disclosures", Disclosure, dated="decided_at", identity="delivery_id"),
    Ledger("messages", Message, only={"ended_at": None}, identity="message_id"),
    Ledger("purged", Tombstone, whole=True),
)
"""What outlives a restore, in the order in which it is put: a row must not come before the one that it points to."""

AS_IN_BACKUP: Mapping[type[object], frozenset[str]] = {
    # Nothing changes these but the loss of the account; the last says what the list above is made for.
    Person: frozenset(
        {"person_id", "email", "email_key", "password_hash", "country", "language", "created_at", "changed_at"}
    ),
    # What a person is called is no decision about data.
    Account: frozenset({"display_name"}),
    # Codes and attempts are repeated.
    VerificationCode: frozenset({"code_hash", "person_id", "expires_at"}),
    ProviderSignIn: frozenset({"state_hash", "browser_hash", "provider", "began_at"}),
    # What is back is destroyed, and entered, again.
    Disposal: frozenset({"number", "kind", "items", "disposed_at"}),
}
"""What a restore sets back, and why that undoes nothing."""


def all_rows(tx: Transaction, since: datetime) -> dict[str, list[Row]]:
    """What is carried over a restore of any backup made since an instant."""
    people = [person.person_id for person in tx.since(Person, "changed_at", since)]
    extent = Extent(people, since)
    return {"changed": [{"person_id": one} for one in people], **{one.name: one.rows(tx, extent) for one in CARRIED}}


def put_all(tx: Transaction, since: datetime, rows: Mapping[str, list[Row]]) -> None:
    """Put what is carried over in place of what was restored."""
    changed = [row["person_id"] for row in rows["changed"]]
    there = {person.person_id for person in tx.all(Person, person_id=changed)}
    extent = Extent(there, since)
    restored = {carried.name: carried.clear(tx, extent) for carried in reversed(CARRIED)}
    for carried in CARRIED:
        carried.put(tx, extent, rows[carried.name], restored[carried.name])
