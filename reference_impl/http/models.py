"""Requests and answers as the contract has them. Undeclared members of requests are dropped."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from reference_impl.domain import instants
from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import (
    Account,
    HoldGround,
    HoldScope,
    Occasion,
    OptOutSource,
    Person,
    RequestKind,
    RequestRoute,
    RequestStatus,
)
from reference_impl.domain.providers import Provider
from reference_impl.domain.recipients import Purpose, Role
from reference_impl.service.intake import Desk
from reference_impl.service.ports import Conflict

# White space as ECMA-262 has it, whose regular expressions JSON Schema uses.
_SPACE = r"\t\n\x0b\x0c\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}"
# RFC 3986, section 2: the characters that a URI is written with.
_URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*$"
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("not a date")
    return date.fromisoformat(value)


def _instant(value: object) -> datetime:
    try:
        return value if isinstance(value, datetime) else instants.parse(_text(value))
    except instants.OutOfRange:
        raise Conflict("clock-out-of-range", "The service reckons with times from 1970 to 2199") from None


def _boundary(value: object) -> datetime:
    try:
        return value if isinstance(value, datetime) else instants.parse(_text(value))
    except instants.OutOfRange as error:
        return error.nearest


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not text")
    return value


def _whole(value: object) -> object:
    # JSON knows one kind of number: 25.0 is an integer.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _scalar_text(value: str) -> str:
    # Half a surrogate pair is not text, and cannot be stored or answered.
    value.encode()
    return value


Text = Annotated[str, AfterValidator(_scalar_text)]
Email = Annotated[Text, Field(min_length=3, max_length=254, pattern=f"^[^@{_SPACE}]+@[^@{_SPACE}]+$")]
Country = Annotated[Text, Field(pattern=r"^[A-Z]{2}$")]
Language = Annotated[Text, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
PostalCode = Annotated[Text, Field(min_length=1, max_length=16)]
DisplayName = Annotated[Text, Field(min_length=1, max_length=200)]
ProductAppId = Annotated[Text, Field(min_length=1, max_length=60, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
UsageCategory = Literal["viewing", "listening", "gaming", "features"]
Day = Annotated[date, BeforeValidator(_day)]
Boundary = Annotated[datetime, BeforeValidator(_boundary), PlainSerializer(instants.render, return_type=str)]
"""Beginning or end of a validity; beyond what a clock can show, the nearest that it can."""
Instant = Annotated[datetime, BeforeValidator(_instant), PlainSerializer(instants.render, return_type=str)]


class Body(BaseModel):
    """What comes in: types are taken as they are and not converted."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class Answer(BaseModel):
    """What goes out."""

    model_config = ConfigDict(from_attributes=True)


class Problem(Answer):
    """Problem details (RFC 9457). Repeats nothing that the person typed."""

    type: str
    title: str
    status: int
    detail: str | None = None
    missing: list[str] | None = None


class SonyAccountRegistration(Body):
    """Five members and no more."""

    email: Email
    password: Annotated[Text, Field(min_length=8, max_length=128)]
    date_of_birth: Day
    country: Country
    language: Language


class RegistrationTaken(Answer):
    """The same whether or not the address was known."""

    status: Literal["verification-sent"] = "verification-sent"


class SonyAccount(Answer):
    """What the Sony account holds, the password aside."""

    email: str
    date_of_birth: date
    country: str
    language: str


class SonyAccountCorrection(Body):
    """What a person says about themselves instead."""

    date_of_birth: Day


class Credentials(Body):
    """To sign in."""

    email: Email
    password: Annotated[Text, Field(min_length=1, max_length=128)]


