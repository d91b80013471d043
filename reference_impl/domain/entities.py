"""What the service keeps. Plain objects; how they are stored is the store's affair."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.domain.providers import Provider
from reference_impl.domain.recipients import Purpose
from reference_impl.domain.transfer import GroundKind
from reference_impl.domain.upkeep import Leftover


class OptOutSource(StrEnum):
    """How a person opted out of sale and sharing."""

    NONE = "none"
    SIGNAL = "signal"
    SETTING = "setting"
    REQUEST = "request"


class MessageKind(StrEnum):
    """What a message in the outbox is."""

    MAIL = "mail"
    SHARE = "share"
    WITHDRAW = "withdraw"


class MessageState(StrEnum):
    """How far a message is. ``HELD``: waits for a ground, or for an endpoint, and not for a time."""

    PENDING = "pending"
    HELD = "held"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class RequestKind(StrEnum):
    """What a data subject asks for."""

    ACCESS = "access"
    ERASURE = "erasure"
    SALE_AND_SHARING = "opt-out-of-sale-and-sharing"
    TARGETED_ADVERTISING = "opt-out-of-targeted-advertising"
    PROFILING = "opt-out-of-profiling"
    OBJECTION = "objection-to-direct-marketing"
    NEVADA = "nevada-opt-out-of-sale"

    @property
    def needs_proof(self) -> bool:
        """Whether whoever asks must prove to be the person."""
        return self in (RequestKind.ACCESS, RequestKind.ERASURE)


class RequestRoute(StrEnum):
    """How a request came."""

    API = "api"
    MAIL = "mail"


class RequestStatus(StrEnum):
    """How far a data subject's request is."""

    UNVERIFIED = "identity-unverified"
    PENDING = "pending"
    COMPLETE = "complete"
    DENIED = "denied"
    INCOMPLETE = "incomplete"


class HoldGround(StrEnum):
    """On what a legal hold can rest (clauses 3.5, 4.2)."""

    LEGAL_OBLIGATION = "legal-obligation"
    LEGAL_CLAIM = "legal-claim"
    AUTHORITY_ORDER = "authority-order"
    COMPLAINT = "complaint"


class HoldScope(StrEnum):
    """What a legal hold can cover."""

    CONTACT = "contact"
    RESIDENCE = "residence"
    DATE_OF_BIRTH = "date-of-birth"
    CONSENTS = "consents"
    DISCLOSURES = "disclosures"
    CORRESPONDENCE = "correspondence"


@dataclass(eq=False, kw_only=True)
class Person:
    """A Sony account: who can sign in. ``opted_out_at`` is kept here because a signal may precede the SHES account."""

    person_id: str
    email: str
    email_key: str
    password_hash: str
    date_of_birth: date
    country: str
    language: str
    created_at: datetime
    verified_at: datetime | None = None
    closed_at: datetime | None = None
    opted_out_at: datetime | None = None
    opt_out_source: OptOutSource = OptOutSource.NONE
    profiling_opted_out_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Account:
    """A SHES account. ``my_sony_id_at``: since when the person is known to have a My Sony ID (clause 2.7)."""

    account_id: str
    person_id: str
    display_name: str
    country: str
    subdivision: str | None
    postal_code: str
    created_at: datetime
    closed_at: datetime | None = None
    my_sony_id_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class ProductApp:
    """What a person has set in the app of a product, and how they use the product (clause 2.6).

    Attributes:
        personalisation: Whether the usage may personalise the marketing at all.
        categories: The kinds of usage that may.
        usage: ``category`` and ``detail`` of each usage, as the app told.
    """

    number: int | None = None
    person_id: str
    app_id: str
    personalisation: bool
    categories: list[str]
    usage: list[dict[str, str]]
    stated_at: datetime


@dataclass(eq=False, kw_only=True)
class Enquiry:
    """A question about an account (clause 2.2). What was asked is not kept. ``person_id``: who asked, if an account."""

    enquiry_id: str
    person_id: str | None
    channel: str
    language: str
    received_at: datetime
    answered_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class AccessToken:
    """A sign-in that lasts; the token itself is not kept."""

    token_hash: str
    person_id: str
    expires_at: datetime


@dataclass(eq=False, kw_only=True)
class ProviderSignIn:
    """A sign-in by an identity provider that has begun. Whose it is is not known yet.

    Neither the state nor what the browser was given is kept.
    """

    state_hash: str
    browser_hash: str
    provider: Provider
    began_at: datetime


@dataclass(eq=False, kw_only=True)
class VerificationCode:
    """Proof to come that an address is the person's; the code itself is not kept."""

    code_hash: str
    person_id: str
    expires_at: datetime


