"""Personal data by kind: by which values of a person a search of stored bytes recognises it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from harness.people.canaries import Canaries
from harness.stage import Actor
from harness.stage.actor.requests import STATEMENT
from harness.vocabulary import words

DAY_OF_BIRTH = "day of birth"
"""A date of birth that nobody else has, as a kind of value."""
ADDRESS = frozenset({"email", "email_local_part"})
"""Kinds of value by which an address is recognised."""
FORMER = frozenset({"name", "family_name", "display_name", "account id"})
"""Kinds of value that only an account has that was deleted, where a new one came of the same address."""


def only(actor: Actor, kinds: Iterable[str]) -> Canaries:
    """Those of a person's values that are of these kinds."""
    chosen, wanted = Canaries(actor.label), set(kinds)
    for canary in actor.canaries.all:
        if canary.kind in wanted:
            (chosen.assigned if canary.assigned else chosen.made_up)(canary.kind, canary.value)
    return chosen


def not_in(common: str, actor: Actor, values: Canaries | None = None) -> Canaries:
    """Those of a person's values, or of some of them, that identify and are not part of a text."""
    alone = Canaries(actor.label)
    for canary in values if values is not None else actor.canaries:
        if canary.value.casefold() not in common.casefold():
            (alone.assigned if canary.assigned else alone.made_up)(canary.kind, canary.value)
    return alone


def chosen_names(actors: Iterable[Actor]) -> str:
    """The addresses and display names of some people: what second accounts can have in common."""
    return " ".join(f"{one.email} {one.details.display_name}" for one in actors)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data that is kept temporarily.

    Attributes:
        name: What the contract calls it.
        values: The kinds of value by which it is recognised; any where there are none.
        place: In which kind of storage place to look for those that any value of a person shows; any where empty.
    """

    name: str
    values: tuple[str, ...] = ()
    place: str = ""


LOGS = Kind("log-entry", place="log")
MESSAGES = Kind("message-content", place="outbox")
SIGN_UPS = Kind("abandoned-sign-up")
BACKUPS = Kind("backup")
KINDS = {
    "verification codes": Kind("verification-code", ("code",)),
    "access tokens": Kind("access-token", ("access token",)),
    "unsubscribe links": Kind("unsubscribe-link", ("unsubscribe link",)),
    "privacy requests": Kind("privacy-request", ("request id", "request token")),
    "log entries": LOGS,
    "message contents": MESSAGES,
    "abandoned sign-ups": SIGN_UPS,
    "provider sign-ins": Kind("provider-sign-in", ("provider sign-in",)),
}
"""What every service may keep, by its words."""

words("kind", "a kind of data that is kept temporarily", {**KINDS, "backups": BACKUPS})


@dataclass(frozen=True, slots=True)
class Data:
    """What is searched for in stored bytes.

    Attributes:
        values: The values of a person that show it.
        own: Whether other values of the same person are the control, and not somebody else's data.
        control: The kinds of value of which a database must show one as that control; any where there are none.
    """

    values: Callable[[Actor], Canaries]
    own: bool = True
    control: frozenset[str] = frozenset()


def _of(*kinds: str) -> Callable[[Actor], Canaries]:
    return lambda actor: only(actor, kinds)


def _identifying(actor: Actor) -> Canaries:
    return actor.canaries


def _of_former_account(actor: Actor) -> Canaries:
    """Whatever the deleted account had, and the new one of the same address has not."""
    new = " ".join((actor.email, actor.details.display_name, *actor.canaries.values("account id")[-1:]))
    kinds = FORMER | {"subject id", "unsubscribe link", "deletion_reason"}
    return not_in(new, actor, only(actor, kinds))


def _older_tokens(actor: Actor) -> Canaries:
    older = Canaries(actor.label)
    for token in actor.session.tokens:
        if token != actor.client.token:
            older.assigned("access token", token)
    return older


PERSONAL = Data(_identifying, own=False)

words(
    "data",
    "personal data as a whole, or a kind of it, for which storage is searched",
    {
        "personal data": PERSONAL,
        "former account data": Data(_of_former_account, own=False),
        "report text": Data(_of(STATEMENT), own=False),
        "added data": Data(_of("undeclared"), control=ADDRESS),
        "display names": Data(_of("name"), control=ADDRESS),
        "former names": Data(_of("name", "family_name")),
        "older access tokens": Data(_older_tokens),
        **{title: Data(_of(*kind.values)) for title, kind in KINDS.items() if kind.values},
    },
)
