"""Where the service sends and accepts mail and data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reference_impl.domain.providers import Provider
from reference_impl.domain.recipients import Purpose
from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import URI, Text, Whole
from reference_impl.service.intake import Desk


class MailServer(Body):
    """An SMTP server without TLS or sign-in."""

    host: Text
    port: Annotated[Whole, Field(ge=1, le=65535)]


class Endpoint(Body):
    """Where deliveries to a recipient for a purpose go."""

    recipient: Text
    purpose: Annotated[Purpose, Field(strict=False)]
    url: Annotated[str, Field(pattern=URI)]


class ObjectStorage(Body):
    """A bucket that speaks S3."""

    endpoint: Annotated[str, Field(pattern=URI)]
    bucket: Annotated[Text, Field(min_length=3, max_length=63)]
    region: Annotated[Text, Field(min_length=1, max_length=50)]
    access_key_id: Annotated[Text, Field(min_length=1, max_length=200)]
    secret_access_key: Annotated[Text, Field(min_length=1, max_length=200)]


class ProviderClient(Body):
    """What the service is registered as with an identity provider."""

    provider: Annotated[Provider, Field(strict=False)]
    issuer: Annotated[Text, Field(pattern=URI)]
    client_id: Annotated[Text, Field(min_length=1, max_length=200)]
    client_secret: Annotated[Text, Field(min_length=1, max_length=200)]


class Wiring(Body):
    """Where mail, deliveries and backups go, and by whom people sign in, as a whole."""

    mail: MailServer = Field(default=None)  # type: ignore[assignment]  # left out is fine, null is not
    object_storage: ObjectStorage = Field(default=None)  # type: ignore[assignment]  # as above
    identity_providers: list[ProviderClient] = Field(default_factory=list)
    endpoints: list[Endpoint] = Field(default_factory=list)


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