@dataclass(eq=False, kw_only=True)
class ConsentEntry:
    """One consent, from when it was given to when it ended. ``product_app``: in which it was given, if in one."""

    entry_id: int | None = None
    person_id: str
    account_id: str
    purpose: ConsentPurpose
    text_version: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: WithdrawnBy | None = None
    product_app: str | None = None


class Occasion(StrEnum):
    """When a person gives data."""

    REGISTRATION = "registration"
    ACCOUNT = "account"
    MOVE = "move"


@dataclass(eq=False, kw_only=True)
class NoticeTold:
    """Which notice was in force when a person gave data."""

    entry_id: int | None = None
    person_id: str
    occasion: Occasion
    topic: str
    version: str
    language: str
    country: str
    subdivision: str | None
    told_at: datetime


@dataclass(eq=False, kw_only=True)
class StaffAccess:
    """That a member of staff has seen an account, from where and what for."""

    entry_id: int | None = None
    person_id: str
    account_id: str
    place: str
    role: str
    purpose: str
    at: datetime


@dataclass(eq=False, kw_only=True)
class Pseudonym:
    """What a recipient knows a person as: random, and another one at each recipient."""

    subject_id: str
    person_id: str
    recipient: str


@dataclass(eq=False, kw_only=True)
class UnsubscribeLink:
    """Stands for one person and for e-mail marketing; the token itself is in the message that carried it.

    ``ended_at``: when the consent ended that it was made for.
    """

    token_hash: str
    person_id: str
    ended_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Disclosure:
    """Ledger entry of one delivery. ``exposed``: the recipient may have seen it."""

    number: int | None = None
    delivery_id: str
    person_id: str | None
    subject_id: str | None
    recipient: str
    recipient_country: str
    purpose: Purpose
    kind: MessageKind
    state: MessageState
    decided_at: datetime
    delivered_at: datetime | None = None
    exposed: bool = False
    ground_kind: GroundKind | None = None
    ground_reference: str | None = None


@dataclass(eq=False, kw_only=True)
class Message:
    """One thing that is to leave the service: a row of the outbox.

    Messages of one ``lane`` leave one after the other, in the order of ``number``. ``person_id`` is None for a
    withdrawal that outlived the data of its person. ``ended_at``: when it was delivered or cancelled.
    """

    number: int | None = None
    message_id: str
    lane: str
    person_id: str | None
    kind: MessageKind
    recipient: str
    purpose: str
    body: dict[str, Any]
    state: MessageState
    created_at: datetime
    next_try_at: datetime
    first_try_at: datetime | None = None
    tries: int = 0
    ended_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Deletion:
    """A deleted account whose data is to be purged. ``receipt_id`` is None where an erasure was asked for instead."""

    person_id: str
    receipt_id: str | None
    reason: str | None
    deleted_at: datetime
    purge_due_at: datetime


@dataclass(eq=False, kw_only=True)
class GuardianReport:
    """A parent or guardian says that a person is a child; nobody has looked at it yet."""

    report_id: str
    person_id: str
    reporter: str
    statement: str
    received_at: datetime


@dataclass(eq=False, kw_only=True)
class Refusal:
    """Somebody was refused for their age. ``mark`` tells the same address again, and nobody whose it is."""

    mark: str
    until: datetime


@dataclass(eq=False, kw_only=True)
class PrivacyRequest:
    """A data subject's request. ``answered_at`` may lie ahead; until then it is pending.

    The hash of its code is kept until the code cannot be used any more.
    """

    request_id: str
    person_id: str
    kind: RequestKind
    status: RequestStatus
    created_at: datetime
    code_hash: str | None
    token_hash: str | None = field(default=None)
    route: RequestRoute = RequestRoute.API
    answered_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Tombstone:
    """Somebody was purged, whom a backup may still hold. It lasts no longer than that backup."""

    person_id: str
    purged_at: datetime


@dataclass(eq=False, kw_only=True)
class Disposal:
    """Ledger entry: so many things of a kind, needed no more, were destroyed. It names nobody."""

    number: int | None = None
    kind: Leftover
    items: int
    disposed_at: datetime


@dataclass(eq=False, kw_only=True)
class Hold:
    """A legal hold on an account: the entry of its ledger. ``scope`` holds values of :class:`HoldScope`.

    ``person_id`` is None from the purge on; ``account_id`` and ``receipt_id`` are None when nothing is held any more.
    The times of the deletion are kept for the receipt.
    """

    hold_id: str
    person_id: str | None
    account_id: str | None
    ground: HoldGround
    reference: str
    authority: str
    scope: list[str]
    placed_at: datetime
    until: datetime
    lifted_at: datetime | None = None
    receipt_id: str | None = None
    deleted_at: datetime | None = None
    purge_due_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class HeldRecord:
    """What a hold has kept from a purge."""

    number: int | None = None
    hold_id: str
    scope: HoldScope
    data: Any
