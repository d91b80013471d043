"""Side effects: a choice changes what it concerns by the contract, and nothing else about anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from harness.contract import document
from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.target.http import Answer
from harness.vocabulary import Seen, sight, words
from steps.consent import consent, demand_offered
from steps.consent_record import ledger
from steps.deliveries import last_accepted, moment
from steps.mail import link
from steps.nouns import TITLES
from steps.optout import SIGNAL, acts_with_signal, views
from steps.products import PERSONALISATION, PROFILING, allows, consents_in_app, creates_my_sony_id, turns_off
from steps.requests import RIGHTS

_PURPOSES = (MARKETING, PERSONALISATION, PROFILING)
_LATER = timedelta(minutes=7)
"""Time between two choices: a consent that was given again has another time."""
_REST_ON = {MARKETING: _PURPOSES, PERSONALISATION: (PERSONALISATION,), PROFILING: (PROFILING,)}
"""The purposes of the shares that rest on a consent."""

Fact = tuple[str, ...]
"""What kind of thing it is, and which one of its kind."""

_OPT_OUT: set[Fact] = {("choice", "sale_and_sharing"), ("choice", "personal_information"), ("share", ADVERTISING)}


def _give(stage: Stage, actor: Actor, purpose: str) -> Answer:
    """A consent to profiling is given in an app, where it has an effect (2.7)."""
    if purpose == PROFILING:
        return consents_in_app(stage, actor, purpose, "television")
    return consent(stage, actor, purpose)


def _choose_everything(stage: Stage, actor: Actor) -> None:
    """Consent to everything, with the setting on, an app that allows usage data, and a My Sony ID.

    Raises:
        NotApplicable: The target does not offer one of the consents.
    """
    given = {
        str(one["purpose"])
        for one in done(actor.consents.read(), f"{actor.label} views the consents").field("consents")
        if one.get("given") is True
    }
    for purpose in _PURPOSES:
        demand_offered(stage.service, purpose)
        if purpose not in given:
            done(_give(stage, actor, purpose), f"{actor.label} consents to {purpose}")
    if done(actor.choices.read(), f"{actor.label} views the choices").field("sale_and_sharing").get("opted_out"):
        done(actor.choices.set_personal_information(enabled=True), f"{actor.label} turns the setting on")


def _choose_nothing(stage: Stage, actor: Actor) -> None:
    """Withdraw every consent, and opt out of everything."""
    for purpose in _PURPOSES:
        done(actor.consents.withdraw(purpose), f"{actor.label} withdraws consent to {purpose}")
    done(actor.choices.set_personal_information(enabled=False), f"{actor.label} turns the setting off")
    right = RIGHTS["an opt-out of profiling"]
    done(actor.requests.submit(right.kind), f"{actor.label} requests {right.kind}")


@dataclass(frozen=True)
class Choice:
    """A choice of a person.

    Attributes:
        title: What the person does, in words.
        make: Makes it.
        concerns: What it may change, by kind and name.
        purpose: The consent that it gives or ends, if any.
        begins: What the person has chosen before.
    """

    title: str
    make: Callable[[Stage, Actor], Answer]
    concerns: frozenset[Fact]
    purpose: str = ""
    begins: Callable[[Stage, Actor], None] = _choose_everything


def _consent(purpose: str) -> frozenset[Fact]:
    """What giving or ending a consent may change: the profile follows the consent to profiling (8.QC.1)."""
    shares = {("share", one) for one in _REST_ON[purpose]}
    return frozenset({("consent", purpose), *shares, *({("profile",)} if purpose == PROFILING else ())})


def _giving(purpose: str, others: str) -> Choice:
    def begins(stage: Stage, actor: Actor) -> None:
        (_choose_everything if others == "given" else _choose_nothing)(stage, actor)
        done(actor.consents.withdraw(purpose), f"{actor.label} withdraws consent to {purpose}")

    title = f"consenting to {TITLES[purpose]} with all else {others}"
    return Choice(title, lambda stage, actor: _give(stage, actor, purpose), _consent(purpose), purpose, begins)


def _withdrawing(purpose: str) -> Choice:
    title = f"withdrawing consent to {TITLES[purpose]}"
    return Choice(title, lambda _, actor: actor.consents.withdraw(purpose), _consent(purpose), purpose)


def _requesting(right: str, concerns: set[Fact]) -> Choice:
    kind = RIGHTS[right].kind
    return Choice(f"requesting {right}", lambda _, actor: actor.requests.submit(kind), frozenset(concerns))


def _switching(*, enabled: bool) -> Choice:
    return Choice(
        f"turning the setting 'Personal Information' {'on' if enabled else 'off'}",
        lambda _, actor: actor.choices.set_personal_information(enabled=enabled),
        frozenset(_OPT_OUT),
        begins=_choose_nothing if enabled else _choose_everything,
    )


def _unsubscribe(stage: Stage, actor: Actor) -> Answer:
    for one in last_accepted(stage.recipients, actor):
        if (one.purpose, one.kind) == (MARKETING, "share"):
            stage.recipients.company(one.recipient).send_campaign(at=stage.clock.now)
    return actor.links.unsubscribe(link(stage.mailbox, actor))


_OBJECTION: set[Fact] = {*_consent(MARKETING), *_consent(PROFILING), *_OPT_OUT}
_APPS: frozenset[Fact] = frozenset({("app", "television"), ("share", PERSONALISATION), ("profile",)})
_SONY_ID: frozenset[Fact] = frozenset({("share", PROFILING)})
_KINDS: dict[str, tuple[Choice, ...]] = {
    "consents": tuple(_giving(purpose, others) for others in ("refused", "given") for purpose in _PURPOSES),
    "withdrawals": tuple(map(_withdrawing, _PURPOSES)),
    "opt-outs": (
        _switching(enabled=False),
        Choice("sending the opt-out signal", lambda _, one: acts_with_signal(one, SIGNAL, views), frozenset(_OPT_OUT)),
        _requesting("an opt-out of sale and sharing", _OPT_OUT),
        _requesting("an opt-out of targeted advertising", _OPT_OUT),
        _requesting("an opt-out of profiling", {("choice", "profiling")}),
        _switching(enabled=True),
    ),
    "objections": (_requesting("an end to direct marketing", _OBJECTION),),
    "unsubscriptions": (Choice("unsubscribing through the link", _unsubscribe, _consent(MARKETING), MARKETING),),
    "product settings": (
        Choice("turning personalisation off in an app", lambda _, one: turns_off(one, "television"), _APPS),
        Choice("allowing other usage in an app", lambda _, one: allows(one, ("gaming",), "television"), _APPS),
        Choice("deleting the My Sony ID", lambda _, one: one.apps.give_up_my_sony_id(), _SONY_ID),
        Choice("creating a My Sony ID", lambda _, one: creates_my_sony_id(one), _SONY_ID, begins=_choose_nothing),
        Choice(
            "turning personalisation on in an app",
            lambda _, one: allows(one, ("viewing",), "television"),
            _APPS,
            begins=_choose_nothing,
        ),
    ),
}
words("choices", "choices of one kind that a person makes one after the other", _KINDS)


# -- the state of a person -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """All that somebody has chosen and stated, as it shows; with the evidence by channel."""

    facts: Mapping[Channel, Mapping[Fact, object]]
    evidence: Mapping[Channel, list[str]]

    def changed(self, after: State, channel: Channel) -> list[Fact]:
        """What differs later."""
        before, now = self.facts[channel], after.facts[channel]
        return sorted(one for one in before.keys() | now.keys() if before.get(one) != now.get(one))


def _declared(schema: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """The members that the contract knows and that have a value: others may change at any time."""
    known = document()["components"]["schemas"][schema]["properties"]
    return {name: value[name] for name in known if value.get(name) is not None}


def _state(stage: Stage, actor: Actor) -> State:
    consents, choices, account, sony, apps, requests = (
        done(answer, f"{actor.label} looks at the account")
        for answer in (
            actor.consents.read(),
            actor.choices.read(),
            actor.account.read(),
            actor.sony.read(),
            actor.apps.read(),
            actor.requests.read_own(),
        )
    )
    profile = actor.apps.read_profile()
    shown: dict[Fact, object] = {
        **{("consent", str(one["purpose"])): _declared("Consent", one) for one in consents.field("consents")},
        **{
            ("choice", name): _declared("PersonalInformation" if name == "personal_information" else "Choice", value)
            for name, value in _declared("PrivacyChoices", choices.json()).items()
        },
        **{("account", name): value for name, value in _declared("ShesAccount", account.json()).items()},
        **{("Sony account", name): value for name, value in _declared("SonyAccount", sony.json()).items()},
        **{("app", str(one["app_id"])): _declared("ProductApp", one) for one in apps.field("product_apps")},
        **{
            ("request", str(one["request_id"])): _declared("OwnPrivacyRequest", one)
            for one in requests.field("requests")
        },
        ("profile",): profile.json().get("interests") if profile.ok else [],
    }
    held = last_accepted(stage.recipients, actor)
    recorded, entries = ledger(stage.service, actor)
    entered: dict[Fact, object] = {
        ("consent", purpose): [one for one in entries if one.get("purpose") == purpose] for purpose in _PURPOSES
    }
    return State(
        {
            Channel.API: shown,
            Channel.OUTBOUND: {("share", one.purpose, one.recipient): one.kind for one in held},
            Channel.RECORD: entered,
        },
        {
            Channel.API: [one.exchange for one in (consents, choices, account, sony, apps, requests, profile)],
            Channel.OUTBOUND: stage.recipients.keep(held),
            Channel.RECORD: [recorded.exchange],
        },
    )


# -- what a choice leaves as it was ----------------------------------------------------------------------------------


@sight("the {choices} of {person} change nothing else")
def change_nothing_else(stage: Stage, choices: tuple[Choice, ...], person: Actor) -> Iterator[Seen]:
    """Each of the choices in turn, by a person who has consented to everything and has an app and a My Sony ID.

    Before and after it, the account, what recipients hold and the consent ledger are compared. Nothing may differ in
    the end for everybody else in the scenario. What the person is shown of a consent agrees with the ledger.
    """
    allows(person, ("viewing",), "television")
    creates_my_sony_id(person)
    stage.service.settle()
    others = [(actor, _state(stage, actor)) for actor in stage.cast.everyone if actor is not person]
    for choice in choices:
        choice.begins(stage, person)
        stage.service.settle()
        stage.clock.move_to(stage.clock.now + _LATER)
        before = _state(stage, person)
        answer = done(choice.make(stage, person), f"{person.label}: {choice.title}")
        stage.service.settle()
        after = _state(stage, person)
        yield from _as_before(f"{choice.title} changes nothing else", before, after, choice.concerns)
        if choice.purpose:
            yield _receipt(choice, person, answer, after)
    for other, state in others:
        claim = f"the choices of {person.label} change nothing about {other.label}"
        yield from _as_before(claim, state, _state(stage, other))


def _as_before(claim: str, before: State, after: State, concerns: frozenset[Fact] = frozenset()) -> Iterator[Seen]:
    for channel in (Channel.API, Channel.OUTBOUND, Channel.RECORD):
        then, now = before.facts[channel], after.facts[channel]
        changed = [
            fact
            for fact in before.changed(after, channel)
            if fact[:2] not in concerns and not (concerns and _is_new_request(fact, before))
        ]
        told = (f"{' '.join(one)} was {then.get(one)}, now {now.get(one)}" for one in changed)
        yield Seen(
            channel=channel,
            claim=claim,
            holds=not changed,
            detail=f"It changed: {'; '.join(told)}.",
            evidence=[*before.evidence[channel], *after.evidence[channel]],
        )


def _is_new_request(fact: Fact, before: State) -> bool:
    return fact[0] == "request" and fact not in before.facts[Channel.API]


def _receipt(choice: Choice, actor: Actor, answer: Answer, after: State) -> Seen:
    """Times to the second, version and language: as answered, as shown in the account, and as entered in the ledger."""
    entries = after.facts[Channel.RECORD]["consent", choice.purpose]
    if not isinstance(entries, list) or not entries:
        raise HarnessError(f"The consent ledger has nothing of {actor.label}'s consent to {choice.purpose}.")
    newest = max(entries, key=lambda one: str(one.get("given_at")))
    shown = after.facts[Channel.API].get(("consent", choice.purpose))
    answered = answer.json() if answer.headers.get("content-type", "").startswith("application/json") else {}
    other = [
        f"{name}: the ledger has {newest.get(name)}, the {where} {told[name]}"
        for where, told in (("answer", answered), ("account", shown if isinstance(shown, dict) else {}))
        for name in ("text_version", "language", "given_at", "withdrawn_at")
        # A consent that has ended need not be described.
        if told.get(name) is not None and _comparable(told[name]) != _comparable(newest.get(name))
    ]
    return Seen(
        channel=Channel.RECORD,
        claim=f"what {actor.label} is shown of {choice.title} agrees with the ledger in time, version and language",
        holds=not other,
        detail=f"{'; '.join(other)}.",
        evidence=[answer.exchange, *after.evidence[Channel.API][:1], *after.evidence[Channel.RECORD]],
    )


def _comparable(value: object) -> object:
    return moment(value) or str(value).casefold()
