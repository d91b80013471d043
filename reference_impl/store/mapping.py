"""Tables, and which entities lie in them. The migrations in ``migrations/`` make the same tables."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

from reference_impl.domain import entities
from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.providers import Provider
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.transfer import GroundKind
from reference_impl.domain.upkeep import Leftover


class Instant(TypeDecorator[datetime]):
    """An instant as text of fixed width, so that it sorts as it runs; always UTC."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Into the database."""
        return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        return None if value is None else datetime.fromisoformat(value)


class Word(TypeDecorator[StrEnum]):
    """A member of an enumeration, by its value."""

    impl = String(50)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Into the database."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Out of the database."""
        return None if value is None else self.words(value)


metadata = MetaData()


def _id(name: str) -> Column[str]:
    return Column(name, String(64), primary_key=True)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=True)


def _person(*, optional: bool = False) -> Column[str]:
    return Column("person_id", ForeignKey("sony_accounts.person_id"), nullable=optional, index=True)


_TABLES: dict[type[object], Table] = {
    entities.Person: Table(
        "sony_accounts",
        metadata,
        _id("person_id"),
        Column("email", Text, nullable=False),
        Column("email_key", Text, nullable=False, index=True),
        Column("password_hash", Text, nullable=False),
        Column("date_of_birth", Date, nullable=False),
        Column("country", String(2), nullable=False),
        Column("language", String(35), nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("verified_at", Instant),
        Column("closed_at", Instant),
        Column("opted_out_at", Instant),
        Column("opt_out_source", Word(entities.OptOutSource), nullable=False),
        Column("profiling_opted_out_at", Instant),
        Column("changed_at", Instant, index=True),
        # One address, one account that is not closed.
        Index("ux_sony_accounts_open", "email_key", unique=True, sqlite_where=text("closed_at IS NULL")),
        Index("ix_sony_accounts_unverified", "created_at", sqlite_where=text("verified_at IS NULL")),
    ),
    entities.Account: Table(
        "shes_accounts",
        metadata,
        _id("account_id"),
        Column("person_id", ForeignKey("sony_accounts.person_id"), nullable=False, unique=True),
        Column("display_name", Text, nullable=False),
        Column("country", String(2), nullable=False),
        Column("subdivision", String(6)),
        Column("postal_code", String(16), nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("closed_at", Instant),
        Column("my_sony_id_at", Instant),
    ),
    entities.ProductApp: Table(
        "product_apps",
        metadata,
        _number("number"),
        _person(),
        Column("app_id", String(60), nullable=False),
        Column("personalisation", Boolean, nullable=False),
        Column("categories", JSON, nullable=False),
        Column("usage", JSON, nullable=False),
        Column("stated_at", Instant, nullable=False),
    ),
    entities.Enquiry: Table(
        "enquiries",
        metadata,
        _id("enquiry_id"),
        _person(optional=True),
        Column("channel", String(10), nullable=False),
        Column("language", String(35), nullable=False),
        Column("received_at", Instant, nullable=False),
        Column("answered_at", Instant),
    ),
    entities.AccessToken: Table(
        "access_tokens",
        metadata,
        _id("token_hash"),
        _person(),
        Column("expires_at", Instant, nullable=False, index=True),
    ),
    entities.ProviderSignIn: Table(
        "provider_sign_ins",
        metadata,
        _id("state_hash"),
        Column("browser_hash", String(64), nullable=False),
        Column("provider", Word(Provider), nullable=False),
        Column("began_at", Instant, nullable=False, index=True),
    ),
    entities.VerificationCode: Table(
        "verification_codes",
        metadata,
        _id("code_hash"),
        _person(),
        Column("expires_at", Instant, nullable=False, index=True),
    ),
    entities.ConsentEntry: Table(
        "consents",
        metadata,
        _number("entry_id"),
        _person(),
        Column("account_id", String(60), nullable=False),
        Column("purpose", Word(ConsentPurpose), nullable=False),
        Column("text_version", String(50), nullable=False),
        Column("language", String(35), nullable=False),
        Column("given_at", Instant, nullable=False),
        Column("withdrawn_at", Instant),
        Column("withdrawn_by", Word(WithdrawnBy)),
        Column("product_app", String(60)),
    ),
    entities.NoticeTold: Table(
        "notices_told",
        metadata,
        _number("entry_id"),
        _person(),
        Column("occasion", Word(entities.Occasion), nullable=False),
        Column("topic", String(100), nullable=False),
        Column("version", String(50), nullable=False),
        Column("language", String(35), nullable=False),
        Column("country", String(2), nullable=False),
        Column("subdivision", String(6)),
        Column("told_at", Instant, nullable=False),
    ),
    entities.StaffAccess: Table(
        "staff_accesses",
        metadata,
        _number("entry_id"),
        _person(),
        Column("account_id", String(60), nullable=False),
        Column("place", String(2), nullable=False),
        Column("role", String(100), nullable=False),
        Column("purpose", Text, nullable=False),
        Column("at", Instant, nullable=False),
    ),
    entities.Pseudonym: Table(
        "pseudonyms", metadata, _id("subject_id"), _person(), Column("recipient", String(60), nullable=False)
    ),
    entities.UnsubscribeLink: Table(
        "unsubscribe_links", metadata, _id("token_hash"), _person(), Column("ended_at", Instant, index=True)
    ),
    entities.Disclosure: Table(
        "disclosures",
        metadata,
        _number("number"),
        Column("delivery_id", String(60), nullable=False, unique=True),
        _person(optional=True),
        Column("subject_id", String(60)),
        Column("recipient", String(60), nullable=False),
        Column("recipient_country", String(2), nullable=False),
        Column("purpose", Word(Purpose), nullable=False),
        Column("kind", Word(entities.MessageKind), nullable=False),
        Column("state", Word(entities.MessageState), nullable=False),
        Column("decided_at", Instant, nullable=False),
        Column("delivered_at", Instant),
        Column("exposed", Boolean, nullable=False),
        Column("ground_kind", Word(GroundKind)),
        Column("ground_reference", Text),
    ),
    entities.Message: Table(
        "outbox",
        metadata,
        _number("number"),
        Column("message_id", String(60), nullable=False, unique=True),
        Column("lane", String(200), nullable=False),
        _person(optional=True),
        Column("kind", Word(entities.MessageKind), nullable=False),
        Column("recipient", String(60), nullable=False),
        Column("purpose", String(50), nullable=False),
        Column("body", JSON, nullable=False),
        Column("state", Word(entities.MessageState), nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("next_try_at", Instant, nullable=False),
        Column("first_try_at", Instant),
        Column("tries", Integer, nullable=False),
        Column("ended_at", Instant, index=True),
        Index("ix_outbox_state_lane", "state", "lane"),
        Index("ix_outbox_state_next_try_at", "state", "next_try_at"),
    ),
    entities.Deletion: Table(
        "deletions",
        metadata,
        Column("person_id", ForeignKey("sony_accounts.person_id"), primary_key=True),
        Column("receipt_id", String(60), unique=True),
        Column("reason", Text),
        Column("deleted_at", Instant, nullable=False),
        Column("purge_due_at", Instant, nullable=False, index=True),
    ),
    entities.GuardianReport: Table(
        "guardian_reports",
        metadata,
        _id("report_id"),
        _person(),
        Column("reporter", Text, nullable=False),
        Column("statement", Text, nullable=False),
        Column("received_at", Instant, nullable=False),
    ),
    entities.Refusal: Table("refusals", metadata, _id("mark"), Column("until", Instant, nullable=False, index=True)),
    entities.PrivacyRequest: Table(
        "privacy_requests",
        metadata,
        _id("request_id"),
        _person(),
        Column("kind", Word(entities.RequestKind), nullable=False),
        Column("status", Word(entities.RequestStatus), nullable=False),
        Column("created_at", Instant, nullable=False, index=True),
        Column("code_hash", String(64)),
        Column("token_hash", String(64)),
        Column("route", Word(entities.RequestRoute), nullable=False),
        Column("answered_at", Instant, index=True),
    ),
    entities.Hold: Table(
        "holds",
        metadata,
        _id("hold_id"),
        _person(optional=True),
        Column("account_id", String(60)),
        Column("ground", Word(entities.HoldGround), nullable=False),
        Column("reference", Text, nullable=False),
        Column("authority", Text, nullable=False),
        Column("scope", JSON, nullable=False),
        Column("placed_at", Instant, nullable=False),
        Column("until", Instant, nullable=False, index=True),
        Column("lifted_at", Instant),
        Column("receipt_id", String(60), index=True),
        Column("deleted_at", Instant),
        Column("purge_due_at", Instant),
    ),
    entities.HeldRecord: Table(
        "held_records",
        metadata,
        _number("number"),
        Column("hold_id", ForeignKey("holds.hold_id"), nullable=False, index=True),
        Column("scope", Word(entities.HoldScope), nullable=False),
        Column("data", JSON, nullable=False),
    ),
    entities.Tombstone: Table(
        "tombstones", metadata, _id("person_id"), Column("purged_at", Instant, nullable=False, index=True)
    ),
    entities.Disposal: Table(
        "disposals",
        metadata,
        _number("number"),
        Column("kind", Word(Leftover), nullable=False),
        Column("items", Integer, nullable=False),
        Column("disposed_at", Instant, nullable=False),
    ),
}
_NAMES = {entity: tuple(table.c.keys()) for entity, table in _TABLES.items()}
_KEYS = {entity: key.key for entity, table in _TABLES.items() for key in table.primary_key}


def table_of(entity: type[object]) -> Table:
    """The table that an entity lies in."""
    return _TABLES[entity]


def names_of(entity: type[object]) -> tuple[str, ...]:
    """The fields of an entity, in the order of its table's columns."""
    return _NAMES[entity]


def key_of(entity: type[object]) -> str:
    """The field that is the primary key."""
    return _KEYS[entity]
