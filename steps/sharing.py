"""Sharing: which recipients receive personal data, hold it, and are instructed to stop using it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.errors import HarnessError
from harness.evidence.model import Channel
from harness.people.search import find_traces
from harness.stage import Actor, Moment, Recipients
from harness.stage.answers import done
from harness.stage.recipients import ADVERTISING, MARKETING
from harness.vocabulary import Seen, sight, words
from harness.world.recipients import Arrival
from steps.deliveries import NOTHING_ARRIVED, completed, last_accepted, listed, purposes
from steps.recipients import Addressees, Matter, Nobody

_OF_A_WITHDRAW = frozenset({"delivery_id", "sent_at", "recipient", "purpose", "kind", "subject"})

words("count", "how often an event occurs", {"exactly once": 1})
words("ever", "the whole scenario, and not only the time since the last When", {"at any time": True})


# -- receiving -------------------------------------------------------------------------------------------------------


@sight(
    "{recipient} receives {person}'s data for {purpose}",
    denied="{recipient} does not receive {person}'s data for {purpose}",
    at_rest=True,
)
def receives(
    recipients: Recipients, moment: Moment, recipient: Addressees, person: Actor, purpose: str, *, denied: bool = False
) -> Seen:
    """Since the last When, a share was accepted for this purpose; or none was even attempted."""
    shares = [
        one
        for one in recipients.arrivals(
            about=person, purpose=purpose, kind="share", since=moment.since, accepted=not denied
        )
        if one.recipient in recipient.ids
    ]
    everything = recipients.arrivals(about=person, since=moment.since, accepted=not denied)
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(shares),
        detail=f"About {person.label} there arrived: {listed(everything) or 'nothing'}."
        f"{recipients.obstacles(recipient.ids)}",
        evidence=recipients.keep(shares or everything),
        control=bool(recipients.arrivals()),
        lacking=NOTHING_ARRIVED,
    )


@sight(denied="{nobody} receives {matter}[ for {purpose}][ {ever}]", at_rest=True)
def is_received(
    recipients: Recipients,
    moment: Moment,
    nobody: Nobody,
    matter: Matter,
    purpose: str | None = None,
    *,
    ever: bool = False,
) -> Seen:
    """Since the last When, nothing of the kind was sent, accepted or not.

    A company that is excepted may receive e-mail marketing or what the sentence names, and advertising to residents of
    the United States is left out. The control is a delivery of the same kind about somebody else; where a company is
    excepted, any delivery.
    """
    since = None if ever else moment.since
    sent = recipients.arrivals(since=since, accepted=False)
    about = [
        one
        for one in recipients.arrivals(about=matter.person, since=since, accepted=False)
        if matter.anything or one.kind != "withdraw"
    ]
    wanted = purpose or nobody.purpose
    if nobody.excepted:
        forbidden = list(_besides(nobody.excepted, about, purpose, matter.person, recipients))
        control = recipients.arrivals()
    else:
        # Data for one purpose may come to an endpoint of another.
        reached = {one.recipient for one in sent if one.purpose == wanted} if matter.anything or not purpose else set()
        forbidden = [
            one
            for one in about
            if one.recipient not in nobody.group
            and (wanted is None or wanted in purposes(one) or one.recipient in reached)
        ]
        control = [
            one
            for one in sent
            if one.accepted
            and (matter.anything or one.kind == "share")
            and (wanted is None or wanted in purposes(one))
            and not recipients.is_about(one, matter.person)
        ]
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(forbidden),
        detail=f"{listed(forbidden)}.",
        evidence=recipients.keep([*control, *forbidden]),
        control=bool(control),
        lacking=NOTHING_ARRIVED if nobody.excepted else "nothing of the kind arrived about anybody else",
    )


def _besides(
    company: str, about: Iterable[Arrival], purpose: str | None, person: Actor, recipients: Recipients
) -> Iterator[Arrival]:
    """Deliveries that went to somebody else than the company, or to it for another purpose than e-mail marketing."""
    for one in about:
        if purpose:
            if one.recipient != company and purpose in purposes(one):
                yield one
        elif (one.recipient, one.purpose) != (company, MARKETING) and not _rightful_advertising(
            one, person, recipients
        ):
            yield one


def _rightful_advertising(arrival: Arrival, person: Actor, recipients: Recipients) -> bool:
    """Whether vendors may have it: data of residents of the United States, or the end of the use of any (8.CA.18)."""
    return (
        arrival.purpose == ADVERTISING
        and recipients.declared(arrival.recipient).role == "advertising-vendor"
        and (person.details.country == "US" or arrival.kind == "withdraw")
    )


@sight("{recipient} receives only {person}'s subject id", at_rest=True)
def receives_subject_id(recipients: Recipients, moment: Moment, recipient: Addressees, person: Actor) -> Seen:
    """Since the last When, neither name nor address nor residence arrived: a withdraw needs none of them.

    Each of the recipients that had accepted a share received a withdraw.
    """
    shared = {
        one.recipient for one in recipients.arrivals(about=person, kind="share") if one.recipient in recipient.ids
    }
    if not shared:
        raise HarnessError(
            f"No share about {person.label} ever arrived there, so there is nothing to withdraw.",
            cause="the target does not share although there is a ground",
            remedy="look at the deliveries in the evidence",
        )
    arrived = [
        one
        for one in recipients.arrivals(about=person, since=moment.since, accepted=False)
        if one.recipient in recipient.ids
    ]
    found = {trace.kind for one in arrived for trace in find_traces(one.body, person.canaries)} - {"subject id"}
    found |= {member for one in arrived for member in _beyond(one)}
    uninformed = shared - {one.recipient for one in arrived if one.kind == "withdraw"}
    what = ", ".join(sorted(found)) or ("a share" if any(one.kind == "share" for one in arrived) else "")
    return Seen(
        channel=Channel.OUTBOUND,
        holds=not what and not uninformed,
        detail=f"It contains: {what}." if what else f"No withdraw arrived at: {', '.join(sorted(uninformed))}.",
        evidence=recipients.keep(arrived),
    )


def _beyond(arrival: Arrival) -> set[str]:
    """What a delivery bears beside the members that a withdraw has by the contract."""
    body = arrival.json if isinstance(arrival.json, dict) else {}
    return {*(set(body) - _OF_A_WITHDRAW), *(f"subject.{name}" for name in set(arrival.subject) - {"subject_id"})}


# -- holding ---------------------------------------------------------------------------------------------------------


@sight("{recipient} holds {person}'s data", denied="{recipient} no longer holds {person}'s data", at_rest=True)
def holds(recipients: Recipients, recipient: Addressees, person: Actor, *, denied: bool = False) -> Seen:
    """The last delivery about the person that it accepted for a purpose is a share.

    A company holds the data for e-mail marketing; it no longer holds the data where no purpose is left and its mailing
    list does not have the address. One advertising vendor is enough. Every recipient is each that ever received any.
    """
    last = [one for one in last_accepted(recipients, person) if recipient.concerns(one)]
    if not last and recipient.each:
        raise HarnessError(f"No recipient ever received {person.label}'s data, so it proves nothing who holds it.")
    kept = [one for one in last if one.kind != "withdraw"]
    if not recipient.company:
        found = len(kept) == len(last) if recipient.each else bool(kept)
    elif denied:
        listed_by = [one for one in recipient.ids if recipients.company(one).subscriber(person.email) is not None]
        found = bool(kept or listed_by)
    else:
        found = any((one.purpose, one.kind) == (MARKETING, "share") for one in last)
    return Seen(
        channel=Channel.OUTBOUND,
        holds=found,
        detail=f"Last of all for its purpose: {listed(last) or 'nothing'}.{recipients.obstacles(recipient.ids)}",
        evidence=recipients.keep(last),
        control=any(one.recipient in recipient.ids for one in recipients.arrivals(about=person, kind="share")),
        lacking=f"{person.label}'s data was never there",
    )


@sight(denied="{nobody} holds {matter}", at_rest=True)
def is_held(recipients: Recipients, nobody: Nobody, matter: Matter) -> Seen:
    """Each recipient's last accepted delivery about the person for a purpose is a withdraw; advertising is left out.

    A company that is excepted does hold the data, for e-mail marketing at least.
    """
    held = [
        one for one in last_accepted(recipients, matter.person) if one.purpose != ADVERTISING and one.kind != "withdraw"
    ]
    others = [one for one in held if one.recipient != nobody.excepted]
    rightly = not nobody.excepted or any((one.recipient, one.purpose) == (nobody.excepted, MARKETING) for one in held)
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(others) or not rightly,
        detail=f"Last of all for its purpose: {listed(held) or 'no share'}."
        f"{recipients.obstacles({one.recipient: None for one in held})}",
        evidence=recipients.keep(held),
        control=bool(recipients.arrivals()),
        lacking=NOTHING_ARRIVED,
    )


@sight("{recipient} knows {person}'s current details", at_rest=True)
def knows_details(recipients: Recipients, moment: Moment, recipient: Addressees, person: Actor) -> Seen:
    """The last share states the name, country and postal code that the account shows now."""
    shares = [
        one
        for one in recipients.arrivals(about=person, purpose=MARKETING, kind="share", since=moment.since)
        if one.recipient in recipient.ids
    ][-1:]
    shown = done(person.account.read(), f"{person.label} looks at the account")
    other = [
        f"{member} is {one.subject[member]!r}"
        for one in shares
        for member in ("display_name", "country", "postal_code")
        if one.subject.get(member) and one.subject[member] != shown.field(member)
    ]
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(shares) and not other,
        detail="; ".join(other) or "Nothing was shared.",
        evidence=[shown.exchange, *recipients.keep(shares)],
    )


# -- instructions to stop --------------------------------------------------------------------------------------------


@sight(
    "{recipient} is instructed[ {count}] to stop using {person}'s data[ for {purpose}]",
    denied="{recipient} is not instructed to stop using {person}'s data",
    at_rest=True,
)
def is_told_to_stop(
    recipients: Recipients,
    moment: Moment,
    recipient: Addressees,
    person: Actor,
    count: int | None = None,
    purpose: str | None = None,
    *,
    denied: bool = False,
) -> Iterator[Seen]:
    """The last delivery about the person that it accepted is a withdraw, for every purpose or the stated one.

    A company was told since the last events. Every recipient is each that ever received data about the person. A vendor
    is told no more than whom it is about.
    """
    last = [one for one in last_accepted(recipients, person) if recipient.concerns(one, purpose)]
    kept = [one for one in last if one.kind != "withdraw"]
    withdraws = [
        one
        for one in recipients.arrivals(
            about=person,
            purpose=purpose or recipient.purpose,
            kind="withdraw",
            since=moment.since if recipient.company else None,
            accepted=not denied,
        )
        if one.recipient in recipient.ids
    ]
    if not last and not recipient.company:
        raise HarnessError(f"Nobody was given data about {person.label}, so nobody had to be told anything.")
    rightly = completed(withdraws) == count if count else bool(withdraws)
    yield Seen(
        channel=Channel.OUTBOUND,
        holds=rightly if denied else rightly and not kept,
        detail=f"{completed(withdraws)} withdraws arrived there."
        f" Last of all for its purpose: {listed(kept) or 'no share'}."
        f"{recipients.obstacles(recipient.ids)}",
        evidence=recipients.keep([*withdraws, *last]),
        control=bool(recipients.arrivals()),
        lacking=NOTHING_ARRIVED,
    )
    if recipient.purpose == ADVERTISING and not denied:
        more = {str(member) for one in withdraws for member in one.subject} - {"subject_id"}
        yield Seen(
            channel=Channel.OUTBOUND,
            claim=f"what tells advertising vendors to stop says no more about {person.label} than the subject id",
            holds=not more,
            detail=f"It has: {', '.join(sorted(more))}.",
            evidence=recipients.keep(withdraws),
        )
