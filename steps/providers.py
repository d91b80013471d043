"""Identity providers: accounts with them, and signing in through them (7.4)."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from harness.errors import NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.person import PeopleFactory
from harness.stage import Actor, IdentityProviders, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.vocabulary import Seen, deed, setting, sight, words

_UNGUESSABLE = ("state", "nonce", "code_challenge")
"""Parameters of a request for authorization that are another each time."""

words(
    "provider_detail",
    "a detail that differs at an identity provider",
    {"address": "email", "date of birth": "born"},
)


def offered(stage: Stage, provider: str) -> None:
    """That people can sign in to the target through a provider; the target is registered there from now on.

    Raises:
        NotApplicable: They cannot.
    """
    stage.identity_providers.wire()
    answer = done(stage.service.call("listIdentityProviders"), "the identity providers are listed")
    if provider not in {one["provider"] for one in answer.field("providers")}:
        raise NotApplicable(f"Nobody can sign in to the target through {provider.capitalize()}.")


def sign_in_through(stage: Stage, actor: Actor, provider: str) -> Answer:
    """Sign in by an account at a provider; who has none makes one first, with what the person states everywhere."""
    if not actor.providers.is_known_at(provider):
        has_account_at(stage, actor, provider)
    return actor.providers.sign_in_by(provider)


def sign_up_through(stage: Stage, actor: Actor, provider: str, born: date | None = None) -> Answer:
    """Sign in through a provider and create a SHES account, as far as the target lets the person.

    Args:
        stage: The stage.
        actor: Who.
        provider: Through whom.
        born: The date of birth that the person states where one is asked for; by default the true one.

    Returns:
        The first answer that is no success, the account that was there already, or the new one.
    """
    answer = sign_in_through(stage, actor, provider)
    if not answer.ok:
        return answer
    account = actor.account.read()
    if account.ok:
        return account
    stated = (born or actor.person.date_of_birth).isoformat()
    return actor.account.create(email=actor.providers.address_at(provider), date_of_birth=stated)


@setting("{person} has an account at {provider}[ with another {provider_detail}]")
def has_account_at(stage: Stage, person: Actor, provider: str, provider_detail: str | None = None) -> None:
    """With the person's usual address and date of birth, and with further details that the provider discloses.

    Another address is one that the provider has verified too; another date of birth is forty days earlier.
    """
    offered(stage, provider)
    match provider_detail:
        case "email":
            _, _, domain = person.email.partition("@")
            other = PeopleFactory(f"{person.email} at {provider}", domain).person(person.label, person.person.residence)
            person.canaries.made_up("email_local_part", other.email.partition("@")[0])
            person.providers.sign_up_at(provider, email=other.email)
        case "born":
            person.providers.sign_up_at(provider, born=person.person.date_of_birth - timedelta(days=40))
        case _:
            person.providers.sign_up_at(provider)


@deed(past="{person} has started to sign in through {provider}")
def starts_to_sign_in_through(stage: Stage, person: Actor, provider: str) -> Answer:
    """The person does not return from the provider.

    What the target made up for this sign-in is known from the address that it gave, and from its cookie.
    """
    offered(stage, provider)
    begun = done(person.providers.begin(provider), f"{person.label} begins to sign in through {provider}")
    asked = parse_qs(urlsplit(str(begun.field("authorization_url"))).query)
    cookies = [cookie.value or "" for cookie in person.providers.cookies]
    for value in [*(one for parameter in _UNGUESSABLE for one in asked.get(parameter, ())), *filter(None, cookies)]:
        person.canaries.assigned("provider sign-in", value)
    return begun


@sight(denied="{provider} is not asked for a date of birth")
def asked_for_birth(identity_providers: IdentityProviders, provider: str) -> Seen:
    """By a scope or claim of any authorization request received there; at least one must have been received."""
    asked = identity_providers.asked(provider)
    if not asked:
        raise TargetError(f"No request for authorization came to {provider.capitalize()}.")
    wanted = [one for one in asked if "birth" in f"{one.get('scope')} {one.get('claims')} {one.get('request')}".lower()]
    return Seen(
        channel=Channel.API,
        holds=bool(wanted),
        detail="; ".join(f"scope {one.get('scope')!r}, claims {one.get('claims')!r}" for one in wanted),
    )
