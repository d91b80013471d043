"""Decisions about a person: what can be observed of them before and after a restore.

One check covers all of them, regardless of what was decided and how: consents, opt-outs and objections, preferences,
residence and date of birth, holds, deletion and erasure, reports and findings about a child.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.contract import Capability
from harness.evidence.model import Channel
from harness.stage import Actor, Moment, Recipients, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.vocabulary import Seen, sight
from steps.account import rename
from steps.deletion import is_complete
from steps.deliveries import last_accepted, listed
from steps.guardians import waiting_reports
from steps.registration import KEPT_OUT

_SIGN_IN = "whether the person can sign in"
_NOTHING = "nothing is shown"
"""What somebody is shown who has no account, or none any longer."""


@dataclass(slots=True)
class Standing:
    """What holds of a person.

    Attributes:
        shown: What the account shows, by the title of what it is about.
        recorded: What the ledgers show, in the same way.
        delivered: Ids of the deliveries that the ledger shows as delivered.
        holders: Recipients that hold data about the person, each with the purpose.
        evidence: The exchanges.
    """

    shown: dict[str, object] = field(default_factory=dict)
    recorded: dict[str, object] = field(default_factory=dict)
    delivered: frozenset[str] = frozenset()
    holders: frozenset[tuple[str, str]] = frozenset()
    evidence: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether the person can use the account."""
        return self.shown[_SIGN_IN] is True


class Before(dict[str, Standing]):
    """What held of each person before the last restore, by name."""


# -- what the account shows ------------------------------------------------------------------------------------------


def _consents(body: Mapping[str, Any]) -> object:
    return {str(one["purpose"]): one["given"] for one in body["consents"]}


def _choices(body: Mapping[str, Any]) -> object:
    out = {name: (body[name]["opted_out"], body[name]["source"]) for name in ("sale_and_sharing", "profiling")}
    return {**out, "personal_information": body["personal_information"]["enabled"]}


def _preferences(body: Mapping[str, Any]) -> object:
    return {str(one["app_id"]): (one["personalisation"], sorted(one["categories"])) for one in body["product_apps"]}


def _requests(body: Mapping[str, Any]) -> object:
    return sorted((one["kind"], one["route"], one["status"]) for one in body["requests"])


_SHOWN: dict[str, tuple[Callable[[Actor], Answer], Callable[[Mapping[str, Any]], object]]] = {
    "the date of birth": (lambda actor: actor.sony.read(), lambda body: body["date_of_birth"]),
    "the residence": (lambda actor: actor.account.read(), lambda body: (body["country"], body["postal_code"])),
    "the consents": (lambda actor: actor.consents.read(), _consents),
    "the privacy choices": (lambda actor: actor.choices.read(), _choices),
    "the preferences in product apps": (lambda actor: actor.apps.read(), _preferences),
    "the requests": (lambda actor: actor.requests.read_own(), _requests),
}
"""By title: how a person looks, and what of it was decided. Display names and usage data were not."""


def _shown(actor: Actor) -> Iterator[tuple[str, object, Answer]]:
    signed_in = actor.session.sign_in()
    yield _SIGN_IN, signed_in.ok, signed_in
    for title, (look, decided) in _SHOWN.items():
        answer = look(actor)
        if answer.status in KEPT_OUT:
            yield title, _NOTHING, answer
        else:
            yield title, decided(done(answer, f"{actor.label} looks at {title}").json()), answer
    if actor.account.receipt:
        receipt = actor.account.read_receipt()
        yield "the receipt", _NOTHING if is_complete(receipt) else receipt.json().get("purge_due_at"), receipt


# -- what the ledgers show -------------------------------------------------------------------------------------------


def _consent(entry: Mapping[str, Any]) -> object:
    """A proof of consent: for what, to which text, when. The time of its end may differ."""
    said = [entry.get(name) for name in ("purpose", "text_version", "language", "given_at", "product_app")]
    return (*said, entry.get("withdrawn_at") is None)


def _hold(entry: Mapping[str, Any]) -> object:
    ground = entry.get("ground") or {}
    said = [entry.get(name) for name in ("hold_id", "authority", "placed_at", "until", "lifted_at")]
    return (*said, ground.get("kind"), ground.get("reference"), tuple(sorted(entry.get("scope") or ())))


