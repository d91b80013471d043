"""Product apps and the profile."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reference_impl.http.models.base import Answer, Body
from reference_impl.http.models.fields import Instant, Text, UsageCategory


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
    """What a product app has reported."""

    app_id: str
    personalisation: bool
    categories: list[UsageCategory]
    usage: list[ProductUsage]
    stated_at: Instant


class Profile(Answer):
    """What the service takes a person to be interested in."""

    interests: list[UsageCategory]


class ProductApps(Answer):
    """All product apps that have reported."""

    product_apps: list[ProductApp]
