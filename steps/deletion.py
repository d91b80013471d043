"""A deleted account: what the receipt says, what is closed, what can still be asked for, and who comes back."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pytest_bdd import given, then, when

from harness import contract
from harness.clock import parse_instant
from harness.contract import Capability
from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel
from harness.people.canaries import Canaries
from harness.people.search import find_traces, find_traces_in
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.stage.storage import DATABASE
from harness.target.http import Answer
from harness.target.world import require
from harness.world.recipients import Arrival
from steps.clock import local
from steps.registration import KEPT_OUT, cannot_sign_in, go_all_the_way
from steps.rights import answered, status
from steps.sharing import company_id
from steps.words import says

_ROUNDING = timedelta(minutes=1)
_UNPROVED = "identity-unverified"
_NOT_THERE = frozenset({404, 410})
_PATH = {"purpose": MARKETING, "app_id": "living-room"}
"""For operations of an account that have something in their path."""
_OLD = frozenset({"name", "family_name", "display_name", "account id", "access token"})
"""Kinds of values that only the account before the purge had."""


# -- when the data goes ----------------------------------------------------------------------------------------------


@when(says("it becomes {day:Day}, {at:Time} by the service's calendar"))
def it_becomes_by_its_calendar(stage: Stage, day: date, at: time) -> None:
    """A moment by the time zone that the target declares for its retention."""
    stage.clock.move_to(local(day, at, ZoneInfo(stage.service.description.retention_zone)))


@when(says("the time to purge in has passed"))
def purge_window_passes(stage: Stage) -> None:
    """The window that the target declares, from now on."""
    stage.clock.move_to(stage.clock.now + stage.service.description.purge_window)


@when(says("the purge of {name:Name}'s data is done"))
def purge_is_done(stage: Stage, name: str) -> None:
    """As soon as no place shows the person, looked at day by day, and at the end of the window at the latest.

    Not simply the end of the window: backups may be kept for a shorter time than that.
    """
    stage.service.settle()
    due = stage.clock.now + stage.service.description.purge_window
    while stage.clock.now < due and stage.storage.traces(stage.cast.person(name)):
        stage.clock.move_to(min(stage.clock.now + timedelta(days=1), due))


def _is_done(receipt: Answer) -> bool:
    return receipt.status in _NOT_THERE or (receipt.ok and receipt.field("status") == "purged")


@then(says("{name:Name}'s receipt puts the purge at {day:Day}, {at:Time} by the service's calendar, or earlier"))
def receipt_puts_purge_at(stage: Stage, name: str, day: date, at: time) -> None:
    """The receipt as it was given, and as it can be looked up."""
    due = local(day, at, ZoneInfo(stage.service.description.retention_zone))
    actor = stage.cast.person(name)
    looked_up = actor.account.read_receipt()
    for receipt in (actor.account.receipt, looked_up.json() if looked_up.ok else actor.account.receipt):
        told = parse_instant(str(receipt["purge_due_at"]))
        stage.evidence.check(
            Channel.API,
            f"{name}'s receipt puts the purge at six calendar months after the deletion at the latest",
            told <= due + _ROUNDING,
            detail=f"It says {told.isoformat()}; six calendar months are over on {due.isoformat()}.",
            evidence=[looked_up.exchange],
        )
        if told < due - _ROUNDING:
            stage.evidence.observe(f"the purge is due at {told.isoformat()}, before six months are over")


@then(says("{name:Name}'s receipt says that the purge is done"))
def receipt_says_done(stage: Stage, name: str) -> None:
    """Or there is no receipt any more."""
    answer = stage.cast.person(name).account.read_receipt()
    stage.evidence.check(
        Channel.API,
        f"{name}'s receipt says that the purge is done, or is gone",
        answer.status in KEPT_OUT or (answer.ok and answer.field("status") == "purged"),
        detail=f"It was answered with {answer.status}: {answer.text}",
        evidence=[answer.exchange],
    )


# -- closed ----------------------------------------------------------------------------------------------------------


@given(says("{name:Name}'s sessions work"))
def sessions_work(stage: Stage, name: str) -> None:
    """So that a token which is refused later was a good one."""
    actor = stage.cast.person(name)
    for token in actor.session.tokens:
        done(actor.account.read(token), f"{name} looks at the account")


@then(says("no session of {name:Name}'s works for anything"))
def no_session_works(stage: Stage, name: str) -> None:
    """Every token the person was ever given, on every operation of the contract that takes one."""
    actor = stage.cast.person(name)
    bodies = _bodies(actor)
    for token in dict.fromkeys(actor.session.tokens):
        for operation_id in _operations_of_account():
            arguments: dict[str, Any] = {"json": bodies[operation_id]} if operation_id in bodies else {}
            answer = stage.service.call(operation_id, token=token, path=_PATH, **arguments)
            stage.evidence.check(
                Channel.API,
                f"no session of {name}'s works for {operation_id}",
                answer.status in KEPT_OUT,
                detail=f"It was answered with {answer.status}.",
                evidence=[answer.exchange],
            )


def _operations_of_account() -> list[str]:
    """Operations of the contract that take the access token of a person."""
    return [
        spec["operationId"]
        for item in contract.document()["paths"].values()
        for spec in item.values()
        if isinstance(spec, dict) and {"accessToken": []} in spec.get("security", ())
    ]


def _bodies(actor: Actor) -> dict[str, dict[str, Any]]:
    """Well-formed bodies, so that nothing but the token can be what is wrong."""
    text = actor.consents.text(MARKETING)
    return {
        "createShesAccount": {
            "email": actor.person.email,
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


@then(says("{name:Name}'s account is unchanged"))
def account_is_unchanged(stage: Stage, name: str) -> None:
    """The person can sign in, and both accounts show what they showed before."""
    actor = stage.cast.person(name)
    signed_in = actor.session.sign_in()
    stage.evidence.check(
        Channel.API,
        f"{name} can sign in",
        signed_in.ok,
        detail=f"Signing in was answered with {signed_in.status}.",
        evidence=[signed_in.exchange],
    )
    sony, shes = actor.sony.read(), actor.account.read()
    born, country = actor.person.date_of_birth.isoformat(), actor.details.country
    typed = {"display_name": actor.details.display_name, "country": country, "postal_code": actor.details.postal_code}
    shown = {key: shes.json().get(key) for key in typed} if shes.ok else {}
    stage.evidence.check(
        Channel.API,
        f"{name}'s account is unchanged",
        sony.ok and sony.json().get("date_of_birth") == born and shown == typed,
        detail=f"The Sony account answered {sony.status}, the SHES account {shes.status} with {shown}.",
        evidence=[sony.exchange, shes.exchange],
    )


@then(says("{company:Company} has {name:Name} on its list no more"))
def on_the_list_no_more(stage: Stage, company: str, name: str) -> None:
    """What the company was sent, and then told, leaves nobody of that address to mail to."""
    stage.service.settle()
    recipient = company_id(stage, company)
    actor = stage.cast.person(name)
    if not stage.recipients.arrivals(about=actor, recipient=recipient, kind="share"):
        raise HarnessError(f"{company} never had {name} on its list, so its being off the list proves nothing.")
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} has {name} on its list no more",
        stage.recipients.company(recipient).subscriber(actor.person.email) is None,
        detail="It was not told to take the address off.",
        evidence=stage.recipients.keep(stage.recipients.arrivals(about=actor, recipient=recipient)),
    )


@then(says("nobody received a share about {name:Name} any more"))
def nobody_received_share(stage: Stage, name: str) -> None:
    """At no endpoint of any recipient, not even one that turned it away, while somebody else's data did arrive."""
    stage.service.settle()
    actor = stage.cast.person(name)
    about_person = stage.recipients.arrivals(about=actor, since=stage.moment.since, accepted=False)
    shares = [one for one in about_person if one.kind != "withdraw"]
    control = [
        one for one in stage.recipients.arrivals(since=stage.moment.since) if not stage.recipients.is_about(one, actor)
    ]
    stage.absence.check(f"nobody received a share about {name} any more", shares, control)


