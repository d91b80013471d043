"""Consents, and the links that end them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy


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


@dataclass(eq=False, kw_only=True)
class UnsubscribeLink:
    """Stands for one person and for e-mail marketing; the token itself is in the message that carried it.

    ``ended_at``: when the consent ended that it was made for.
    """

    token_hash: str
    person_id: str
    ended_at: datetime | None = None
