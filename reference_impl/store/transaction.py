"""One transaction: rows become entities, and what changed in them is written back.

SQLAlchemy's own unit of work took half the time of every request, and most of what it can do is not needed: the
entities are flat and point to each other by id. Within a transaction a row is one object, and what changed in it is
written before the next statement.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from reference_impl.domain.entities import Deletion, Message, Person
from reference_impl.store import statements
from reference_impl.store.mapping import key_of, names_of
from reference_impl.store.statements import INSTANT, Statement, condition_values, new_values, shape_of

T = TypeVar("T")

_Row = tuple[type[object], object]
"""A kind and the value of its primary key."""


class SqlTransaction:
    """A :class:`~reference_impl.service.ports.Transaction` on a connection.

    Attributes:
        leaves_work: Whether a message or a deletion was added or changed.
        leaves_remains: Whether what was deleted must not be found in any byte.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.leaves_work = False
        self.leaves_remains = False
        self._changed: set[str] = set()
        self._connection = connection
        # Every object read or added, with its fields as they are in the database.
        self._known: dict[_Row, tuple[object, dict[str, Any]]] = {}

    def add(self, *things: object) -> None:
        """Keep new things, in this order: a row must not come before the one that it points to."""
        for thing in things:
            kind = type(thing)
            number = self._execute(statements.insert_one(kind), new_values(vars(thing))).lastrowid
            key = key_of(kind)
            if getattr(thing, key) is None:
                setattr(thing, key, number)
            self._remember(thing)
            self._note(kind, vars(thing))

    def remove(self, *things: object) -> None:
        """Delete things now, so that their places are free within the transaction."""
        self.flush()
        for thing in things:
            kind = type(thing)
            key = key_of(kind)
            equal = {key: vars(thing)[key]}
            deleted = statements.delete_all(kind, shape_of(equal))
            self._connection.execute(deleted.sql, deleted.parameters(condition_values(equal)))
            self._known.pop((kind, equal[key]), None)
            self._note_people(vars(thing))

    def remove_all(self, kind: type[object], /, **equal: object) -> None:
        """Delete all things of a kind whose fields have these values."""
        self._note_all(kind, equal)
        self._execute(statements.delete_all(kind, shape_of(equal)), condition_values(equal))
        for row in self._matching(kind, equal):
            del self._known[row]

    def change_all(self, kind: type[object], fields: Mapping[str, object], /, **equal: object) -> None:
        """Set fields of all things of a kind whose fields have these values."""
        self._note_all(kind, equal)
        changed = statements.update_all(kind, tuple(fields), shape_of(equal))
        self._execute(changed, {**new_values(fields), **condition_values(equal)})
        for row in self._matching(kind, equal):
            thing, stored = self._known[row]
            vars(thing).update(fields)
            stored.update(fields)

    def one(self, kind: type[T], /, **equal: object) -> T | None:
        """The first thing whose fields have these values."""
        found = self._things(kind, statements.select_one(kind, shape_of(equal)), condition_values(equal))
        return found[0] if found else None

    def all(self, kind: type[T], /, **equal: object) -> list[T]:
        """All things of a kind whose fields have these values, oldest first."""
        return self._things(kind, statements.select_all(kind, shape_of(equal)), condition_values(equal))

    def until(self, kind: type[T], field: str, instant: datetime, /, **equal: object) -> list[T]:
        """All things of a kind whose field is an instant no later than this one, oldest first."""
        found = statements.select_until(kind, field, shape_of(equal))
        return self._things(kind, found, {INSTANT: instant, **condition_values(equal)})

    def since(self, kind: type[T], field: str, instant: datetime, /, **equal: object) -> list[T]:
        """All things of a kind whose field is an instant no earlier than this one, oldest first."""
        found = statements.select_since(kind, field, shape_of(equal))
        return self._things(kind, found, {INSTANT: instant, **condition_values(equal)})

    def leave_nothing(self) -> None:
        """What this transaction deletes must not be found in any byte."""
        self.leaves_remains = True

    def lane_heads(self) -> list[Message]:
        """The oldest pending message of each lane."""
        return self._things(Message, statements.select_lane_heads(), {})

    def purges_due(self, now: datetime) -> list[str]:
        """Ids of the people whose data is due to be purged, without a pending message that is due."""
        return [person_id for (person_id,) in self._rows(statements.select_purges_due(), {INSTANT: now})]

    def next_due_at(self, now: datetime) -> datetime | None:
        """When the next pending message or purge after ``now`` becomes due."""
        found = [self._rows(query, {INSTANT: now})[0][0] for query in statements.select_next_due()]
        return min((instant for instant in found if instant is not None), default=None)

    def flush(self) -> None:
        """Write what has changed in the things read and added."""
        for row, (thing, stored) in self._known.items():
            fields = vars(thing)
            if fields != stored:
                kind, key = row
                changed = {name: fields[name] for name in stored if fields[name] != stored[name]}
                equal = {key_of(kind): key}
                update = statements.update_all(kind, tuple(changed), shape_of(equal))
                values = {**new_values(changed), **condition_values(equal)}
                self._connection.execute(update.sql, update.parameters(values))
                self._note(kind, stored)
                stored.update(changed)
                self._note(kind, stored)

    def _execute(self, statement: Statement, values: Mapping[str, object]) -> sqlite3.Cursor:
        self.flush()
        return self._connection.execute(statement.sql, statement.parameters(values))

    def _rows(self, statement: Statement, values: Mapping[str, object]) -> list[list[Any]]:
        # To the end at once: a statement that is not finished keeps the journal from being cut.
        return [statement.row(stored) for stored in self._execute(statement, values).fetchall()]

    def _things(self, kind: type[T], statement: Statement, values: Mapping[str, object]) -> list[T]:
        key = key_of(kind)
        found = []
        for row in self._rows(statement, values):
            fields = dict(zip(names_of(kind), row, strict=True))
            known = self._known.get((kind, fields[key]))
            if known is None:
                thing = kind.__new__(kind)
                vars(thing).update(fields)
                self._known[kind, fields[key]] = thing, fields
            else:
                thing = cast(T, known[0])
            found.append(thing)
        return found

    def _matching(self, kind: type[object], equal: Mapping[str, object]) -> list[_Row]:
        return [
            row
            for row, (_, stored) in self._known.items()
            if row[0] is kind
            and all(
                stored[name] in value if isinstance(value, (list, tuple)) else stored[name] == value
                for name, value in equal.items()
            )
        ]

    def _remember(self, thing: object) -> None:
        kind = type(thing)
        self._known[kind, getattr(thing, key_of(kind))] = thing, dict(vars(thing))

    def date_changes(self, now: datetime) -> None:
        """Keep at everybody whom a change was about that it was now."""
        if self._changed:
            equal = {"person_id": list(self._changed)}
            dated = statements.update_all(Person, ("changed_at",), shape_of(equal))
            self._execute(dated, {**new_values({"changed_at": now}), **condition_values(equal)})

    def _note(self, kind: type[object], fields: Mapping[str, Any]) -> None:
        self.leaves_work |= kind in (Message, Deletion)
        self._note_people(fields)

    def _note_people(self, fields: Mapping[str, Any]) -> None:
        if (person_id := fields.get("person_id")) is not None:
            self._changed.add(person_id)

    def _note_all(self, kind: type[object], equal: Mapping[str, object]) -> None:
        """Note whom a change of many rows is about, while they are as they were."""
        people = equal.get("person_id")
        if people is not None:
            self._changed.update(people if isinstance(people, (list, tuple)) else (str(people),))
        elif "person_id" in names_of(kind):
            found = self._rows(statements.select_people(kind, shape_of(equal)), condition_values(equal))
            self._changed.update(person_id for (person_id,) in found if person_id is not None)