class Session(Answer):
    """``expires_in`` is in seconds."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int


class Code(Body):
    """A mailed code."""

    code: Annotated[Text, Field(min_length=1, max_length=200)]


class ShesAccountCreation(Body):
    """To create a SHES account."""

    email: Email
    display_name: DisplayName
    country: Country
    postal_code: PostalCode
    date_of_birth: Day = Field(default=None)  # type: ignore[assignment]  # left out is fine, null is not


class ShesAccountChange(Body):
    """At least one member; those left out stay as they are."""

    display_name: DisplayName = ""
    country: Country = ""
    postal_code: PostalCode = ""

    @model_validator(mode="before")
    @classmethod
    def _not_empty(cls, value: Any) -> Any:
        if value == {}:
            raise ValueError("nothing to change")
        return value


class ShesAccount(Answer):
    """``subdivision`` is ISO 3166-2, where the postal code tells it."""

    account_id: str
    email: str
    display_name: str
    country: str
    subdivision: str | None
    postal_code: str
    created_at: Instant


class DeletionOrder(Body):
    """``reason`` is free text, at will."""

    reason: Annotated[Text, Field(max_length=2000)] = ""


class DeletionReceipt(Answer):
    """Names nobody."""

    receipt_id: str
    status: Literal["scheduled", "held", "purged"] = "scheduled"
    deleted_at: Instant
    purge_due_at: Instant
    purged_at: Instant | None = None
    held_until: Instant | None = None


class NoticeLink(Answer):
    """Where a notice leads on to."""

    rel: str
    title: str
    href: str
    language: str


class Contact(Answer):
    """A way to reach somebody."""

    kind: Literal["postal", "email", "web", "phone"]
    value: str


class Notice(Answer):
    """What people of a residence are told on a topic."""

    topic: str
    version: str
    language: str
    published_at: Instant
    title: str
    text: str
    links: list[NoticeLink]
    contacts: list[Contact]
    countries: list[str]


class ConsentText(Answer):
    """A text that a person is asked to agree to."""

    purpose: ConsentPurpose
    version: str
    language: str
    text: str


class ConsentDeclaration(Body):
    """To which text the person agrees."""

    text_version: Annotated[Text, Field(min_length=1, max_length=50)]
    language: Language
    product_app: ProductAppId = Field(default=None)  # type: ignore[assignment]  # left out is fine, null is not


class EnquiryForm(Body):
    """A question about an account."""

    email: Email
    language: Language
    subject: Annotated[Text, Field(min_length=1, max_length=200)]
    text: Annotated[Text, Field(min_length=1, max_length=5000)]


class EnquiryTaken(Answer):
    """The same whether or not the address is known."""

    enquiry_id: str


class ProductUsage(Body):
    """One use of a product, in the words of its app."""

    category: UsageCategory
    detail: Annotated[Text, Field(min_length=1, max_length=200)]


class ProductAppStatement(Body):
    """Preferences set in a product app, and the usage so far; all of it, every time."""

    personalisation: bool
    categories: list[UsageCategory]
    usage: Annotated[list[ProductUsage], Field(max_length=100)] = Field(default_factory=list)


class ProductApp(Answer):
    """What the service has been told by a product app."""

    app_id: str
    personalisation: bool
    categories: list[UsageCategory]
    usage: list[ProductUsage]
    stated_at: Instant


class Profile(Answer):
    """What the service takes a person to be interested in."""

    interests: list[UsageCategory]


class ProductApps(Answer):
    """All that told something."""

    product_apps: list[ProductApp]


class Consequences(Answer):
    """What a withdrawal means for products and services."""

    language: str
    text: str


class Consent(Answer):
    """How things stand with one consent. ``consequences`` are told at a withdrawal."""

    purpose: ConsentPurpose
    given: bool
    text_version: str | None
    language: str | None
    given_at: Instant | None
    withdrawn_at: Instant | None
    consequences: Consequences | None = None


class Consents(Answer):
    """One entry a purpose."""

    consents: list[Consent]


class SaleAndSharing(Answer):
    """Whether the person opted out, and how."""

    opted_out: bool
    source: OptOutSource
    since: Instant | None


class Profiling(Answer):
    """Whether the person opted out of profiling for decisions of weight."""

    opted_out: bool
    source: OptOutSource
    since: Instant | None


class PersonalInformation(Body, Answer):
    """The setting of that name on the account page."""

    enabled: bool


class PrivacyChoices(Answer):
    """What the person has opted out of."""

    sale_and_sharing: SaleAndSharing
    profiling: Profiling
    personal_information: PersonalInformation

    @classmethod
    def of(cls, person: Person) -> PrivacyChoices:
        """As they are kept."""
        since, profiling = person.opted_out_at, person.profiling_opted_out_at
        source = OptOutSource.REQUEST if profiling else OptOutSource.NONE
        return cls(
            sale_and_sharing=SaleAndSharing(opted_out=since is not None, source=person.opt_out_source, since=since),
            profiling=Profiling(opted_out=profiling is not None, source=source, since=profiling),
            personal_information=PersonalInformation(enabled=since is None),
        )


class GpcSupport(Answer):
    """As the Global Privacy Control specification has it."""

    gpc: bool
    lastUpdate: date


class PrivacyRequestSubmission(Body):
    """A right that a data subject uses. What is not of the kind asked for is not kept."""

    kind: Annotated[RequestKind, Field(strict=False)]
    email: Email
    name: Annotated[Text, Field(max_length=200)] = ""
    postal_address: Annotated[Text, Field(max_length=500)] = ""
    postal_code: Annotated[Text, Field(max_length=16)] = ""


class RequestAnswer(Answer):
    """For access: a copy of everything held about the person, secrets aside."""

    data: dict[str, Any]


class PrivacyRequest(Answer):
    """``request_token`` is given once."""

    request_id: str
    kind: RequestKind
    status: RequestStatus
    request_token: str | None = None
    answer: RequestAnswer | None = None


class OwnRequest(Answer):
    """How things stand with a request."""

    request_id: str
    kind: RequestKind
    route: RequestRoute
    status: RequestStatus
    received_at: Instant
    answered_at: Instant | None


class OwnRequests(Answer):
    """All requests of the person."""

    requests: list[OwnRequest]


class ServiceName(Answer):
    """Name and version."""

    name: str
    version: str


class Lifetime(Answer):
    """Within which time a kind of data that is needed no more is gone."""

    kind: str
    within: str


class Retention(Answer):
    """ISO 8601 durations, and the zone whose calendar counts."""

    period: str
    time_zone: str
    purge_window: str
    other: list[Lifetime]


class GuardianReport(Body):
    """What a parent or guardian writes."""

    email: Email
    child_email: Email
    statement: Annotated[Text, Field(max_length=2000)] = ""
    language: Language = "en"


class ReportTaken(Answer):
    """The same whether or not there is an account."""

    status: Literal["received"] = "received"


class OpenReport(Answer):
    """A report that staff have not looked at yet."""

    report_id: str
    child_email: str
    received_at: Instant


class OpenReports(Answer):
    """All of them."""

    reports: list[OpenReport]


class Finding(Body):
    """What staff find of a report."""

    founded: bool


class AgeRule(Body):
    """The entry without a country is the rule; ``valid_until`` is excluded."""

    model_config = ConfigDict(from_attributes=True)

    age: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=30)]
    country: Country | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    source: str = ""


class AgeRegister(Body):
    """The ages that the service goes by."""

    model_config = ConfigDict(from_attributes=True)

    age_thresholds: Annotated[list[AgeRule], Field(min_length=1)]
    majority_ages: list[AgeRule]


class Recipient(Answer):
    """Somebody the service sends anything about anybody."""

    id: str
    name: str
    role: Role
    country: str
    purposes: list[Purpose]
    residences: list[str]


class ServiceDescription(Answer):
    """What the service is, and what it can do for an auditor."""

    contract: str
    service: ServiceName
    capabilities: list[str]
    retention: Retention
    age_thresholds: list[AgeRule]
    majority_ages: list[AgeRule]
    recipients: list[Recipient]


class MailServer(Body):
    """An SMTP server without TLS or sign-in."""

    host: Text
    port: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=65535)]


class Endpoint(Body):
    """Where deliveries to a recipient for a purpose go."""

    recipient: Text
    purpose: Annotated[Purpose, Field(strict=False)]
    url: Annotated[str, Field(pattern=_URI)]


class ObjectStorage(Body):
    """A bucket that speaks S3."""

    endpoint: Annotated[str, Field(pattern=_URI)]
    bucket: Annotated[Text, Field(min_length=3, max_length=63)]
    region: Annotated[Text, Field(min_length=1, max_length=50)]
    access_key_id: Annotated[Text, Field(min_length=1, max_length=200)]
    secret_access_key: Annotated[Text, Field(min_length=1, max_length=200)]


class ProviderClient(Body):
    """What the service is registered as with an identity provider."""

    provider: Annotated[Provider, Field(strict=False)]
    issuer: Annotated[Text, Field(pattern=_URI)]
    client_id: Annotated[Text, Field(min_length=1, max_length=200)]
    client_secret: Annotated[Text, Field(min_length=1, max_length=200)]


class OfferedProvider(Answer):
    """One by which people can sign in."""

    provider: Provider


class OfferedProviders(Answer):
    """All of them."""

    providers: list[OfferedProvider]


class BegunSignIn(Answer):
    """Where the person's browser goes next."""

    authorization_url: str


