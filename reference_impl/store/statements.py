"""The statements of a transaction. Each is built once for each shape: building one takes longer than running it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    Insert,
    Select,
    Text,
    TypeDecorator,
    Update,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from reference_impl.domain.entities import Deletion, Message, MessageState
from reference_impl.store.mapping import table_of

INSTANT = "instant"
"""The parameter of every statement that depends on a time."""

Shape = tuple[tuple[str, bool | None], ...]
"""The fields that select: with each, whether any of several values will do; None where the field must be empty."""


def shape_of(equal: Mapping[str, object]) -> Shape:
    """The shape of a condition."""
    return tuple((name, None if value is None else isinstance(value, (list, tuple))) for name, value in equal.items())


def condition_values(equal: Mapping[str, object]) -> dict[str, object]:
    """The parameters of a condition."""
    return {f"is_{name}": value for name, value in equal.items() if value is not None}


def new_values(fields: Mapping[str, object]) -> dict[str, object]:
    """The parameters of fields that are set."""
    return {f"to_{name}": value for name, value in fields.items()}


def _readable_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_DIALECT = pysqlite.dialect(paramstyle="named", json_serializer=_readable_json)

_Convert = Callable[[Any], Any]


class Statement:
    """A compiled statement, with what converts its parameters and the columns of its result.

    Attributes:
        sql: Its text, for :mod:`sqlite3`.
    """

    def __init__(self, built: Select[Any] | Insert | Update | Delete) -> None:
        compiled = built.compile(dialect=_DIALECT)
        self.sql = str(compiled)
        self._parameters = {name: (bound.value, _into(bound.type)) for name, bound in compiled.binds.items()}
        columns = built.selected_columns if isinstance(built, Select) else ()
        self._columns = [(place, convert) for place, column in enumerate(columns) if (convert := _out_of(column.type))]

    def parameters(self, values: Mapping[str, object]) -> dict[str, object]:
        """What is passed with the text. A parameter that ``values`` does not name has its value from the statement."""
        found = {}
        for name, (fixed, convert) in self._parameters.items():
            value = values.get(name, fixed)
            found[name] = convert(value) if convert else value
        return found

    def row(self, stored: tuple[Any, ...]) -> list[Any]:
        """The values of a row as it is stored."""
        row = list(stored)
        for place, convert in self._columns:
            row[place] = convert(row[place])
        return row


def _into(kind: TypeEngine[Any]) -> _Convert | None:
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _out_of(kind: TypeEngine[Any]) -> _Convert | None:
    return kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


class _AnyOf(TypeDecorator[Any]):
    """Several values as one parameter: a JSON array. A statement therefore has one text, however many there are."""

    impl = Text
    cache_ok = False

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self._item = item

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Into the database."""
        convert = _into(self._item) or (lambda item: item)
        return _readable_json([convert(item) for item in value])


_Build = TypeVar("_Build", bound=Callable[..., Any])


def _once(build: _Build) -> _Build:
    # The type of functools.cache takes no class for hashable.
    return cast(_Build, cache(build))


def _conditions(kind: type[object], shape: Shape) -> list[ColumnElement[bool]]:
    return [_condition(table_of(kind).c[name], many) for name, many in shape]


def _condition(column: ColumnElement[Any], many: bool | None) -> ColumnElement[bool]:
    if many is None:
        return column.is_(None)
    if not many:
        return column == bindparam(f"is_{column.key}")
    values: BindParameter[Any] = bindparam(f"is_{column.key}", type_=_AnyOf(column.type))
    return column.in_(select(func.json_each(values).table_valued("value").c.value))


@_once
def select_one(kind: type[object], shape: Shape) -> Statement:
    """The first row."""
    return Statement(select(table_of(kind)).where(*_conditions(kind, shape)).limit(1))


@_once
def select_all(kind: type[object], shape: Shape) -> Statement:
    """All rows, oldest first."""
    table = table_of(kind)
    return Statement(select(table).where(*_conditions(kind, shape)).order_by(*table.primary_key))


@_once
def select_until(kind: type[object], field: str, shape: Shape) -> Statement:
    """All rows whose field is an instant no later than the parameter, oldest first."""
    table = table_of(kind)
    found = select(table).where(table.c[field] <= bindparam(INSTANT), *_conditions(kind, shape))
    # By the instant first: to sort by the key alone, SQLite would read the whole table in the key's order.
    return Statement(found.order_by(table.c[field], *table.primary_key))


@_once
def select_since(kind: type[object], field: str, shape: Shape) -> Statement:
    """All rows whose field is an instant no earlier than the parameter, oldest first."""
    table = table_of(kind)
    found = select(table).where(table.c[field] >= bindparam(INSTANT), *_conditions(kind, shape))
    return Statement(found.order_by(table.c[field], *table.primary_key))


@_once
def select_people(kind: type[object], shape: Shape) -> Statement:
    """Ids of the people whom rows are about."""
    return Statement(select(table_of(kind).c["person_id"]).where(*_conditions(kind, shape)).distinct())


@_once
def insert_one(kind: type[object]) -> Statement:
    """A new row."""
    table = table_of(kind)
    return Statement(insert(table).values({column.key: bindparam(f"to_{column.key}") for column in table.c}).inline())


@_once
def update_all(kind: type[object], fields: tuple[str, ...], shape: Shape) -> Statement:
    """Set fields of all rows."""
    changed = update(table_of(kind)).where(*_conditions(kind, shape))
    return Statement(changed.values({name: bindparam(f"to_{name}") for name in fields}))


@_once
def delete_all(kind: type[object], shape: Shape) -> Statement:
    """Delete all rows."""
    return Statement(delete(table_of(kind)).where(*_conditions(kind, shape)))


@cache
def select_lane_heads() -> Statement:
    """The oldest pending message of each lane."""
    outbox = table_of(Message)
    first = select(func.min(outbox.c.number)).where(outbox.c.state == MessageState.PENDING).group_by(outbox.c.lane)
    return Statement(select(outbox).where(outbox.c.number.in_(first)).order_by(outbox.c.number))


@cache
def select_purges_due() -> Statement:
    """Ids of the people to purge."""
    outbox, deletions = table_of(Message), table_of(Deletion)
    unsent = exists().where(
        outbox.c.person_id == deletions.c.person_id,
        outbox.c.state == MessageState.PENDING,
        outbox.c.next_try_at <= bindparam(INSTANT),
    )
    return Statement(select(deletions.c.person_id).where(deletions.c.purge_due_at <= bindparam(INSTANT), ~unsent))


@cache
def select_next_due() -> tuple[Statement, ...]:
    """When the next message becomes due, and when the next purge does."""
    outbox, deletions = table_of(Message), table_of(Deletion)
    next_try = select(func.min(outbox.c.next_try_at)).where(
        outbox.c.state == MessageState.PENDING, outbox.c.next_try_at > bindparam(INSTANT)
    )
    next_purge = select(func.min(deletions.c.purge_due_at)).where(deletions.c.purge_due_at > bindparam(INSTANT))
    return Statement(next_try), Statement(next_purge)
