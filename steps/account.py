"""The account: signing in, changing it, deleting it, and what its holder can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from harness.errors import TargetError
from harness.evidence.model import Channel
from harness.people.person import PeopleFactory
from harness.people.residences import residence as place_called
from harness.stage import Actor, Clock, Notices, Stage
from harness.stage.answers import done
from harness.target.http import Answer
from harness.vocabulary import Phrases, Seen, deed, sight, words
from steps.legal_age import born_to_come_of_age, born_to_reach_minimum_age, tomorrow_in
from steps.notices import NoticesGiven, notice_on_transfers
from steps.providers import sign_in_through
from steps.registration import KEPT_OUT, MALFORMED

# -- signing in ------------------------------------------------------------------------------------------------------

way = Phrases("way", "how somebody signs in")


@way("on another device")
def _on_another_device(_stage: Stage, actor: Actor) -> Answer:
    return actor.session.sign_in()


@way("after a wrong password")
def _after_wrong_password(stage: Stage, actor: Actor) -> Answer:
    """What may be the password of some other account is turned away first."""
    entered = actor.canaries.made_up("password", f"{actor.person.password}-elsewhere")
    stage.evidence.redact(entered, f"what {actor.label} entered as password")
    actor.session.sign_in_with(entered)
    return actor.session.sign_in()


@way("through {provider}")
def _through(stage: Stage, actor: Actor, provider: str) -> list[Answer]:
    """By an account there, which comes into being where there is none; and the SHES account can be viewed."""
    signed_in = done(sign_in_through(stage, actor, provider), f"{actor.label} signs in through {provider}")
    return [signed_in, actor.account.read()]


@deed("{person} signs in[ {way}]", past="{person} has signed in[ {way}]")
def signs_in(person: Actor, way: Callable[[Actor], Answer | list[Answer]] | None = None) -> Answer | list[Answer]:
    """A further session starts; earlier ones continue."""
    return way(person) if way else person.session.sign_in()


# -- changing it -----------------------------------------------------------------------------------------------------

change = Phrases("change", "what somebody changes in the account, and to what")

words(
    "display_name",
    "a display name that is easily mishandled",
    {
        "a right-to-left name": "\u05e4\u05de\u05e7\u05d4 \u0641\u0645\u0643\u0629",
        "a very long name": "Wilhelmina " * 14,
        "a name with special characters": "O'N\u00ef\u00e7o & <b>\u5c71\u7530</b> \U0001f680",
    },
)


def rename(actor: Actor) -> Answer:
    """Change the display name to a text that only this person would write."""
    return actor.account.change(display_name=actor.person.free_text("display_name"))


def move(actor: Actor, place: str) -> Answer:
    """Change country and postal code to those of somebody who lives elsewhere."""
    neighbour = PeopleFactory(f"{actor.person.email} moves").person(actor.label, place)
    return actor.account.change(country=neighbour.residence.country, postal_code=neighbour.postal_code)


@change("display name[ to {display_name}]")
def _display_name(_stage: Stage, actor: Actor, display_name: str = "") -> Answer:
    """A word that only this person would write stands at its end."""
    if not display_name:
        return rename(actor)
    return actor.account.change(display_name=f"{display_name} {actor.person.free_text('name')}"[-200:])


@change("postal code to a nearby one")
def _nearby_postal_code(_stage: Stage, actor: Actor) -> Answer:
    """Another one of the same country, or of the same state or province."""
    place = actor.person.residence
    codes = (
        PeopleFactory(f"{actor.email} moves {number}").person(actor.label, place).postal_code for number in range(100)
    )
    return actor.account.change(postal_code=next(code for code in codes if code != actor.details.postal_code))


@change("ZIP code to nine digits")
def _nine_digits(_stage: Stage, actor: Actor) -> Answer:
    """Of the same place, as some write it in the United States."""
    return actor.account.change(postal_code=f"{actor.details.postal_code[:5]}-1234")


@change("date of birth to {day}")
def _birth(_stage: Stage, actor: Actor, day: date) -> Answer:
    """In the Sony account, signed in."""
    answer = actor.sony.correct_birth(day)
    if answer.status in {404, 405}:
        raise TargetError(
            f"{answer.operation} answered {answer.status}.",
            cause="the target has no way to correct a date of birth",
            remedy="see correctSonyAccount in harness/contract/openapi.yaml",
        )
    return answer


@change("date of birth to one day below the minimum age")
def _birth_below_minimum_age(stage: Stage, actor: Actor) -> Answer:
    """To that of somebody who reaches the minimum age tomorrow where the person lives."""
    place = actor.person.residence
    return _birth(stage, actor, born_to_reach_minimum_age(stage.service, place, tomorrow_in(place, stage.service)))


@change("date of birth to one day below the age of majority")
def _birth_below_majority(stage: Stage, actor: Actor) -> Answer:
    """To that of somebody who comes of age tomorrow where the person lives."""
    place = actor.person.residence
    return _birth(stage, actor, born_to_come_of_age(stage.service, place, tomorrow_in(place, stage.service)))


@deed("{person} changes the {change}", past="{person} has changed the {change}")
def changes(person: Actor, change: Callable[[Actor], Answer]) -> Answer:
    """A new display name is unique to the person; the former one still identifies them."""
    return change(person)


words("informed", "what somebody does before they move", {"after reading the notice": True})


@deed("{person} moves to {residence}[ {informed}]", past="{person} has moved to {residence}")
def moves(
    notices: Notices, given: NoticesGiven, clock: Clock, person: Actor, residence: str, informed: bool = False
) -> Answer:
    """Country and postal code of the account change to the new residence, where another notice may be in force."""
    if not informed:
        return move(person, residence)
    home = place_called(residence)
    notice = notice_on_transfers(notices, person, home)
    answer = done(move(person, residence), f"{person.label} moves to {residence}")
    given.note(person, "move", notice, home, clock.now)
    return answer


# -- deleting it -----------------------------------------------------------------------------------------------------

manner = Phrases("manner", "how somebody deletes the account")

words(
    "simultaneous",
    "something that is done at the same moment as something else",
    {
        "changes the display name": rename,
        "consents again": lambda actor: actor.consents.give("email-marketing"),
        "withdraws consent": lambda actor: actor.consents.withdraw("email-marketing"),
        "requests a copy of the data": lambda actor: actor.requests.submit("access"),
    },
)


@manner("giving a reason")
def _giving_reason(_stage: Stage, actor: Actor) -> Answer:
    """In words that only this person would write."""
    return actor.account.delete(reason=actor.person.free_text("deletion_reason"))


@manner("if there is one")
def _if_there_is_one(stage: Stage, actor: Actor) -> Answer | None:
    """Where the target lets no account come of the address yet, there is none."""
    if not (actor.session.sign_in().ok and actor.account.read().ok):
        return None
    deleted = done(actor.account.delete(), f"{actor.label} deletes the account")
    stage.service.settle()
    return deleted


@manner("and {simultaneous} at the same moment")
def _and_does(stage: Stage, actor: Actor, simultaneous: Callable[[Actor], Answer]) -> Answer:
    """Two requests at once. Whichever comes first, the deletion counts; what becomes of the other is left open."""
    with ThreadPoolExecutor() as together:
        deletion, other = together.submit(actor.account.delete), together.submit(simultaneous, actor)
        deleted = done(deletion.result(), f"{actor.label} deletes the account")
        other.result()
    stage.service.settle()
    return deleted


@deed("{person} deletes the account[ {manner}]", past="{person} has deleted the account[ {manner}]")
def deletes(person: Actor, manner: Callable[[Actor], Answer | None] | None = None) -> Answer | None:
    """In the account, while signed in."""
    return manner(person) if manner else person.account.delete()


# -- what its holder can do ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody tried to do.

    Attributes:
        what: In words, after ``can`` or ``cannot``.
        answer: What the target answered.
        granted: Whether it was granted.
        refused: Whether somebody was kept out; an error of the target is neither.
    """

    what: str
    answer: Answer
    granted: bool
    refused: bool