class Wiring(Body):
    """Where mail, deliveries and backups go, and by whom people sign in, as a whole."""

    mail: MailServer = Field(default=None)  # type: ignore[assignment]  # left out is fine, null is not
    object_storage: ObjectStorage = Field(default=None)  # type: ignore[assignment]  # likewise
    identity_providers: list[ProviderClient] = Field(default_factory=list)
    endpoints: list[Endpoint] = Field(default_factory=list)


class RecipientCountry(Body):
    """Where a recipient is."""

    id: Text
    country: Country


class AdequacyDecision(Body):
    """Article 45 GDPR; ``valid_until`` is excluded."""

    country: Country
    reference: Text
    valid_from: Boundary
    valid_until: Boundary | None = None
    certified_recipients: list[Text] | None = None


class Safeguard(Body):
    """Article 46 GDPR; ``valid_until`` is excluded."""

    recipient: Text
    kind: Literal["standard-contractual-clauses", "binding-corporate-rules"]
    reference: Text
    valid_from: Boundary
    valid_until: Boundary | None = None


class TransferRegister(Body):
    """The facts that transfers rest on."""

    recipients: list[RecipientCountry] = Field(default_factory=list)
    adequacy: list[AdequacyDecision]
    safeguards: list[Safeguard]


class WorldOrder(Body):
    """A world of its own data, clock and wiring."""

    now: Instant
    wiring: Wiring = Field(default_factory=Wiring)
    transfer_register: TransferRegister = Field(default=None)  # type: ignore[assignment]  # as in Wiring


