"""Use of the account's website, which is shared with no recipient (2.4)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from harness.evidence.model import Channel
from harness.people.person import NETWORK
from harness.people.search import find_traces
from harness.stage import Actor, Recipients, Stage
from harness.stage.answers import done
from harness.vocabulary import Phrases, Seen, deed, sight
from harness.world.recipients import Arrival
from steps.deliveries import NOTHING_ARRIVED, undeclared_members

_SECRETS = frozenset({"password", "access token", "code", "security answer", "browser", "user_agent", NETWORK})
"""Kinds of values that only signing in and using the website bring about."""
_NEVER = re.compile(
    r"passw|secret|credential|hash|token|provider|identity|sign_?in|log_?in|last_?(?:visit|seen|active)|visit"
    r"|page_?view|clicks|clicked|cookie|ip_?addr|user_?agent|(?<!product_)usage|browser|device|session|referr?er",
    re.IGNORECASE,
)
"""Names of members that tell of secrets, of the sign-in provider, or of how the website was used."""
_PROVIDERS = frozenset(
    {"sony", "sonyaccount", "shescloud", "shescloudservice", "google", "facebook", "amazon", "apple"}
)
_HASHED = re.compile(r"\$(?:argon2|2[abxy]|scrypt|pbkdf2|[156y])[^$]*\$|\{(?:SSHA|SHA|CRYPT)[0-9]*\}", re.IGNORECASE)
"""Forms in which a password is kept."""

_HASHES = (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512)
_PIECE = 12
"""Digits of a hash that nobody has by chance."""

_MORNING = timedelta(hours=21, minutes=13, seconds=27)
"""From one visit to the next: another day and another time of the day, whatever the time zone."""


_LATER = timedelta(minutes=10)
"""From a sign-in to what the person then does, within any session."""


class Visits(dict[str, list[datetime]]):
    """When people used the website, and did nothing else on that day, by name."""


class SignIns(dict[str, datetime]):
    """When people signed in last, some minutes before what they then did, by name."""


def _browse(actor: Actor, browser: int) -> None:
    """Sign in with a browser that nobody else has, and look at everything."""
    mark = hashlib.sha256(f"{actor.person.email} browses {browser}".encode()).hexdigest()[:20]
    actor.person.canaries.made_up("browser", mark)
    actor.client.browser = {
        "User-Agent": f"Mozilla/5.0 (X11; Linux x86_64) {mark}",
        "Referer": f"https://search.example/found?by={mark}",
        "Cookie": f"visitor={mark}",
    }
    done(actor.session.sign_in(), f"{actor.label} signs in")
    for look in (actor.account.read, actor.sony.read, actor.consents.read, actor.choices.read):
        done(look(), f"{actor.label} looks at the website")


visit = Phrases("visit", "how somebody uses the website")


@visit("with two browsers")
def _with_two_browsers(_stage: Stage, actor: Actor) -> None:
    for browser in (1, 2):
        _browse(actor, browser)


@visit("on {number} days")
def _on_days(stage: Stage, actor: Actor, number: int) -> None:
    """On days on which the person did nothing else; then it is a later day."""
    clock = stage.clock
    stage.service.settle()
    for browser in range(number):
        clock.move_to(clock.now + timedelta(days=2) + _MORNING)
        _browse(actor, browser)
        stage.part(Visits).setdefault(actor.label, []).append(clock.now)
    clock.move_to(clock.now + timedelta(days=3))
    done(actor.session.sign_in(), f"{actor.label} signs in")
    stage.part(SignIns)[actor.label] = clock.now
    clock.move_to(clock.now + _LATER)


@deed("{person} uses the website {visit}", past="{person} has used the website {visit}")
def uses_website(person: Actor, visit: Callable[[Actor], None]) -> None:
    """Signed in with a new browser each time; what the browser sends counts as a trace of the person."""
    visit(person)


@sight(denied="what is shared about {person} contains no secrets, identity providers or website usage", at_rest=True)
def contains_usage(recipients: Recipients, visits: Visits, sign_ins: SignIns, person: Actor) -> Seen:
    """No header, member or value of any delivery about the person in the scenario."""
    sent = recipients.arrivals(about=person, accepted=False)
    found = {one for delivery in sent for one in told_of_website(delivery, person, visits.get(person.label, ()))}
    if person.label in sign_ins:
        at = sign_ins[person.label]
        found |= {f"the sign-in of {at}" for one in sent if _tells_of_minute(_whole(one), at)}
    return Seen(
        channel=Channel.OUTBOUND,
        holds=bool(found),
        detail=f"It contains: {', '.join(sorted(found))}.",
        evidence=recipients.keep(sent),
        control=bool(recipients.arrivals()),
        lacking=NOTHING_ARRIVED,
    )


def told_of_website(delivery: Arrival, actor: Actor, visits: list[datetime] | tuple[datetime, ...] = ()) -> set[str]:
    """What a delivery tells that only signing in, or using the website, could tell."""
    whole = _whole(delivery)
    found = {trace.kind for trace in find_traces(whole, actor.person.canaries)} & _SECRETS
    text = whole.decode("utf-8", errors="replace")
    found |= {"a kept password"} if _HASHED.search(text) else set()
    found |= undeclared_members(delivery)
    found |= {f"a piece of a hash of the {kind}" for kind in _SECRETS if _pieces(actor, kind) & _runs(text)}
    for name, value in _members(delivery.json):
        if _NEVER.search(name):
            found.add(f"member {name}")
        if isinstance(value, str) and re.sub(r"[\W_]", "", value).casefold() in _PROVIDERS:
            found.add(f"the provider, in {name}")
    for visit in visits:
        if _tells_of_day(text, visit):
            found.add(f"the visit of {visit.date()}")
    return found


def _whole(delivery: Arrival) -> bytes:
    headers = "\n".join(f"{name}: {value}" for name, value in delivery.headers.items())
    return f"{delivery.path}\n{headers}\n".encode() + delivery.body


def _pieces(actor: Actor, kind: str) -> set[str]:
    """The beginnings of the hashes of all values of a kind."""
    values = actor.person.canaries.values(kind)
    return {make(value.encode()).hexdigest()[:_PIECE] for value in values for make in _HASHES}


def _runs(text: str) -> set[str]:
    """The beginnings of all runs of hexadecimal digits."""
    return {run[:_PIECE] for run in re.findall(rf"[0-9a-f]{{{_PIECE},}}", text.lower())}


def _tells_of_minute(data: bytes, moment: datetime) -> bool:
    """A moment to the minute, as a text or as seconds since 1970, wherever it stands."""
    text = data.decode("utf-8", errors="replace")
    numbers = (int(digits[:10]) for digits in re.findall(r"(?<!\d)\d{10}(?:\d{3})?(?!\d)", text))
    minute = moment.strftime("%Y-%m-%dT%H:%M")
    return minute in text or any(abs(number - moment.timestamp()) < 60 for number in numbers)


def _tells_of_day(text: str, visit: datetime) -> bool:
    day = visit.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    numbers = (int(digits) for digits in re.findall(r"(?<![\w.-])\d{10,13}(?![\w-])", text))
    seconds = (number / 1000 if number >= 10**12 else number for number in numbers)
    return visit.date().isoformat() in text or any(day <= moment < day + 86400 for moment in seconds)


def _members(value: object) -> Iterator[tuple[str, object]]:
    """Name and value of all members that are not empty, however deep."""
    if isinstance(value, dict):
        for name, below in value.items():
            if below not in (None, "", [], {}):
                yield str(name), below
            yield from _members(below)
    elif isinstance(value, list):
        for one in value:
            yield from _members(one)
