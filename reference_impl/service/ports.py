"""Interfaces that the use cases need, and the errors that they raise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Protocol, TypeVar

from reference_impl.domain.entities import Message
from reference_impl.domain.providers import Provider

T = TypeVar("T")


class Clock(Protocol):
    """The source of all times that the service records and compares."""

    def now(self) -> datetime:
        """The present instant, in UTC."""


class Randomness(Protocol):
    """The source of everything unguessable."""

    def token(self) -> str:
        """256 random bits, safe in a URL."""

    def identifier(self, prefix: str) -> str:
        """A random identifier that begins with the prefix."""


class Transaction(Protocol):
    """Reading and writing as a whole or not at all.

    Where fields are looked for, a list or tuple means any of its values.
    """

    def add(self, *things: object) -> None:
        """Keep new things."""

    def remove(self, *things: object) -> None:
        """Delete things."""

    def remove_all(self, kind: type[object], /, **equal: object) -> None:
        """Delete all things of a kind whose fields have these values."""

    def change_all(self, kind: type[object], fields: Mapping[str, object], /, **equal: object) -> None:
        """Set fields of all things of a kind whose fields have these values."""

    def one(self, kind: type[T], /, **equal: object) -> T | None:
        """The thing whose fields have these values; the first where there are several."""

    def all(self, kind: type[T], /, **equal: object) -> list[T]:
        """All things of a kind whose fields have these values, oldest first."""

    def until(self, kind: type[T], field: str, instant: datetime, /, **equal: object) -> list[T]:
        """All things of a kind whose field is an instant no later than this one, oldest first."""

    def since(self, kind: type[T], field: str, instant: datetime, /, **equal: object) -> list[T]:
        """All things of a kind whose field is an instant no earlier than this one, oldest first."""

    def leave_nothing(self) -> None:
        """What this transaction deletes must not be found in any byte: :meth:`Store.erase_remains` is due after it."""

    def lane_heads(self) -> list[Message]:
        """The oldest pending message of each lane."""

    def purges_due(self, now: datetime) -> list[str]:
        """Ids of the people whose data is due to be purged."""

    def next_due_at(self, now: datetime) -> datetime | None:
        """When the next pending message or purge after ``now`` becomes due."""


class Store(Protocol):
    """The database and what lies beside it on the disk. ``remains_due``: :meth:`erase_remains` is to be called."""

    remains_due: bool

    @property
    def changes(self) -> int:
        """How many rows were ever changed: where it has not grown, nothing has changed."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin, and commit at the end, or roll back when an exception leaves."""

    def come_to_rest(self) -> None:
        """Copy what the journal holds into the database file; the journal keeps its bytes."""

    def snapshot(self) -> bytes:
        """A copy of everything, as it stands between two transactions."""

    def replace(self, content: bytes) -> None:
        """Replace everything with a copy."""

    def erase_remains(self) -> bool:
        """Leave no byte of what was deleted, and cut the journal to nothing. False when that could not be done now."""

    def close(self) -> None:
        """Release every handle."""


class Log(Protocol):
    """The service's log. Nothing that a person entered is written to it."""

    def record(self, event: str, **fields: object) -> None:
        """Write one line."""

    def expire(self, ended_by: datetime) -> int:
        """Delete the files of days that had ended by then, and say how many."""

    def scrub(self, borne: Mapping[str, tuple[datetime, datetime]]) -> None:
        """Take out every line that holds one of the identifiers; each was borne between its two instants alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a storage place, as it is now."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Engine:
    """The program that keeps a place, as it is built and set."""

    name: str
    version: str
    overwrites_freed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place in which the service keeps data."""

    id: str
    kind: str
    title: str
    parts: tuple[Part, ...]
    engine: Engine | None = None


class Storage(Protocol):
    """Every place in which the service keeps data, for an auditor."""

    def places(self) -> Sequence[Place]:
        """All of them."""

    def read(self, place_id: str, part_name: str) -> bytes | None:
        """The bytes as they lie on the disk, or None where there is no such part."""


@dataclass(frozen=True, slots=True, repr=False)
class ObjectStorage:
    """A bucket that speaks S3."""

    endpoint: str
    bucket: str
    region: str
    access_key_id: str
    secret_access_key: str


