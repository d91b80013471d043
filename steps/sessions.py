"""Sessions: which of them work, and whether the account behind them is as its holder left it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harness import contract
from harness.evidence.model import Channel
from harness.stage import Actor, Service
from harness.stage.recipients import MARKETING
from harness.vocabulary import Seen, sight
from steps.registration import KEPT_OUT

_PATH = {"purpose": MARKETING, "app_id": "living-room"}
"""For operations of an account that have something in their path."""


@sight("{person}'s sessions work", denied="{person}'s sessions no longer work")
def work(service: Service, person: Actor, denied: bool) -> Iterator[Seen]:
    """Every access token of the person shows the account; or every operation refuses every one of them."""
    bodies = _bodies(person) if denied else {}
    for token in dict.fromkeys(person.session.tokens):
        for operation_id in contract.signed_in_operations() if denied else ["readShesAccount"]:
            arguments: dict[str, Any] = {"json": bodies[operation_id]} if operation_id in bodies else {}
            answer = service.call(operation_id, token=token, path=_PATH, **arguments)
            yield Seen(
                channel=Channel.API,
                claim=f"{person.label}'s sessions {'no longer ' if denied else ''}work for {operation_id}",
                holds=answer.status not in KEPT_OUT if denied else answer.ok,
                detail=f"It was answered with {answer.status}.",
                evidence=[answer.exchange],
            )


def _bodies(actor: Actor) -> dict[str, dict[str, Any]]:
    """Well-formed bodies: nothing but the token can be wrong."""
    text = actor.consents.text(MARKETING)
    return {
        "createShesAccount": {
            "email": actor.email,
            "display_name": actor.details.display_name,
            "country": actor.details.country,
            "postal_code": actor.details.postal_code,
        },
        "correctSonyAccount": {"date_of_birth": actor.person.date_of_birth.isoformat()},
        "changeShesAccount": {"display_name": actor.details.display_name},
        "deleteShesAccount": {},
        "setPersonalInformation": {"enabled": True},
        "stateProductApp": {"personalisation": False, "categories": []},
        "giveConsent": {"text_version": text["version"], "language": text["language"]},
    }


@sight("{person}'s account is unchanged")
def account_is_unchanged(person: Actor) -> Iterator[Seen]:
    """The person can sign in, and both accounts show the details entered last."""
    signed_in = person.session.sign_in()
    yield Seen(
        channel=Channel.API,
        claim=f"{person.label} can sign in",
        holds=signed_in.ok,
        detail=f"Signing in was answered with {signed_in.status}.",
        evidence=[signed_in.exchange],
    )
    sony, shes, details = person.sony.read(), person.account.read(), person.details
    born = person.person.date_of_birth.isoformat()
    entered = {
        "display_name": details.display_name,
        "country": details.country,
        "postal_code": details.postal_code,
    }
    shown = {key: shes.json().get(key) for key in entered} if shes.ok else {}
    yield Seen(
        channel=Channel.API,
        holds=sony.ok and sony.json().get("date_of_birth") == born and shown == entered,
        detail=f"The Sony account answered {sony.status}, the SHES account {shes.status} with {shown}.",
        evidence=[sony.exchange, shes.exchange],
    )
