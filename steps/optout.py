"""Opting out of sale and sharing: by the setting of the account, and by the opt-out preference signal of a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from harness import contract
from harness.contract import Capability
from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Actor, Clock, Recipients, Service, Stage
from harness.stage.answers import done
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.target.http import Answer
from harness.vocabulary import Seen, deed, noun, sight, words
from harness.world.recipients import Arrival
from steps.account import rename
from steps.deliveries import last_accepted, moment
from steps.providers import has_account_at
from steps.recipients import Addressees, advertising_vendors
from steps.requests import Request, Requests
from steps.sharing import is_told_to_stop

SIGNAL = "1"
"""The value of the header ``Sec-GPC`` that is the signal (Global Privacy Control)."""
_SIGNAL_WORDS = "the opt-out signal"
_HEADER = "the header Sec-GPC set to "

_OPERATIONS: dict[str, Callable[[Actor], Answer]] = {
    "signIn": lambda actor: actor.session.sign_in(),
    "readSonyAccount": lambda actor: actor.sony.read(),
    "correctSonyAccount": lambda actor: actor.sony.correct_birth(actor.person.date_of_birth - timedelta(days=1)),
    "createShesAccount": lambda actor: actor.account.create(),
    "readShesAccount": lambda actor: actor.account.read(),
    "changeShesAccount": rename,
    "readConsents": lambda actor: actor.consents.read(),
    "giveConsent": lambda actor: actor.consents.give(MARKETING),
    "withdrawConsent": lambda actor: actor.consents.withdraw(MARKETING),
    "readProductApps": lambda actor: actor.apps.read(),
    "stateProductApp": lambda actor: actor.apps.state("camera", {"personalisation": False, "categories": []}),
    "readProfile": lambda actor: actor.apps.read_profile(),
    "makeMySonyId": lambda actor: actor.apps.make_my_sony_id(),
    "giveUpMySonyId": lambda actor: actor.apps.give_up_my_sony_id(),
    "readPrivacyChoices": lambda actor: actor.choices.read(),
    "readOwnPrivacyRequests": lambda actor: actor.requests.read_own(),
}
"""What a person who has an account does by each operation of the contract."""
_SECOND_ACCOUNT = "createShesAccount"
"""Refused to a person who has an account, and a request of a signed-in person all the same."""
_APART = frozenset({"deleteShesAccount", "setPersonalInformation"})
"""The one leaves nobody to opt out, the other is itself a choice."""
_NO_PROFILE = 404
"""A profile that is not there need not be shown."""


def everything() -> dict[str, Callable[[Actor], Answer]]:
    """Signing in, and every operation of the contract that takes a person's access token, in the contract's order."""
    wanted = ("signIn", *contract.signed_in_operations())
    return {one: _OPERATIONS[one] for one in wanted if one not in _APART}


def _routes(stage: Stage, actor: Actor) -> dict[str, Callable[[Actor], Answer]]:
    """Everything, and signing in through each identity provider that the target offers."""
    found = everything()
    if Capability.IDENTITY_PROVIDERS in stage.service.description.capabilities:
        stage.identity_providers.wire()
        listed = done(stage.service.call("listIdentityProviders"), "the identity providers are listed")
        for provider in (str(one["provider"]) for one in listed.field("providers")):
            has_account_at(stage, actor, provider)
            found[f"endProviderSignIn ({provider})"] = partial(_sign_in_through, provider=provider)
    return found


def _sign_in_through(actor: Actor, provider: str) -> Answer:
    return actor.providers.sign_in_by(provider)


# -- what somebody does ----------------------------------------------------------------------------------------------


@deed("{person} views the account")
def views(person: Actor) -> Answer:
    """In the account, while signed in."""
    return person.account.read()


@deed("{person} uses every function of the account")
def uses_every_function(person: Actor) -> Answer:
    """Every operation that takes the person's access token succeeds once; the account is viewed last."""
    for operation_id, action in everything().items():
        if operation_id != _SECOND_ACCOUNT:
            answer = action(person)
            if not (operation_id == "readProfile" and answer.status == _NO_PROFILE):
                done(answer, f"{person.label} uses {operation_id}")
    return done(person.account.read(), f"{person.label} views the account")