class World(Answer):
    """``base_url`` has no slash at its end."""

    world_id: str
    base_url: str
    now: Instant


class Clock(Body):
    """An instant of the world's clock."""

    now: Instant


class SettleOrder(Body):
    """Seconds by the computer's clock."""

    timeout_seconds: Annotated[float, Field(ge=0, le=60)] = 10


class Settled(Answer):
    """Whether the world is at rest."""

    settled: bool
    pending: list[str]
    next_due_at: Instant | None


class MailDesk(Answer):
    """Where mail is read."""

    desk: Desk
    address: str


class MailWay(Answer):
    """A way by which mail comes in; what the kind needs is there."""

    kind: str
    host: str | None = None
    port: int | None = None
    url: str | None = None
    authorization: str | None = None


class MailIntake(MailWay):
    """The first way, the addresses of the desks, and further ways."""

    desks: list[MailDesk]
    alternatives: list[MailWay]


class StoragePart(Answer):
    """One part; ``size`` is in bytes."""

    name: str
    size: int


class StoragePlace(Answer):
    """A place in which the service keeps data."""

    id: str
    kind: str
    title: str
    parts: list[StoragePart]


class StoragePlaces(Answer):
    """All places."""

    places: list[StoragePlace]


class ConsentRecord(Answer):
    """An entry of the consent ledger."""

    account_id: str
    purpose: ConsentPurpose
    text_version: str
    language: str
    given_at: Instant
    withdrawn_at: Instant | None
    withdrawn_by: str | None
    product_app: str | None


class ConsentRecords(Answer):
    """The consent ledger."""

    entries: list[ConsentRecord]


class RequestRecord(OwnRequest):
    """An entry of the ledger of requests."""

    account_id: str | None


class RequestRecords(Answer):
    """The ledger of requests."""

    entries: list[RequestRecord]


class EnquiryRecord(Answer):
    """An entry of the ledger of enquiries."""

    enquiry_id: str
    account_id: str | None
    channel: str
    language: str
    received_at: Instant
    answered_at: Instant | None


class EnquiryRecords(Answer):
    """The ledger of enquiries."""

    entries: list[EnquiryRecord]


class ProcessingRecord(Answer):
    """An entry of the record of processing (Article 30 GDPR)."""

    activity: str
    purpose: str
    basis: str
    consent: ConsentPurpose | None
    residences: list[str] | None


