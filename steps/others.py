"""Many people at once: others, whom a scenario counts and does not name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from harness.errors import HarnessError
from harness.evidence.model import Channel, EvidenceKind
from harness.people.search import find_traces
from harness.stage import Actor, Mailbox, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.stage.storage import DATABASE
from harness.target.http import Answer
from harness.vocabulary import Phrases, Seen, deed, setting, sight, words
from harness.world.recipients import Arrival
from steps.consent_record import Diary
from steps.deliveries import NOTHING_ARRIVED
from steps.mail import link
from steps.recipients import Addressees
from steps.traces import ADDRESS, only

_KNOWN_BY = (*ADDRESS, "account id")
"""What the others are searched by: their names would take most of the time, and lie beside the address."""
_LISTED = 5
"""As many of the others are named where something is wrong with them."""


class Others(list[Actor]):
    """Everybody whom the scenario counts and does not name, in the order in which they came."""


def _all_consent(stage: Stage, actors: Sequence[Actor]) -> Iterator[Answer]:
    """To the text that the first of them is shown: they speak the same language."""
    text = actors[0].consents.text(MARKETING)
    for actor in actors:
        yield actor.consents.give(MARKETING, text)
        stage.part(Diary).gave(actor, MARKETING, text, stage.clock.now)


def _all_delete(_stage: Stage, actors: Sequence[Actor]) -> Iterator[Answer]:
    for actor in actors:
        yield actor.account.delete()


words(
    "course",
    "what many others have done",
    {"consented to e-mail marketing": _all_consent, "deleted their accounts": _all_delete},
)


def _sign_up(stage: Stage, actors: Sequence[Actor]) -> Iterator[Answer]:
    """All of them register first, so their mails are awaited once."""
    for actor in actors:
        yield actor.sony.register()
    stage.service.settle()
    for actor in actors:
        yield actor.sony.verify_email(settled=True)
        yield actor.session.sign_in()
        yield actor.account.create()


@setting("{number} others in {residence} have {course}")
def others_have(
    stage: Stage,
    others: Others,
    number: int,
    residence: str,
    course: Callable[[Stage, Sequence[Actor]], Iterator[Answer]],
) -> None:
    """Adults with an account each, who do the same, one after the other, without the clock moving."""
    newcomers = [stage.cast.add_unnamed(f"Other {len(others) + count + 1}", residence) for count in range(number)]
    others += newcomers
    for answer in chain(_sign_up(stage, newcomers), course(stage, newcomers)):
        done(answer, f"each of {number} others in {residence} is a customer")
    stage.service.settle()


@deed("the others unsubscribe through the links in their mails")
def others_unsubscribe(mailbox: Mailbox, others: Others) -> list[Answer]:
    """Each by the one-click POST of a mail program (RFC 8058), through the newest mail in the own inbox."""
    return [actor.links.unsubscribe(link(mailbox, actor)) for actor in others]


# -- what is left of them --------------------------------------------------------------------------------------------


whereabouts = Phrases("whereabouts", "where the data of many others lies")


@sight(denied="none of the others' personal data is {whereabouts}", at_rest=True)
def others_are_kept(others: Others, whereabouts: Callable[[Others], Seen]) -> Seen:
    """No place of storage shows any of them; or each is the subject of a withdraw that the recipient accepted last."""
    return whereabouts(others)


@whereabouts("stored")
def _stored(stage: Stage, others: Others) -> Seen:
    """The address and the account id are searched in any spelling or encoding.

    The control is a database that shows somebody whom the scenario names.
    """
    parts = stage.storage.parts()
    values = [only(actor, _KNOWN_BY) for actor in others]
    found = {(trace.person, part.place) for part in parts for trace in find_traces(part.content, values)}
    named = [only(actor, ADDRESS) for actor in stage.cast.everyone]
    lines = "\n".join(sorted(f"{place}: {label}" for label, place in found))
    return Seen(
        channel=Channel.STORAGE,
        holds=bool(found),
        detail=f"{_some({label for label, _ in found})} in {', '.join(sorted({place for _, place in found}))}.",
        evidence=[stage.evidence.keep(EvidenceKind.STORAGE, f"storage, searched for {len(others)} others", lines)],
        control=any(find_traces(part.content, named) for part in parts if part.kind in DATABASE),
        lacking="no database of the target shows anybody whom the scenario names",
    )


@whereabouts("held by {recipient}")
def _held(stage: Stage, others: Others, recipient: Addressees) -> Seen:
    """Of each of them the last delivery that the recipient accepted is a withdraw; a share came before."""
    last: dict[tuple[str, str, str | None], Arrival] = {}
    addresses: dict[str | None, str] = {}
    for one in stage.recipients.arrivals():
        if recipient.concerns(one):
            last[one.recipient, one.purpose, one.subject_id] = one
            addresses.setdefault(one.subject_id, str(one.subject.get("email", "")).casefold())
    theirs = {
        actor.label: [one for one in last.values() if addresses[one.subject_id] == actor.email.casefold()]
        for actor in others
    }
    unknown = {label for label, found in theirs.items() if not found}
    if unknown:
        raise HarnessError(f"The recipient never held the data of {_some(unknown)}.", cause=NOTHING_ARRIVED)
    held = {label: [one for one in found if one.kind != "withdraw"] for label, found in theirs.items()}
    shares = [one for found in held.values() for one in found]
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(shares),
        detail=f"Nothing told it to stop using the data of {_some({label for label, found in held.items() if found})}.",
        evidence=stage.recipients.keep(shares),
        control=True,
    )


def _some(labels: set[str]) -> str:
    """A few of them by label, and how many there are."""
    return f"{len(labels)} of them ({', '.join(sorted(labels)[:_LISTED])}{', …' * (len(labels) > _LISTED)})"
