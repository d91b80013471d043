"""The register of transfers: where data is, for what, and under which law it goes there (5.1, 5.4, 5.7)."""

from __future__ import annotations

from pytest_bdd import then

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.stage import Actor, Stage
from harness.stage.moment import Marker
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.world.recipients import Arrival
from steps.consent import Diary
from steps.products import PERSONALISATION, PROFILING
from steps.transfer_register import shares_about, uncovered
from steps.words import says

_BASES = {MARKETING: "consent", PERSONALISATION: "consent", PROFILING: "consent", ADVERTISING: "not-opted-out"}


@then(says("whatever arrived about {name:Name} went where the register of transfers says"))
def went_where_register_says(stage: Stage, name: str) -> None:
    """To a recipient at home, or on a transfer that is in the register for this recipient, country and purpose."""
    stage.service.settle()
    actor = stage.cast.person(name)
    arrived = shares_about(stage.recipients, actor)
    if not arrived:
        raise HarnessError(
            f"Nothing arrived about {name}, so there is nothing to hold against the register.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    answer, entries = stage.service.world.records("transfers")
    wrong = list(uncovered(stage, actor, entries))
    stage.evidence.check(
        Channel.OUTBOUND,
        f"whatever arrived about {name} went where the register says",
        not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=[answer.exchange, *stage.recipients.keep(arrived)],
    )


# -- purposes --------------------------------------------------------------------------------------------------------


@then(says("whatever arrived about {name:Name} is for e-mail marketing, and says so"))
def is_for_marketing(stage: Stage, name: str) -> None:
    """At whatever endpoint; to the vendors of residents of the United States goes advertising too (8.CA.18)."""
    claim = f"whatever arrived about {name} is for e-mail marketing, and says so"
    _check_purposes(stage, name, stage.moment.since, {MARKETING}, claim)


@then(says("whatever arrived about {name:Name} is for what {other:Name} agreed to, and says so"))
def is_for_what_was_agreed_to(stage: Stage, diary: Diary, name: str, other: str) -> None:
    """In the whole scenario; advertising aside, as above."""
    agreed = {one.purpose for one in diary.of(stage.cast.person(other))}
    claim = f"whatever arrived about {name} is for what {other} agreed to, and says so"
    _check_purposes(stage, name, None, agreed, claim)


def _check_purposes(stage: Stage, name: str, since: Marker | None, agreed: set[str], claim: str) -> None:
    stage.service.settle()
    actor = stage.cast.person(name)
    arrived = stage.recipients.arrivals(about=actor, since=since, accepted=False)
    if not arrived:
        raise HarnessError(
            f"Nothing arrived about {name}, so no purpose can be seen.",
            cause="the target does not deliver, or not to where it was wired",
            remedy="look at the exchanges in the evidence",
        )
    wrong = [problem for one in arrived for problem in _misused(stage, actor, one, agreed)]
    stage.evidence.check(
        Channel.OUTBOUND,
        claim,
        not wrong,
        detail=f"{'; '.join(wrong)}.",
        evidence=stage.recipients.keep(arrived),
    )


def _misused(stage: Stage, actor: Actor, arrival: Arrival, agreed: set[str]) -> list[str]:
    what = f"what {arrival.recipient} received for {arrival.purpose}"
    body = arrival.json if isinstance(arrival.json, dict) else {}
    allowed = {*agreed, ADVERTISING} if actor.details.country == "US" else agreed
    recipient = stage.recipients.declared(arrival.recipient)
    problems = []
    if arrival.purpose not in allowed:
        problems.append(f"{what} was not given for that")
    if actor.details.country not in recipient.residences or arrival.purpose not in recipient.purposes:
        problems.append(f"{what} is not what it takes part in")
    if body.get("purpose") != arrival.purpose:
        problems.append(f"{what} says that it is for {body.get('purpose')}")
    if arrival.kind == "share" and (body.get("basis") or {}).get("kind") != _BASES.get(arrival.purpose):
        problems.append(f"{what} rests on {body.get('basis')}")
    if "product_usage" in body and arrival.purpose != PERSONALISATION:
        problems.append(f"{what} tells how products are used")
    return problems


@then(says("the disclosure ledger has {name:Name}'s data for e-mail marketing alone"))
def ledger_for_marketing(stage: Stage, name: str) -> None:
    """What arrived about the person is entered for the purpose that it arrived for, and nothing for any other."""
    stage.service.settle()
    actor = stage.cast.person(name)
    arrived = {one.delivery_id: one for one in stage.recipients.arrivals(about=actor)}
    subjects = {one.subject_id for one in arrived.values()}
    allowed = {MARKETING, ADVERTISING} if actor.details.country == "US" else {MARKETING}
    answer, entries = stage.service.world.records("disclosures")
    mine = [one for one in entries if one.get("delivery_id") in arrived or one.get("subject_id") in subjects]
    wrong = [
        f"a {one.get('kind')} to {one.get('recipient')} for {one.get('purpose')}"
        for one in mine
        if one.get("purpose") not in allowed
        or (one.get("delivery_id") in arrived and one.get("purpose") != arrived[one["delivery_id"]].purpose)
    ]
    stage.evidence.check(
        Channel.RECORD,
        f"the disclosure ledger has {name}'s data for e-mail marketing alone",
        bool(mine) and not wrong,
        detail=f"It has: {'; '.join(wrong) or 'nothing about the person'}.",
        evidence=[answer.exchange, *stage.recipients.keep(arrived.values())],
    )