words(
    "action",
    "an action in a browser",
    {
        "views the account": views,
        "signs in": _OPERATIONS["signIn"],
        "signs in through Google": partial(_sign_in_through, provider="google"),
        "changes the display name": rename,
        "creates the SHES account": _OPERATIONS["createShesAccount"],
        "consents to e-mail marketing": _OPERATIONS["giveConsent"],
        "withdraws consent to profiling": lambda actor: actor.consents.withdraw("profiling"),
    },
)
noun(
    "signal",
    rf'{_SIGNAL_WORDS}|{_HEADER}"\w+"',
    f"{_SIGNAL_WORDS} (Global Privacy Control), or {_HEADER}another value, which is no signal",
    lambda text: SIGNAL if text == _SIGNAL_WORDS else text.removeprefix(_HEADER).strip('"'),
)


@deed("{person} {action} with {signal}", past="{person} has sent {signal}")
def acts_with_signal(person: Actor, signal: str, action: Callable[[Actor], Answer] = views) -> Answer:
    """Only this request carries the signal. Without a stated action, the account is viewed."""
    return done(_with_signal(person, signal, action), f"{person.label} uses the service")


def _with_signal(person: Actor, signal: str, action: Callable[[Actor], Answer]) -> Answer:
    person.client.gpc = signal
    try:
        return action(person)
    finally:
        person.client.gpc = ""


words("state", "the state of a setting", {"on": True, "off": False})


@deed(
    "{person} turns the setting 'Personal Information' {state}",
    past="{person} has turned the setting 'Personal Information' {state}",
)
def turns(clock: Clock, made: Requests, person: Actor, *, state: bool) -> Answer:
    """In the account, while signed in."""
    answer = person.choices.set_personal_information(enabled=state)
    made[person.label] = Request("", "setting", clock.now, answer)
    return answer


# -- what the account says -------------------------------------------------------------------------------------------


def _choices(person: Actor) -> Answer:
    return done(person.choices.read(), f"{person.label} views the privacy choices")


words(
    "choice",
    "what a person can be opted out of",
    {"sale and sharing": "sale_and_sharing", "profiling": "profiling"},
)
words("origin", "that the opt-out preference signal was the source of the opt-out", {"by the signal": "signal"})


@sight(
    "{person} is opted out of {choice}[ {origin}]",
    denied="{person} is not opted out of {choice}",
)
def is_opted_out(
    service: Service, clock: Clock, person: Actor, choice: str, origin: str | None = None, *, denied: bool = False
) -> Seen:
    """The account shows the opt-out, its source and, if stated, its start, which is not in the future.

    Profiling is that for decisions with legal or similarly significant effects.
    """
    answer = _choices(person)
    shown = answer.field(choice)
    out, source, since = shown.get("opted_out"), shown.get("source"), shown.get("since")
    at = moment(since)
    timely = (
        not since or Capability.CLOCK not in service.description.capabilities or (at is not None and at <= clock.now)
    )
    return Seen(
        channel=Channel.API,
        holds=out is not False
        if denied
        else out is True and (source == origin if origin else source != "none") and timely,
        detail=f"The account shows opted_out {out}, source {source}, since {since}.",
        evidence=[answer.exchange],
    )


@sight("{person}'s setting 'Personal Information' is {state}")
def setting_is(person: Actor, *, state: bool) -> Seen:
    """The account shows this state."""
    answer = _choices(person)
    enabled = answer.field("personal_information").get("enabled")
    return Seen(
        channel=Channel.API,
        holds=enabled is state,
        detail=f"The account shows enabled {enabled}.",
        evidence=[answer.exchange],
    )


# -- what comes of the signal ----------------------------------------------------------------------------------------


Effect = Callable[[Stage, Actor, str], Iterator[Seen]]
"""Looks for the effect of a value of ``Sec-GPC`` in each action of a person."""


