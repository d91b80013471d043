"""What reaches the companies of the group: who received whose data, and who was told to stop using it."""

from __future__ import annotations

from datetime import datetime

from pytest_bdd import given, then, when

from harness.clock import parse_instant
from harness.contract import unknown_members
from harness.errors import HarnessError, NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.people.residences import members, residence
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.target.discovery import Recipient
from harness.world.recipients import Arrival
from steps.words import COMPANIES, TITLES, says

_BY_COUNTRY = {"US": "sony-electronics-inc", "CA": "sony-of-canada-ltd", "CN": "sony-china-limited"}


def moment(text: object) -> datetime | None:
    """A time that the target wrote, to the second; nothing where it wrote none."""
    try:
        return parse_instant(str(text)).replace(microsecond=0)
    except ValueError:
        return None


def sent_at(arrival: Arrival) -> datetime | None:
    """When a delivery was sent by the world's clock, as it says."""
    return moment(arrival.json.get("sent_at")) if isinstance(arrival.json, dict) else None


def undeclared_members(arrival: Arrival) -> set[str]:
    """Members of a delivery that the contract does not know, or knows in others alone."""
    found = {
        f"member {name}, which the contract does not know"
        for name in unknown_members(arrival.json, "Delivery")
        # Of whoever agreed to a profile a company may be told what it says (8.QC.1).
        if (arrival.purpose, name.rpartition("/")[2]) != ("profiling", "interests")
    }
    body = arrival.json if isinstance(arrival.json, dict) else {}
    if arrival.kind == "withdraw":
        more = [name for name in ("unsubscribe_url", "product_usage") if body.get(name)]
        more += [name for name, value in arrival.subject.items() if value and name != "subject_id"]
        found |= {f"{name}, in a withdraw" for name in more}
    return found


# -- who is who ------------------------------------------------------------------------------------------------------


def registered_for(stage: Stage, country: str) -> list[Recipient]:
    """Group companies that the target registers for e-mail marketing to residents of a country."""
    return [one for one in stage.service.description.recipients_for(MARKETING, country) if one.role == "group-company"]


def demand_served(stage: Stage, actor: Actor) -> None:
    """That the target serves the country where somebody lives, as it declares; a service need not serve every country.

    Raises:
        NotApplicable: No group company receives data about residents of it.
    """
    if not any(
        one.role == "group-company" and actor.details.country in one.residences
        for one in stage.service.description.recipients
    ):
        raise NotApplicable(
            f"The target declares no group company for {actor.details.country}, so it does not serve people there."
        )


def company_id(stage: Stage, company: str) -> str:
    """The id of a company by name, or of ``Femke's company`` by where Femke lives now.

    Raises:
        TargetError: The policy leaves the company to the register, and not just one is registered there.
    """
    if company in COMPANIES:
        return COMPANIES[company]
    country = stage.cast.person(company.removesuffix("'s company")).details.country
    if country in {place.country for place in members("EEA")}:
        return "sony-europe-bv"
    if country in _BY_COUNTRY:
        return _BY_COUNTRY[country]
    registered = registered_for(stage, country)
    if len(registered) != 1:
        raise TargetError(
            f"For {country} the target declares {len(registered)} group companies for e-mail marketing, not one.",
            cause="its service description is incomplete",
            remedy="see `recipients` in harness/contract/openapi.yaml",
        )
    return registered[0].id


@then(says("one group company is registered for {place:Place}"))
def one_company_registered(stage: Stage, place: str) -> None:
    """The target's own register of recipients, looked at before what it does."""
    country = residence(place).country
    registered = registered_for(stage, country)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"one group company is registered for {place}",
        len(registered) == 1,
        detail=f"Registered are: {', '.join(one.name for one in registered) or 'none'}.",
    )


# -- what they are given ---------------------------------------------------------------------------------------------


def _arrived(
    stage: Stage, actor: Actor, company: str, kind: str, *, purpose: str = MARKETING, accepted: bool = True
) -> list[Arrival]:
    stage.service.settle()
    return stage.recipients.arrivals(
        about=actor,
        purpose=purpose,
        recipient=company_id(stage, company),
        kind=kind,
        since=stage.moment.since,
        accepted=accepted,
    )


