"""Signing in through an identity provider, and who gets in that way (7.4)."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from pytest_bdd import given, then, when

from harness.errors import NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.person import PeopleFactory
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from steps.registration import KEPT_OUT, REFUSED
from steps.words import says

_UNGUESSABLE = ("state", "nonce", "code_challenge")
"""Parameters of a request for authorization that are another each time."""


def offered(stage: Stage, provider: str) -> None:
    """That people can sign in to the target through a provider; the target is registered there from now on.

    Raises:
        NotApplicable: They cannot.
    """
    stage.identity_providers.wire()
    answer = done(stage.service.call("listIdentityProviders"), "the identity providers are listed")
    if provider not in {one["provider"] for one in answer.field("providers")}:
        raise NotApplicable(f"Nobody can sign in to the target through {provider.capitalize()}.")


def go_on_through(actor: Actor, provider: str, born: date | None = None) -> Answer:
    """Sign in through a provider and create a SHES account, as far as the target lets the person.

    Args:
        actor: Who.
        provider: Through whom.
        born: The date of birth that the person states where one is asked for; by default the true one.

    Returns:
        The first answer that is no success, the account that was there already, or the new one.
    """
    answer = actor.providers.sign_in_by(provider)
    if not answer.ok:
        return answer
    account = actor.account.read()
    if account.ok:
        return account
    stated = (born or actor.person.date_of_birth).isoformat()
    return actor.account.create(email=actor.providers.address_at(provider), date_of_birth=stated)


# -- who has an account there ----------------------------------------------------------------------------------------


@given(says("{name:Name} has an account at {provider:Provider}"))
def has_account_at(stage: Stage, name: str, provider: str) -> None:
    """With the same address and date of birth as everywhere, and more that the provider tells."""
    offered(stage, provider)
    stage.cast.person(name).providers.sign_up_at(provider)


@given(says("{name:Name} has an account at {provider:Provider}, with another address"))
def has_account_at_with_address(stage: Stage, name: str, provider: str) -> None:
    """The provider has verified that one too."""
    offered(stage, provider)
    actor = stage.cast.person(name)
    _, _, domain = actor.person.email.partition("@")
    other = PeopleFactory(f"{actor.person.email} at {provider}", domain).person(actor.label, actor.person.residence)
    actor.person.canaries.made_up("email_local_part", other.email.partition("@")[0])
    actor.providers.sign_up_at(provider, email=other.email)


@given(says("{name:Name} has an account at {provider:Provider}, with another date of birth"))
def has_account_at_with_birth(stage: Stage, name: str, provider: str) -> None:
    """Forty days earlier."""
    offered(stage, provider)
    actor = stage.cast.person(name)
    actor.providers.sign_up_at(provider, born=actor.person.date_of_birth - timedelta(days=40))


# -- signing in ------------------------------------------------------------------------------------------------------


@given(says("{name:Name} has signed in through {provider:Provider}"))
def has_signed_in_through(stage: Stage, name: str, provider: str) -> None:
    """By an account there with the same address; and the SHES account can be looked at."""
    has_account_at(stage, name, provider)
    signs_in_through(stage, name, provider)
    done(stage.cast.person(name).account.read(), f"{name}, signed in through {provider}, looks at the account")


@when(says("{name:Name} signs in through {provider:Provider}"))
def signs_in_through(stage: Stage, name: str, provider: str) -> None:
    """Somebody who has an account, so that it works."""
    done(stage.cast.person(name).providers.sign_in_by(provider), f"{name} signs in through {provider}")


@when(says("{name:Name} signs in through {provider:Provider} and goes on to a SHES account"))
def goes_on_through(stage: Stage, answers: dict[str, Answer], name: str, provider: str) -> None:
    """As far as the target lets the person; where it asks for the date of birth, the true one is stated."""
    answers[name] = go_on_through(stage.cast.person(name), provider)


@when(says("{name:Name} signs in through {provider:Provider} and goes on to a SHES account, as born on {day:Day}"))
def goes_on_through_as_born(stage: Stage, answers: dict[str, Answer], name: str, provider: str, day: date) -> None:
    """As far as the target lets the person; where it asks for the date of birth, this one is stated."""
    answers[name] = go_on_through(stage.cast.person(name), provider, day)


@given(says("{name:Name} has begun to sign in through {provider:Provider}, and never came back"))
def begun_only(stage: Stage, name: str, provider: str) -> None:
    """What the target made up for this sign-in is known from the address that it gave, and from its cookie."""
    offered(stage, provider)
    actor = stage.cast.person(name)
    begun = done(actor.providers.begin(provider), f"{name} begins to sign in through {provider}")
    asked = parse_qs(urlsplit(str(begun.field("authorization_url"))).query)
    cookies = [cookie.partition("=")[2] for cookie in actor.providers.cookies.split("; ") if cookie]
    for value in [*(one for parameter in _UNGUESSABLE for one in asked.get(parameter, ())), *cookies]:
        actor.person.canaries.assigned("provider sign-in", value)


# -- what comes of it ------------------------------------------------------------------------------------------------


@then(says("{name:Name} gets no account"))
def gets_no_account(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Turned away on the way there, and no token that came of it shows one."""
    answer, actor = answers[name], stage.cast.person(name)
    if not answer.ok and answer.status not in REFUSED | KEPT_OUT:
        raise TargetError(
            f"{answer.operation} answered {answer.status}, by which nobody is turned away.",
            cause="the target fails at the provider, or refuses for another reason",
            remedy="compare the answer in the evidence with harness/contract/openapi.yaml",
        )
    shown = [actor.account.read(token) for token in actor.session.tokens]
    stage.evidence.check(
        Channel.API,
        f"{name} gets no account",
        not answer.ok and not any(one.ok for one in shown),
        detail=f"{answer.operation} was answered with {answer.status}.",
        evidence=[answer.exchange, *(one.exchange for one in shown)],
    )


@then(says("{provider:Provider} was not asked for a date of birth"))
def not_asked_for_birth(stage: Stage, provider: str) -> None:
    """Neither by a scope nor by a claim in any request for authorization that came there."""
    asked = stage.identity_providers.asked(provider)
    if not asked:
        raise TargetError(f"No request for authorization came to {provider.capitalize()}.")
    wanted = [one for one in asked if "birth" in f"{one.get('scope')} {one.get('claims')} {one.get('request')}".lower()]
    stage.evidence.check(
        Channel.API,
        f"{provider.capitalize()} was not asked for a date of birth",
        not wanted,
        detail="; ".join(f"scope {one.get('scope')!r}, claims {one.get('claims')!r}" for one in wanted),
    )