class ProcessingRecords(Answer):
    """The record of processing."""

    entries: list[ProcessingRecord]


class GroundRecord(Answer):
    """On what a transfer rests."""

    kind: str
    reference: str


class DisclosureRecord(Answer):
    """An entry of the disclosure ledger."""

    delivery_id: str
    subject_id: str | None
    recipient: str
    recipient_country: str
    purpose: Purpose
    kind: str
    state: str
    decided_at: Instant
    delivered_at: Instant | None
    safeguard: GroundRecord | None


class DisclosureRecords(Answer):
    """The disclosure ledger."""

    entries: list[DisclosureRecord]


class Ground(Body):
    """On what a legal hold rests."""

    kind: Annotated[HoldGround, Field(strict=False)]
    reference: Annotated[Text, Field(min_length=1, max_length=200)]


class HoldOrder(Body):
    """What is to be held, why, for whom, and until when."""

    account_id: Annotated[Text, Field(min_length=1, max_length=100)]
    ground: Ground
    authority: Annotated[Text, Field(min_length=1, max_length=200)]
    scope: Annotated[list[Annotated[HoldScope, Field(strict=False)]], Field(min_length=1, max_length=len(HoldScope))]
    until: Instant


class GroundOfHold(Answer):
    """On what a legal hold rests."""

    kind: HoldGround
    reference: str


class HoldRecord(Answer):
    """A legal hold: an entry of its ledger."""

    hold_id: str
    account_id: str | None
    ground: GroundOfHold
    authority: str
    scope: list[HoldScope]
    placed_at: Instant
    until: Instant
    lifted_at: Instant | None


class HoldRecords(Answer):
    """The ledger of legal holds."""

    entries: list[HoldRecord]


class DisposalRecord(Answer):
    """So many things of a kind were destroyed."""

    kind: str
    items: int
    disposed_at: Instant


class DisposalRecords(Answer):
    """The ledger of what was destroyed because it was needed no more."""

    entries: list[DisposalRecord]


def shes_account(person: Person, account: Account) -> ShesAccount:
    """The account as it is shown."""
    return ShesAccount(
        account_id=account.account_id,
        email=person.email,
        display_name=account.display_name,
        country=account.country,
        subdivision=account.subdivision,
        postal_code=account.postal_code,
        created_at=account.created_at,
    )


class StaffAccessOrder(Body):
    """A member of staff wants to see an account, and says from where, as what and what for."""

    account_id: Annotated[Text, Field(min_length=1, max_length=100)]
    place: Country
    role: Annotated[Text, Field(min_length=1, max_length=100, pattern=r"\S")]
    purpose: Annotated[Text, Field(min_length=1, max_length=500, pattern=r"\S")]


class NoticeRecord(Answer):
    """Which notice was in force when a person gave data."""

    account_id: str | None
    occasion: Occasion
    topic: str
    version: str
    language: str
    country: str
    subdivision: str | None
    told_at: Instant


class NoticeRecords(Answer):
    """The ledger of notices."""

    entries: list[NoticeRecord]


class StaffAccessRecord(Answer):
    """That a member of staff has seen an account."""

    account_id: str
    place: str
    role: str
    purpose: str
    at: Instant


class StaffAccessRecords(Answer):
    """The ledger of accesses by staff."""

    entries: list[StaffAccessRecord]


class PlaceRecord(Answer):
    """A country in which the account is run."""

    operator: str
    country: str
    activities: list[str]


class Law(Answer):
    """The law that a transfer must meet."""

    id: str
    name: str


class TransferBasis(Answer):
    """What a transfer rests on under its law."""

    kind: str
    reference: str


class TransferRecord(Answer):
    """That data of residents goes to somebody abroad."""

    residences: list[str]
    recipient: str
    country: str
    purposes: list[str]
    law: Law
    basis: TransferBasis
    valid_from: Instant
    valid_until: Instant | None
    source: str


class TransferRecords(Answer):
    """Where data is, and the transfers there."""

    places: list[PlaceRecord]
    entries: list[TransferRecord]


class Backup(Answer):
    """A copy of all data at a moment."""

    backup_id: str
    made_at: Instant
    expires_at: Instant


class Backups(Answer):
    """Those that there are."""

    backups: list[Backup]