def _everything(stage: Stage, actor: Actor) -> list[Arrival]:
    """What arrived about somebody since the last mark, accepted or not.

    Advertising to vendors of residents of the United States is a purpose of its own and no matter of e-mail marketing
    (8.CA.18); so is the end of it.
    """
    vendors = {one.id for one in stage.service.description.recipients if one.role == "advertising-vendor"}
    return [
        one
        for one in stage.recipients.arrivals(about=actor, since=stage.moment.since, accepted=False)
        if one.purpose != ADVERTISING
        or one.recipient not in vendors
        or (actor.details.country != "US" and one.kind != "withdraw")
    ]


def _told(arrivals: list[Arrival]) -> str:
    return "; ".join(f"{one.recipient} received a {one.kind} for {one.purpose}" for one in arrivals)


@then(says("{company:Company} received {name:Name}'s data for {purpose:Purpose}"))
def received(stage: Stage, company: str, name: str, purpose: str) -> None:
    """A share about the person arrived at the company's endpoint for this purpose, and was accepted."""
    actor = stage.cast.person(name)
    shares = _arrived(stage, actor, company, "share", purpose=purpose)
    everything = stage.recipients.arrivals(about=actor, since=stage.moment.since)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} received {name}'s data for {TITLES[purpose]}",
        bool(shares),
        detail=f"About {name} there arrived: {_told(everything) or 'nothing'}.",
        evidence=stage.recipients.keep(shares or everything),
    )


@then(says("{company:Company} did not receive {name:Name}'s data for {purpose:Purpose}"))
def did_not_receive(stage: Stage, company: str, name: str, purpose: str) -> None:
    """No share about the person was sent to the company, not even one that it turned away."""
    actor = stage.cast.person(name)
    shares = _arrived(stage, actor, company, "share", purpose=purpose, accepted=False)
    demand_deliveries(stage)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} did not receive {name}'s data for {TITLES[purpose]}",
        not shares,
        detail=f"It was sent {len(shares)} shares.",
        evidence=stage.recipients.keep(shares),
    )


@then(says("nothing about {name:Name} arrived for e-mail marketing"))
def nothing_arrived(stage: Stage, name: str) -> None:
    """At rest, and beside a delivery about somebody else."""
    stage.absence.check_about(
        f"nothing about {name} arrived for e-mail marketing", stage.cast.person(name), purpose=MARKETING
    )


@then(says("nobody but {company:Company} received anything about {name:Name}"))
def nobody_else_received(stage: Stage, company: str, name: str) -> None:
    """At every endpoint of every recipient, advertising to residents of the United States aside."""
    _only(stage, company, name, _everything(stage, stage.cast.person(name)), "anything")


@then(says("nobody but {company:Company} received a share about {name:Name}"))
def nobody_else_received_share(stage: Stage, company: str, name: str) -> None:
    """As above, but somebody else may be told to stop."""
    shares = [one for one in _everything(stage, stage.cast.person(name)) if one.kind != "withdraw"]
    _only(stage, company, name, shares, "a share")


def _only(stage: Stage, company: str, name: str, arrivals: list[Arrival], what: str) -> None:
    rightful = company_id(stage, company)
    others = [one for one in arrivals if one.recipient != rightful or one.purpose != MARKETING]
    demand_deliveries(stage)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"nobody but {company} received {what} about {name}",
        not others,
        detail=f"{_told(others)}.",
        evidence=stage.recipients.keep(others or arrivals),
    )


def demand_deliveries(stage: Stage) -> None:
    """The control of an absence: in this scenario something did arrive somewhere."""
    if not stage.recipients.arrivals():
        raise HarnessError(
            "Nothing at all arrived in this scenario, so silence proves nothing.",
            cause="the target does not deliver at all, or not to where it was wired",
            remedy="look at the deliveries in the evidence",
        )


# -- telling them to stop --------------------------------------------------------------------------------------------