@then(says("whoever was given data about {name:Name} was told to stop using it"))
def everybody_was_told(stage: Stage, name: str) -> None:
    """At each endpoint that ever accepted a share about the person, the last thing accepted is a withdraw."""
    stage.service.settle()
    last: dict[tuple[str, str], Arrival] = {}
    for one in stage.recipients.arrivals(about=stage.cast.person(name)):
        last[one.recipient, one.purpose] = one
    if not last:
        raise HarnessError(f"Nobody was given data about {name}, so nobody had to be told anything.")
    untold = [f"{recipient} ({purpose})" for (recipient, purpose), one in last.items() if one.kind != "withdraw"]
    stage.evidence.check(
        Channel.OUTBOUND,
        f"whoever was given data about {name} was told to stop using it",
        not untold,
        detail=f"These were not: {', '.join(untold)}.",
        evidence=stage.recipients.keep(last.values()),
    )


@then(says("{name:Name}'s sessions go on"))
def sessions_go_on(stage: Stage, name: str) -> None:
    """Every token of the person still shows the account."""
    actor = stage.cast.person(name)
    for token in dict.fromkeys(actor.session.tokens):
        answer = actor.account.read(token)
        stage.evidence.check(
            Channel.API,
            f"{name}'s sessions go on",
            answer.ok,
            detail=f"Looking at the account was answered with {answer.status}.",
            evidence=[answer.exchange],
        )