def _opts_out(stage: Stage, person: Actor, signal: str) -> Iterator[Seen]:
    """Before each action, the person turns the setting on again and vendors receive a new share."""
    service, recipients = stage.service, stage.recipients
    vendors = Addressees(advertising_vendors(service), ADVERTISING, each=True)
    for operation_id, action in _routes(stage, person).items():
        done(person.choices.set_personal_information(enabled=True), f"{person.label} turns the setting on")
        done(rename(person), f"{person.label} changes the display name")
        service.settle()
        if all(one.kind == "withdraw" for one in _for_advertising(recipients, person)):
            raise HarnessError(
                f"No advertising vendor holds {person.label}'s data, so there is nothing to stop.",
                cause=f"the target does not share with {', '.join(vendors.ids)}, or not to where it was wired",
                remedy="look at the deliveries in the evidence",
            )
        answer = _with_signal(person, signal, action)
        choice = _choices(person).field("sale_and_sharing")
        yield Seen(
            channel=Channel.API,
            claim=f"the signal sent with {operation_id} opts {person.label} out",
            holds=choice.get("opted_out") is True and choice.get("source") == "signal",
            detail=f"The account shows opted_out {choice.get('opted_out')}, source {choice.get('source')}.",
            evidence=[answer.exchange],
        )
        service.settle()
        for seen in is_told_to_stop(recipients, stage.moment, vendors, person):
            claim = seen.claim or f"every advertising vendor is instructed to stop using {person.label}'s data"
            yield replace(seen, claim=claim)


def _leaves_the_opt_out(stage: Stage, person: Actor, signal: str) -> Iterator[Seen]:
    """For a person who has opted out: the opt-out, its source and its start stay the same."""
    before = _opt_out(person)
    if before["opted_out"] is not True:
        raise HarnessError(
            f"{person.label} is not opted out, so there is nothing to lift.",
            cause="the target did not carry out the opt-out",
            remedy="look at the exchanges in the evidence",
        )
    for operation_id, action in _routes(stage, person).items():
        answer = _with_signal(person, signal, action)
        now = _opt_out(person)
        yield Seen(
            channel=Channel.API,
            claim=f"{operation_id} with Sec-GPC: {signal} leaves {person.label}'s opt-out as it was",
            holds=now == before,
            detail=f"The account showed {before}, and now shows {now}.",
            evidence=[answer.exchange],
        )


words(
    "signal_effect",
    "what an action with the opt-out signal, or with another value of its header, does",
    {"opts out": _opts_out, "leaves the opt-out as it was": _leaves_the_opt_out},
)


@sight("every action of {person} with {signal} {signal_effect}")
def every_action(stage: Stage, person: Actor, signal: str, signal_effect: Effect) -> Iterator[Seen]:
    """Each action in turn, signing in through each identity provider among them."""
    return signal_effect(stage, person, signal)


def _opt_out(person: Actor) -> dict[str, object]:
    shown = _choices(person).field("sale_and_sharing")
    return {name: shown.get(name) for name in ("opted_out", "source", "since")}


def _for_advertising(recipients: Recipients, person: Actor) -> list[Arrival]:
    """The last delivery about the person that each vendor accepted."""
    return [one for one in last_accepted(recipients, person) if one.purpose == ADVERTISING]


@sight("the published statement on the signal is true for {person}", at_rest=True)
def statement_is_true(service: Service, recipients: Recipients, person: Actor) -> Iterator[Seen]:
    """The support resource exists, is well-formed and agrees with what was observed."""
    answer = service.call("readGpcSupport")
    yield Seen(
        channel=Channel.API,
        claim="the service publishes whether it honours the signal",
        holds=answer.ok,
        detail=f"It answered {answer.status} instead.",
        evidence=[answer.exchange],
    )
    published = answer.json()
    yield Seen(
        channel=Channel.API,
        claim="the statement says whether it honours the signal, and when it was last updated",
        holds=isinstance(published.get("gpc"), bool) and _is_day(published.get("lastUpdate")),
        detail=f"It says {published}.",
        evidence=[answer.exchange],
    )
    last = _for_advertising(recipients, person)
    if not last:
        raise HarnessError(
            f"No advertising vendor ever received {person.label}'s data, so there is nothing to stop.",
            cause="the target does not share with them, or not to where it was wired",
            remedy="look at the deliveries in the evidence",
        )
    left = [one.recipient for one in last if one.kind != "withdraw"]
    yield Seen(
        channel=Channel.OUTBOUND,
        claim="the service says that it honours the signal, and vendors are instructed to stop",
        holds=published["gpc"] is True and not left,
        detail=f"It says gpc {published['gpc']}; vendors not instructed to stop: {', '.join(left) or 'none'}.",
        evidence=[answer.exchange, *recipients.keep(last)],
    )


def _is_day(text: object) -> bool:
    try:
        return bool(date.fromisoformat(str(text)[:10]))
    except ValueError:
        return False