@then(says("{company:Company} was told to stop using {name:Name}'s data"))
def was_told_to_stop(stage: Stage, company: str, name: str) -> None:
    """A withdraw for e-mail marketing was accepted there, and whatever else the company got is withdrawn too."""
    actor = stage.cast.person(name)
    withdraws = _arrived(stage, actor, company, "withdraw")
    rightful = company_id(stage, company)
    kept = [one for one in _held(stage, actor) if one.recipient == rightful]
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} was told to stop using {name}'s data, for every purpose",
        bool(withdraws) and not kept,
        detail=f"{len(withdraws)} withdraws arrived there. Last of all for its purpose: {_told(kept) or 'no share'}.",
        evidence=stage.recipients.keep([*withdraws, *kept]),
    )


def _held(stage: Stage, actor: Actor) -> list[Arrival]:
    """Shares about somebody that were the last thing accepted for their purpose, and so are still used.

    Advertising to residents of the United States is a matter of its own (8.CA.18).
    """
    stage.service.settle()
    last = {
        (one.recipient, one.purpose): one
        for one in stage.recipients.arrivals(about=actor)
        if one.purpose != ADVERTISING
    }
    return [one for one in last.values() if one.kind != "withdraw"]


@then(says("nobody holds {name:Name}'s data in the end"))
def nobody_holds(stage: Stage, name: str) -> None:
    """Of all that each recipient accepted about the person for a purpose, advertising aside, a withdraw is the last."""
    _holding_is(stage, name, f"nobody holds {name}'s data in the end", "")


@then(says("nobody but {company:Company} holds {name:Name}'s data in the end"))
def nobody_else_holds(stage: Stage, company: str, name: str) -> None:
    """The same for all recipients but this company, which has e-mail marketing at least."""
    claim = f"{company} holds {name}'s data in the end, and nobody else"
    _holding_is(stage, name, claim, company_id(stage, company))


def _holding_is(stage: Stage, name: str, claim: str, rightful: str) -> None:
    held = _held(stage, stage.cast.person(name))
    demand_deliveries(stage)
    others = [one for one in held if one.recipient != rightful]
    rightly = not rightful or any((one.recipient, one.purpose) == (rightful, MARKETING) for one in held)
    stage.evidence.check(
        Channel.OUTBOUND,
        claim,
        rightly and not others,
        detail=f"Last of all for its purpose: {_told(held) or 'no share'}.",
        evidence=stage.recipients.keep(held),
    )


@then(says("{company:Company} knows {name:Name} as the account shows"))
def knows_as_shown(stage: Stage, company: str, name: str) -> None:
    """What the last share tells of name, country and postal code is what the account shows now."""
    actor = stage.cast.person(name)
    shares = _arrived(stage, actor, company, "share")[-1:]
    shown = done(actor.account.read(), f"{name} looks at the account")
    other = [
        f"{member} is {one.subject[member]!r}"
        for one in shares
        for member in ("display_name", "country", "postal_code")
        if one.subject.get(member) and one.subject[member] != shown.field(member)
    ]
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} knows {name} as the account shows",
        bool(shares) and not other,
        detail="; ".join(other) or "Nothing was shared.",
        evidence=[shown.exchange, *stage.recipients.keep(shares)],
    )


@then(says("{company:Company} was told to stop using {name:Name}'s data for {purpose:Purpose}"))
def was_told_to_stop_for(stage: Stage, company: str, name: str, purpose: str) -> None:
    """Of all that the company accepted about the person for this purpose since then, a withdraw is the last."""
    stage.service.settle()
    accepted = stage.recipients.arrivals(
        about=stage.cast.person(name), purpose=purpose, recipient=company_id(stage, company), since=stage.moment.since
    )
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} was told to stop using {name}'s data for {TITLES[purpose]}",
        bool(accepted) and accepted[-1].kind == "withdraw",
        detail=f"In this order it accepted: {', '.join(one.kind or 'unreadable' for one in accepted) or 'nothing'}.",
        evidence=stage.recipients.keep(accepted),
    )


