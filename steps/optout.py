"""Opting out of sale and sharing by a signal of the browser (Global Privacy Control)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pytest_bdd import given, parsers, then, when

from harness import contract
from harness.contract import Capability
from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.target.http import Answer
from steps.account import rename
from steps.sharing import moment
from steps.words import WORDS, Word, says

_SIGNAL = "1"
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
"""Turned away for whoever has an account, and a request of a signed-in person all the same."""
_APART = frozenset({"deleteShesAccount", "setPersonalInformation"})
"""The one leaves nobody to opt out, the other is itself a choice."""
_NO_PROFILE = 404
"""A profile that is not there need not be shown."""


def everything() -> dict[str, Callable[[Actor], Answer]]:
    """Signing in, and every operation of the contract that takes a person's access token, in the contract's order."""
    taking = [
        spec["operationId"]
        for item in contract.document()["paths"].values()
        for spec in item.values()
        if isinstance(spec, dict) and {"accessToken": []} in spec.get("security", ())
    ]
    return {one: _OPERATIONS[one] for one in ("signIn", *taking) if one not in _APART}


def _use_everything(actor: Actor) -> Answer:
    """Do it all once, and look at the account at last."""
    for operation_id, deed in everything().items():
        if operation_id != _SECOND_ACCOUNT:
            answer = deed(actor)
            if not (operation_id == "readProfile" and answer.status == _NO_PROFILE):
                done(answer, f"{actor.label} uses {operation_id}")
    return actor.account.read()


_DEEDS: dict[str, Callable[[Actor], Answer]] = {
    "looks at the account": lambda actor: actor.account.read(),
    "looks at the Sony account": lambda actor: actor.sony.read(),
    "looks at the consents": lambda actor: actor.consents.read(),
    "looks at the privacy choices": lambda actor: actor.choices.read(),
    "changes the display name": rename,
    "consents to e-mail marketing": lambda actor: actor.consents.give(MARKETING),
    "withdraws the consent to profiling": lambda actor: actor.consents.withdraw("profiling"),
    "signs in": lambda actor: actor.session.sign_in(),
    "creates the account": lambda actor: actor.account.create(),
    "uses everything in the account": _use_everything,
}


def _says(sentence: str) -> parsers.parse:
    words = {**WORDS, "Deed": Word("|".join(_DEEDS), _DEEDS.__getitem__), "Value": Word(r"\w+", str)}
    return parsers.parse(sentence, extra_types=words, case_sensitive=True)


def _vendors(stage: Stage) -> list[str]:
    """Advertising vendors of residents of the United States.

    Raises:
        NotApplicable: The target declares none, so there is nobody to be kept from the data.
    """
    declared = stage.service.description.recipients_for(ADVERTISING, "US")
    if not declared:
        raise NotApplicable(
            "The target declares no advertising vendor for residents of the United States.",
            cause="it has none, or its service description is incomplete",
            remedy="see `recipients` in harness/contract/openapi.yaml",
        )
    return [one.id for one in declared]


def _do(stage: Stage, name: str, deed: Callable[[Actor], Answer], value: str) -> Answer:
    """Let somebody do one thing with a browser that sends this value, and nothing else."""
    actor = stage.cast.person(name)
    actor.client.gpc = value
    try:
        return done(deed(actor), f"{name} uses the service")
    finally:
        actor.client.gpc = ""


# -- the stage -------------------------------------------------------------------------------------------------------


@given(says("{name:Name} lives in {place:Place} and has verified the address"))
def lives_in_verified(stage: Stage, name: str, place: str) -> None:
    """An adult with a Sony account who has not signed in yet."""
    stage.cast.add(name, place).join(until="verified")


@given(says("{name:Name} is {other:Name}'s twin and has verified the address"))
def twin_verified(stage: Stage, name: str, other: str) -> None:
    """Somebody alike, with a Sony account, who has not signed in yet."""
    stage.cast.add_twin(name, stage.cast.person(other)).join(until="verified")


@given(says("the advertising vendors hold {name:Name}'s data"))
def vendors_hold(stage: Stage, name: str) -> None:
    """A share is the last that one of them took: a target that never shares cannot be seen to stop."""
    stage.service.settle()
    vendors = _vendors(stage)
    arrived = stage.recipients.arrivals(about=stage.cast.person(name), purpose=ADVERTISING)
    if "share" not in {one.recipient: one.kind for one in arrived}.values():
        raise HarnessError(
            f"No advertising vendor received {name}'s data, so it proves nothing that none does later.",
            cause=f"the target does not share with {', '.join(vendors)}, or not to where it was wired",
            remedy="look at the deliveries in the evidence",
        )


@given("the advertising vendors are down")
def vendors_are_down(stage: Stage) -> None:
    """They fail every delivery from now on."""
    for vendor in _vendors(stage):
        stage.recipients.take_down(vendor)


@when("the advertising vendors are up again")
def vendors_are_up_again(stage: Stage) -> None:
    """They accept deliveries again."""
    for vendor in _vendors(stage):
        stage.recipients.bring_up(vendor)


# -- with and without the signal -------------------------------------------------------------------------------------


@given(says("{name:Name} has looked at the account with the opt-out signal"))
def has_sent_signal(stage: Stage, name: str) -> None:
    """Once, on one device; at rest since."""
    _do(stage, name, lambda actor: actor.account.read(), _SIGNAL)
    stage.service.settle()


@when(_says("{name:Name} {deed:Deed} with the opt-out signal"))
def does_with_signal(stage: Stage, name: str, deed: Callable[[Actor], Answer]) -> None:
    """This one request bears the signal; those before and after it do not."""
    _do(stage, name, deed, _SIGNAL)


@when(_says("{name:Name} {deed:Deed} without a signal"))
def does_without_signal(stage: Stage, name: str, deed: Callable[[Actor], Answer]) -> None:
    """With a browser that sends no such header."""
    _do(stage, name, deed, "")


@when(_says("{name:Name} {deed:Deed} with the header set to {value:Value}"))
def does_with_header(stage: Stage, name: str, deed: Callable[[Actor], Answer], value: str) -> None:
    """A value that is no signal (Global Privacy Control: only 1 is)."""
    _do(stage, name, deed, value)


# -- what the account says -------------------------------------------------------------------------------------------


@then(says("{name:Name} is opted out of sale and sharing by the signal"))
def is_opted_out(stage: Stage, name: str) -> None:
    """The account shows it, and since when, where it says so: since a moment that has been."""
    answer = done(stage.cast.person(name).choices.read(), f"{name} looks at the privacy choices")
    choice = answer.field("sale_and_sharing")
    since = choice.get("since")
    known = not since or Capability.CLOCK not in stage.service.description.capabilities
    at = moment(since)
    stage.evidence.check(
        Channel.API,
        f"{name} is opted out of sale and sharing by the signal",
        choice.get("opted_out") is True
        and choice.get("source") == "signal"
        and (known or (at is not None and at <= stage.clock.now)),
        detail=f"The account shows opted_out {choice.get('opted_out')}, source {choice.get('source')}, since {since}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name} is not opted out of sale and sharing"))
def is_not_opted_out(stage: Stage, name: str) -> None:
    """Who sent no signal has not chosen anything by one."""
    answer = done(stage.cast.person(name).choices.read(), f"{name} looks at the privacy choices")
    choice = answer.field("sale_and_sharing")
    stage.evidence.check(
        Channel.API,
        f"{name} is not opted out of sale and sharing",
        choice.get("opted_out") is False,
        detail=f"The account shows opted_out {choice.get('opted_out')}, source {choice.get('source')}.",
        evidence=[answer.exchange],
    )


@then(says("whatever {name:Name} does with the opt-out signal opts out, each time anew"))
def everything_opts_out(stage: Stage, name: str) -> None:
    """One thing after the other. Before each the person switches the setting on again, and vendors get a new share."""
    actor = stage.cast.person(name)
    for operation_id, deed in everything().items():
        done(actor.choices.set_personal_information(enabled=True), f"{name} switches the setting on")
        done(rename(actor), f"{name} changes the display name")
        vendors_hold(stage, name)
        actor.client.gpc = _SIGNAL
        answer = deed(actor)
        actor.client.gpc = ""
        choice = done(actor.choices.read(), f"{name} looks at the privacy choices").field("sale_and_sharing")
        stage.evidence.check(
            Channel.API,
            f"the signal that comes with {operation_id} opts {name} out",
            choice.get("opted_out") is True and choice.get("source") == "signal",
            detail=f"The account shows opted_out {choice.get('opted_out')}, source {choice.get('source')}.",
            evidence=[answer.exchange],
        )
        every_vendor_told(stage, name)


# -- what the vendors get --------------------------------------------------------------------------------------------


@then(says("no advertising vendor was sent {name:Name}'s data"))
def no_vendor_was_sent(stage: Stage, name: str) -> None:
    """Not even one that turned it away; at rest, and beside a share about somebody else."""
    _vendors(stage)
    stage.absence.check_about(
        f"no advertising vendor was sent {name}'s data", stage.cast.person(name), purpose=ADVERTISING, kind="share"
    )


def _not_told(stage: Stage, name: str) -> tuple[list[str], list[str]]:
    """Vendors that accepted a share about somebody and no withdraw after it, and the evidence."""
    stage.service.settle()
    arrived = stage.recipients.arrivals(about=stage.cast.person(name), purpose=ADVERTISING)
    last = {one.recipient: one.kind for one in arrived}
    return [recipient for recipient, kind in last.items() if kind != "withdraw"], stage.recipients.keep(arrived)


@then(says("every advertising vendor was told to stop using {name:Name}'s data"))
def every_vendor_told(stage: Stage, name: str) -> None:
    """Of all that a vendor took about the person, a withdraw is the last; none tells more than whom to forget."""
    left, evidence = _not_told(stage, name)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"every advertising vendor was told to stop using {name}'s data",
        not left,
        detail=f"Not told: {', '.join(left)}.",
        evidence=evidence,
    )
    withdraws = stage.recipients.arrivals(about=stage.cast.person(name), purpose=ADVERTISING, kind="withdraw")
    more = {str(member) for one in withdraws for member in one.json.get("subject", {})} - {"subject_id"}
    stage.evidence.check(
        Channel.OUTBOUND,
        f"what tells them to stop tells no more of {name}",
        not more,
        detail=f"It tells: {', '.join(sorted(more))}.",
        evidence=evidence,
    )


@then(says("the service publishes whether it hears the signal, and it is so for {name:Name}"))
def publishes_the_truth(stage: Stage, name: str) -> None:
    """The support resource is there, well-formed, and says what was seen to happen."""
    answer = stage.service.call("readGpcSupport")
    stage.evidence.check(
        Channel.API,
        "the service publishes whether it hears the signal",
        answer.ok,
        detail=f"It answered {answer.status} instead.",
        evidence=[answer.exchange],
    )
    published = answer.json()
    stage.evidence.check(
        Channel.API,
        "what it publishes says so, and since when it stands there",
        isinstance(published.get("gpc"), bool) and _is_day(published.get("lastUpdate")),
        detail=f"It says {published}.",
        evidence=[answer.exchange],
    )
    left, evidence = _not_told(stage, name)
    stage.evidence.check(
        Channel.OUTBOUND,
        "it publishes that it hears the signal, and vendors stop",
        published["gpc"] is True and not left,
        detail=f"It says gpc {published['gpc']}; vendors not told to stop: {', '.join(left) or 'none'}.",
        evidence=[answer.exchange, *evidence],
    )


def _is_day(text: object) -> bool:
    try:
        return bool(date.fromisoformat(str(text)[:10]))
    except ValueError:
        return False