def _attempt(what: str, answer: Answer, refusals: Iterable[int] = KEPT_OUT) -> Attempt:
    return Attempt(what, answer, answer.ok, answer.status in refusals)


def _sign_in(actor: Actor) -> Iterator[Attempt]:
    """With the address and the password that are or would be right."""
    yield _attempt("sign in", actor.session.sign_in())


def _sign_in_however_spelled(actor: Actor) -> Iterator[Attempt]:
    """In capitals and with blanks around it too: a target that takes these for one address keeps them all out."""
    for spelled in (actor.email, actor.email.upper(), f" {actor.email} "):
        answer = actor.session.sign_in_with(actor.person.password, spelled)
        yield _attempt(f"sign in as {spelled!r}", answer, KEPT_OUT | MALFORMED)


def _use_every_function(actor: Actor) -> Iterator[Attempt]:
    """Sign in, look at everything, change everything, connect what can be connected, and look again."""
    home = {"country": actor.details.country, "postal_code": actor.details.postal_code}
    functions: dict[str, Callable[[], Answer]] = {
        "sign in": actor.session.sign_in,
        "look at the Sony account": actor.sony.read,
        "look at the account": actor.account.read,
        "look at the consents": actor.consents.read,
        "look at the privacy choices": actor.choices.read,
        "look at the product apps": actor.apps.read,
        "change the display name": lambda: rename(actor),
        "state the residence again": lambda: actor.account.change(**home),
        "connect a product app": lambda: actor.apps.state("camera", {"personalisation": False, "categories": []}),
        "create a My Sony ID": actor.apps.make_my_sony_id,
        "delete the My Sony ID": actor.apps.give_up_my_sony_id,
        "state the date of birth again": lambda: actor.sony.correct_birth(actor.person.date_of_birth),
        "request a copy of the data": lambda: actor.requests.submit("access"),
    }
    for what, use in functions.items():
        yield _attempt(what, use())
    shown = actor.account.read()
    same = shown.ok and shown.json().get("display_name") == actor.details.display_name
    yield Attempt("see in the account what was changed", shown, granted=same, refused=not same)