def _request(entry: Mapping[str, Any]) -> object:
    return (entry.get("kind"), entry.get("route"), entry.get("status"))


_LEDGERS: dict[str, tuple[Capability, Callable[[Mapping[str, Any]], object]]] = {
    "consents": (Capability.RECORDS, _consent),
    "privacy-requests": (Capability.RECORDS, _request),
    "holds": (Capability.HOLDS, _hold),
}


def _recorded(stage: Stage, actor: Actor) -> Iterator[tuple[str, object, Answer]]:
    declared = stage.service.description.capabilities
    ids = actor.canaries.values("account id")
    for ledger, (needed, decided) in _LEDGERS.items():
        if needed in declared:
            answer, entries = stage.service.world.records(ledger)
            yield ledger, Counter(decided(one) for one in entries if one.get("account_id") in ids), answer


def standing(stage: Stage, actor: Actor) -> Standing:
    """What holds of somebody now, to all who can see it. The person signs in for that."""
    found = Standing()
    for title, decided, answer in _shown(actor):
        found.shown[title] = decided
        found.evidence.append(answer.exchange)
    for title, decided, answer in _recorded(stage, actor):
        found.recorded[title] = decided
        found.evidence.append(answer.exchange)
    declared = stage.service.description.capabilities
    if Capability.GUARDIAN_REPORTS in declared:
        found.recorded["reports by guardians"] = len(waiting_reports(stage.service, actor))
    if Capability.RECORDS in declared:
        _, entries = stage.service.world.records("disclosures")
        ids = {one.delivery_id for one in stage.recipients.arrivals(about=actor)}
        found.delivered = frozenset(
            str(one["delivery_id"]) for one in entries if one["delivery_id"] in ids and one["state"] == "delivered"
        )
    found.holders = _holders(stage.recipients, actor)
    return found


def _holders(recipients: Recipients, actor: Actor) -> frozenset[tuple[str, str]]:
    last = last_accepted(recipients, actor)
    return frozenset((one.recipient, one.purpose) for one in last if one.kind == "share")


# -- what a restore leaves of it -------------------------------------------------------------------------------------


@sight("all decisions about {person} still hold", at_rest=True)
def decisions_hold(
    stage: Stage, recipients: Recipients, moment: Moment, before: Before, person: Actor
) -> Iterator[Seen]:
    """What the account and the ledgers show is as before the restore, but for the display name.

    Nothing is delivered again but instructions to stop. The person then changes the display name, and no recipient
    receives data that held none before.
    """
    was, now = before[person.label], standing(stage, person)
    evidence = [*was.evidence, *now.evidence]
    yield Seen(
        channel=Channel.API,
        claim=f"after the restore {person.label} is shown what was decided before it",
        holds=now.shown == was.shown,
        detail=_differences(was.shown, now.shown),
        evidence=evidence,
    )
    if now.recorded:
        lost = was.delivered - now.delivered
        yield Seen(
            channel=Channel.RECORD,
            claim=f"after the restore the ledgers show what was decided about {person.label} before it",
            holds=now.recorded == was.recorded and not lost,
            detail=f"{_differences(was.recorded, now.recorded)} Deliveries that are no longer shown: {len(lost)}.",
            evidence=evidence,
        )
    again = [one for one in recipients.arrivals(about=person, since=moment.since) if one.kind != "withdraw"]
    yield Seen(
        channel=Channel.OUTBOUND,
        claim=f"nothing about {person.label} is delivered because of the restore",
        holds=not again,
        detail=f"{listed(again)}.",
        evidence=recipients.keep(again),
    )
    if person.account.read().ok:
        done(rename(person), f"{person.label} changes the display name")
        stage.service.settle()
    more = _holders(recipients, person) - was.holders
    sent = recipients.arrivals(about=person, since=moment.since)
    yield Seen(
        channel=Channel.OUTBOUND,
        claim=f"no recipient receives {person.label}'s data that held none before the restore",
        holds=not more,
        detail=f"Received by: {', '.join(sorted(f'{recipient} for {purpose}' for recipient, purpose in more))}.",
        evidence=recipients.keep(sent),
    )


def _differences(was: Mapping[str, object], now: Mapping[str, object]) -> str:
    """What is other than it was, in words."""
    other = [f"{title}: before {was[title]}, now {now.get(title)}" for title in was if was[title] != now.get(title)]
    return f"{'; '.join(other) or 'No differences'}."