@then(says("nobody received {name:Name}'s data for {purpose:Purpose}"))
def nobody_received(stage: Stage, name: str, purpose: str) -> None:
    """Nobody was sent a share about the person for this purpose, while somebody was about somebody else."""
    stage.service.settle()
    actor = stage.cast.person(name)
    sent = [
        one
        for one in stage.recipients.arrivals(since=stage.moment.since, accepted=False)
        if purpose in {one.purpose, _says(one)}
    ]
    shares = [one for one in sent if one.kind != "withdraw" and stage.recipients.is_about(one, actor)]
    control = [
        one for one in sent if one.kind == "share" and one.accepted and not stage.recipients.is_about(one, actor)
    ]
    stage.absence.check(f"nobody received {name}'s data for {TITLES[purpose]}", shares, control)


@then(says("nobody but {company:Company} received {name:Name}'s data for {purpose:Purpose}"))
def nobody_else_received_for(stage: Stage, company: str, name: str, purpose: str) -> None:
    """Of all shares about the person for this purpose, none was sent to anybody else."""
    stage.service.settle()
    shares = [
        one
        for one in stage.recipients.arrivals(about=stage.cast.person(name), since=stage.moment.since, accepted=False)
        if purpose in {one.purpose, _says(one)} and one.kind != "withdraw"
    ]
    others = [one for one in shares if one.recipient != company_id(stage, company)]
    demand_deliveries(stage)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"nobody but {company} received {name}'s data for {TITLES[purpose]}",
        not others,
        detail=f"{_told(others)}.",
        evidence=stage.recipients.keep(others or shares),
    )


def _says(arrival: Arrival) -> str | None:
    """The purpose that a delivery names, which may not be that of the endpoint it came to."""
    named = arrival.json.get("purpose") if isinstance(arrival.json, dict) else None
    return named if isinstance(named, str) else None


@then(says("{company:Company} was told just once to stop using {name:Name}'s data"))
def was_told_once_to_stop(stage: Stage, company: str, name: str) -> None:
    """What it accepted it is not sent again."""
    withdraws = _arrived(stage, stage.cast.person(name), company, "withdraw")
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} was told just once to stop using {name}'s data",
        len(withdraws) == 1,
        detail=f"{len(withdraws)} withdraws were accepted there.",
        evidence=stage.recipients.keep(withdraws),
    )


@then(says("{company:Company} was not told to stop using {name:Name}'s data"))
def was_not_told_to_stop(stage: Stage, company: str, name: str) -> None:
    """No withdraw about the person was sent to the company."""
    withdraws = _arrived(stage, stage.cast.person(name), company, "withdraw", accepted=False)
    demand_deliveries(stage)
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} was not told to stop using {name}'s data",
        not withdraws,
        detail="It was.",
        evidence=stage.recipients.keep(withdraws),
    )


@then(says("{company:Company} holds {name:Name}'s data in the end"))
def holds_in_the_end(stage: Stage, company: str, name: str) -> None:
    """Of all that the company accepted about the person, a share is the last."""
    stage.service.settle()
    accepted = stage.recipients.arrivals(
        about=stage.cast.person(name), purpose=MARKETING, recipient=company_id(stage, company)
    )
    stage.evidence.check(
        Channel.OUTBOUND,
        f"{company} holds {name}'s data in the end",
        bool(accepted) and accepted[-1].kind == "share",
        detail=f"In this order it accepted: {', '.join(one.kind or 'unreadable' for one in accepted) or 'nothing'}.",
        evidence=stage.recipients.keep(accepted),
    )


# -- companies that cannot be reached --------------------------------------------------------------------------------


@given(says("{company:Company} is down"))
def is_down(stage: Stage, company: str) -> None:
    """It fails every delivery from now on."""
    stage.service.settle()
    stage.recipients.take_down(company_id(stage, company))


@when(says("{company:Company} is up again"))
def is_up_again(stage: Stage, company: str) -> None:
    """It accepts deliveries again."""
    stage.recipients.bring_up(company_id(stage, company))