class Vault(Protocol):
    """Keeps sealed objects in a bucket. Everything raises :class:`VaultError` when the bucket fails."""

    def put(self, storage: ObjectStorage, secret: bytes, name: str, content: bytes) -> None:
        """Seal and keep."""

    def get(self, storage: ObjectStorage, secret: bytes, name: str) -> bytes | None:
        """Fetch and open; None where there is no such object."""

    def names(self, storage: ObjectStorage, prefix: str) -> list[str]:
        """Names of the objects that begin so, in order."""

    def remove(self, storage: ObjectStorage, name: str) -> None:
        """Delete an object."""


@dataclass(frozen=True, slots=True, repr=False)
class ProviderClient:
    """What the service is registered as with an identity provider."""

    provider: Provider
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True, repr=False)
class Attempt:
    """What is unguessable in one sign-in by a provider, and where the provider sends the browser back to."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


class IdentityProviders(Protocol):
    """Speaks OpenID Connect with identity providers. Everything raises :class:`ProviderError` when one fails."""

    def authorization_url(self, client: ProviderClient, attempt: Attempt) -> str:
        """The address for the person's browser to sign in."""

    def vouch(self, client: ProviderClient, attempt: Attempt, code: str, now: datetime) -> Mapping[str, object]:
        """What the provider has signed about the person; raises :class:`NotVouched` where that does not hold."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """Where mail and deliveries go. What is not named is not sent. ``endpoints``: URL by recipient and purpose."""

    mail: tuple[str, int] | None = None
    object_storage: ObjectStorage | None = None
    identity_providers: tuple[ProviderClient, ...] = ()
    endpoints: dict[tuple[str, str], str] = field(default_factory=dict)


class Outcome(Enum):
    """The outcome of one attempt to send."""

    ACCEPTED = auto()
    REFUSED = auto()
    """Permanently refused."""
    FAILED = auto()
    """Failed for now; the other side may have seen it."""
    NOT_SENT = auto()
    """Failed for now; the other side has certainly not seen it."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """Failed for now as ``Outcome.FAILED``; the other side asks for the next attempt after ``wait`` at the earliest."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class Mail:
    """A service mail as it is sent."""

    message_id: str
    kind: str
    to: str
    language: str
    subject: str
    text: str
    date: datetime


class Courier(Protocol):
    """Posts deliveries over HTTP."""

    def deliver(self, url: str, idempotency_key: str, body: dict[str, Any]) -> Outcome | Postponed:
        """Try once."""


class Postman(Protocol):
    """Hands mails to an SMTP server."""

    def send(self, server: tuple[str, int], mail: Mail) -> Outcome:
        """Try once."""


class Problem(Exception):
    """A request cannot be carried out; ``type`` is a URN, and no part repeats what a person typed."""

    status = 500

    def __init__(self, kind: str, title: str, detail: str | None = None) -> None:
        super().__init__(title)
        self.type = f"urn:shes:problem:{kind}"
        self.title = title
        self.detail = detail


class Refused(Problem):
    """Refused by a business rule."""

    status = 403


class Conflict(Problem):
    """In conflict with the present state."""

    status = 409


class VaultError(Conflict):
    """The object storage fails; the message contains no personal data."""

    def __init__(self, what: str) -> None:
        super().__init__("object-storage", what)


class ProviderError(Conflict):
    """An identity provider fails."""

    def __init__(self) -> None:
        super().__init__("identity-provider", "The identity provider is currently unavailable")


class NotVouched(Refused):
    """An identity provider's claims about a person are not valid."""

    def __init__(self) -> None:
        super().__init__("provider-sign-in-not-proved", "The identity provider did not confirm your identity")


class NotThere(Problem):
    """Not here, or no longer here."""

    status = 404

    def __init__(self, title: str = "Not found") -> None:
        super().__init__("not-there", title)


class Incomplete(Problem):
    """A request is incomplete; ``missing`` are labels of the contract."""

    status = 409

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("incomplete", "The request is incomplete", f"Add: {', '.join(missing)}")
        self.missing = list(missing)


class Malformed(Problem):
    """Not conforming to the contract."""

    status = 422

    def __init__(self, detail: str) -> None:
        super().__init__("malformed", "The request does not conform to the contract", detail)


class Unauthenticated(Problem):
    """No valid credentials."""

    status = 401

    def __init__(self, title: str = "Sign in first") -> None:
        super().__init__("not-signed-in", title)