def _verify(actor: Actor) -> Iterator[Attempt]:
    """By the code of the newest verification mail."""
    yield _attempt("verify the address", actor.sony.verify_email())


def _delete(actor: Actor) -> Iterator[Attempt]:
    yield _attempt("delete the account", actor.account.delete())


words(
    "ability",
    "what a person can or cannot do",
    {
        "sign in": _sign_in,
        "sign in with any spelling of the address": _sign_in_however_spelled,
        "verify the address": _verify,
        "use every function of the account": _use_every_function,
        "delete the account": _delete,
    },
)


@sight("{person} can {ability}", denied="{person} cannot {ability}")
def can(person: Actor, ability: Callable[[Actor], Iterator[Attempt]], denied: bool) -> Iterator[Seen]:
    """The attempt is granted; or it is refused, and a failure of the target is not a refusal."""
    for attempt in ability(person):
        yield Seen(
            channel=Channel.API,
            claim=f"{person.label} {'cannot' if denied else 'can'} {attempt.what}",
            holds=not attempt.refused if denied else attempt.granted,
            detail=f"{attempt.answer.operation} was answered with {attempt.answer.status}.",
            evidence=[attempt.answer.exchange],
        )


@sight("{person}'s session lasts as long as {other:person}'s")
def session_lasts(person: Actor, other: Actor) -> Seen:
    """Both sessions still work, or both have ended."""
    answer, control = person.account.read(), other.account.read()
    return Seen(
        channel=Channel.API,
        holds=answer.ok == control.ok,
        detail=f"The target answered {person.label} {answer.status}, and {other.label} {control.status}.",
        evidence=[answer.exchange, control.exchange],
    )