# -- rights over what is still kept ----------------------------------------------------------------------------------


@then(says("{name:Name} is given a copy of the data"))
def given_a_copy(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """The request is complete within a month, and its answer holds what the person typed."""
    actor = stage.cast.person(name)
    if status(answers[name]) == _UNPROVED and nothing_is_left(stage, actor):
        raise NotApplicable(
            f"{name}'s data is gone already, so there is nothing to have a copy of.",
            cause="the target purges sooner than it has to, which breaks no promise",
        )
    if status(answers[name]) == "pending":
        require(stage.service.description, Capability.CLOCK)
    answer = answers[name] = answered(stage, actor, answers[name])
    if status(answer) == "pending" and not any(status(one) == "complete" for one in answers.values()):
        raise HarnessError(
            f"{name}'s request for a copy is still pending a month after it was made.",
            cause="somebody would have to look at it",
            remedy="let the target of a test environment decide on requests by itself",
        )
    _answered(stage, name, answer, status(answer) == "complete")
    data = (answer.json().get("answer") or {}).get("data")
    found = {trace.kind for trace in find_traces_in(data, actor.person.canaries)}
    wanted = {"email": {"email"}, "display name": {"name", "display_name"}}
    lacking = [what for what, kinds in wanted.items() if not found & kinds]
    stage.evidence.check(
        Channel.API,
        f"the copy holds {name}'s address and display name",
        not lacking,
        detail=f"It lacks: {', '.join(lacking)}.",
        evidence=[answer.exchange],
    )


@when(says("{name:Name} asks for a copy of the data, and never proves who asks"))
def asks_and_stops(stage: Stage, name: str) -> None:
    """The code that is mailed is not used. Whose data is gone already is nobody known, and is not asked to ask."""
    actor = stage.cast.person(name)
    if not nothing_is_left(stage, actor):
        done(actor.requests.submit("access"), f"{name} asks for a copy")
        stage.service.settle()


@then(says("{name:Name}'s erasure is granted"))
def erasure_is_granted(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """The request is complete or under way; or, its code once accepted, gone with the person's other data.

    Where all but what is held was gone before, there is nothing to grant; what is stored then tells.
    """
    answer = answers[name]
    if status(answer) == _UNPROVED and nothing_is_left(stage, stage.cast.person(name), but_held=True):
        return
    gone = answer.operation == "readPrivacyRequest" and answer.status in KEPT_OUT
    _answered(stage, name, answer, gone or status(answer) in {"pending", "complete"})


def nothing_is_left(stage: Stage, actor: Actor, *, but_held: bool = False) -> bool:
    """Whether the purge is done by the receipt of a person, who may then be answered as somebody unknown.

    A service may purge at any time after the deletion. A receipt that says so too soon is found out where stored bytes
    can be looked at.
    """
    if not actor.account.receipt:
        return False
    receipt = actor.account.read_receipt()
    held = receipt.ok and receipt.field("status") == "held"
    if not (_is_done(receipt) or (but_held and held)):
        return False
    stage.evidence.observe(f"{actor.label}'s data was purged before its time, without anybody having asked for it")
    if not held and Capability.STORAGE in stage.service.description.capabilities:
        parts = stage.storage.parts()
        others = " ".join(
            f"{one.person.email} {one.details.display_name}" for one in stage.cast.everyone if one is not actor
        )
        alone = _not_in(others, actor)
        found = {part.place: traces for part in parts if (traces := find_traces(part.content, alone))}
        stage.evidence.check(
            Channel.STORAGE,
            f"nothing of {actor.label}'s is stored any more, as the receipt says",
            not found,
            detail=f"{', '.join(sorted(found))} shows it.",
            evidence=[receipt.exchange, stage.storage.keep(actor, parts, found)],
        )
    return True


def _answered(stage: Stage, name: str, answer: Answer, passed: bool) -> None:
    how = status(answer)
    if how == _UNPROVED and not stage.mailbox.any_since(stage.moment.since):
        raise HarnessError(
            f"No mail at all arrived, so {name} could not prove who asks.",
            cause="the target does not send mail to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    detail = "No code came by mail to prove who asks." if how == _UNPROVED else f"It is {how}."
    stage.evidence.check(Channel.API, f"{name}'s request is granted", passed, detail=detail, evidence=[answer.exchange])


# -- coming back after the purge -------------------------------------------------------------------------------------


@when(says("{name:Name} registers with the same address anew, under another display name"))
def registers_anew(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """All the way to a SHES account, as far as the target lets the person."""
    actor = stage.cast.person(name)
    actor.details.display_name = actor.person.free_text("new_name")
    answers[name] = go_all_the_way(stage, actor)


@then(says("{name:Name}'s new account shows nothing of the old one"))
def new_account_shows_nothing_old(stage: Stage, name: str) -> None:
    """No old name and no old identifier in either account or in its consents, none of which is given."""
    actor = stage.cast.person(name)
    answers = [actor.sony.read(), actor.account.read(), actor.consents.read()]
    new_id = answers[1].field("account_id")
    old = Canaries(name)
    for canary in actor.person.canaries.all:
        if canary.kind in _OLD and canary.value != new_id:
            old.made_up(canary.kind, canary.value)
    found = [f"{trace.kind} at {trace.path}" for answer in answers for trace in find_traces_in(answer.json(), old)]
    found += [f"a consent to {one['purpose']}" for one in answers[2].field("consents") if one["given"]]
    stage.evidence.check(
        Channel.API,
        f"{name}'s new account shows nothing of the old one",
        not found,
        detail=f"It shows: {', '.join(found)}.",
        evidence=[answer.exchange for answer in answers],
    )


# -- several accounts of one consumer --------------------------------------------------------------------------------


@given(says("{other:Name} is {name:Name}'s second account, under another address"))
def second_account(stage: Stage, other: str, name: str) -> None:
    """The same person once more: name, birthday and postal code are the same."""
    stage.cast.add_second_account(other, stage.cast.person(name)).join()


@given(says("{other:Name} is {name:Name}'s second account, under a plus-address"))
def second_account_with_plus(stage: Stage, other: str, name: str) -> None:
    """The same person once more, and the same address but for a plus and a word."""
    stage.cast.add_second_account(other, stage.cast.person(name), plus_address=True).join()


@then(says("nothing of {name:Name}'s account is stored, unlike {other:Name}'s"))
def nothing_of_one_account(stage: Stage, name: str, other: str) -> None:
    """Of what the two have in common nothing can be said; all else of the one is gone."""
    stays = stage.cast.person(other)
    _account_gone(stage, name, " ".join((stays.person.email, stays.details.display_name)))


@then(says("nothing of {name:Name}'s old account is stored"))
def nothing_of_old_account(stage: Stage, name: str) -> None:
    """Of whatever the account had that was deleted, and the new one of the same address has not."""
    actor = stage.cast.person(name)
    new = " ".join((actor.person.email, actor.details.display_name, *actor.person.canaries.values("account id")[-1:]))
    kinds = _OLD - {"access token"} | {"subject id", "unsubscribe link", "deletion_reason"}
    _account_gone(stage, name, new, kinds=kinds)


def _account_gone(stage: Stage, name: str, common: str, *, kinds: frozenset[str] | None = None) -> None:
    """Nothing of one account is stored, while a database shows somebody of the scenario.

    Who that is does not matter: the other account may have been purged early, and a service may let no new one come of
    the address until the purge. Whether those are there is asked in sentences of their own.
    """
    stage.service.settle()
    actor = stage.cast.person(name)
    alone = _not_in(common, actor, kinds)
    parts = stage.storage.parts()
    databases = [part for part in parts if part.kind in DATABASE]
    if not any(stage.storage.traces(one, databases) for one in stage.cast.everyone):
        raise HarnessError(f"No database shows anybody, so its not showing {name} proves nothing.")
    found = {part.place: traces for part in parts if (traces := find_traces(part.content, alone))}
    where = sorted({f"{place} shows {trace.kind}" for place, traces in found.items() for trace in traces})
    stage.evidence.check(
        Channel.STORAGE,
        f"nothing of {name}'s deleted account is stored",
        not found,
        detail=f"{'; '.join(where)}.",
        evidence=[stage.storage.keep(actor, parts, found)],
    )


def _not_in(common: str, actor: Actor, kinds: frozenset[str] | None = None) -> Canaries:
    """A person's values, or those of some kinds, but for what others have in common with the person."""
    alone = Canaries(actor.label)
    for canary in actor.person.canaries:
        if (kinds is None or canary.kind in kinds) and canary.value.casefold() not in common.casefold():
            (alone.assigned if canary.assigned else alone.made_up)(canary.kind, canary.value)
    return alone


# -- coming back before the purge ------------------------------------------------------------------------------------


@when(says("{name:Name} comes back at once to the same address, under another display name"))
def comes_back_early(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """As far as the target lets the person, which may be nowhere until the purge. Somebody else signs up beside."""
    actor = stage.cast.person(name)
    actor.details.display_name = actor.person.free_text("new_name")
    tokens = list(actor.session.tokens)
    stage.cast.add_twin("Neighbour", actor).join(until="registered")
    answers[name] = go_all_the_way(stage, actor)
    if actor.session.tokens == tokens:
        stage.evidence.observe(f"{name} cannot come back to the same address before the purge")


@when(says("{name:Name} deletes the new account, if there is one"))
def deletes_new_account(stage: Stage, name: str) -> None:
    """Where the target lets no account come of the address yet, there is none."""
    actor = stage.cast.person(name)
    if actor.session.sign_in().ok and actor.account.read().ok:
        done(actor.account.delete(), f"{name} deletes the new account")
    stage.service.settle()


@then(says("the new account at {name:Name}'s address, if there is one, shows nothing of the old one"))
def new_account_if_any(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """Where there is none yet, the address still lets nobody in."""
    if answers[name].operation == "createShesAccount" and answers[name].ok:
        signed_in = stage.cast.person(name).session.sign_in()
        stage.evidence.check(
            Channel.API,
            f"{name} can sign in to the new account",
            signed_in.ok,
            detail=f"Signing in was answered with {signed_in.status}.",
            evidence=[signed_in.exchange],
        )
        new_account_shows_nothing_old(stage, name)
    else:
        cannot_sign_in(stage, name)
