"""Consent: how it is given and withdrawn, and what the account shows of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from harness.errors import NotApplicable, TargetError
from harness.evidence.model import Channel
from harness.stage import Actor, Clock, Service, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from harness.vocabulary import Answers, Phrases, Seen, deed, sight, words
from steps.consent_record import Diary, RenewedConsents
from steps.legal_age import is_minor
from steps.nouns import TITLES
from steps.registration import KEPT_OUT, MALFORMED, again_under_another_name, path

_SENTENCE = 5
"""Words that it takes to inform somebody."""
_PARTICLES = {
    "en": "the|you|your|and|of|to|not|will|is|are|for|from|it|what|this|that",
    "fr": "le|la|les|des|du|vous|votre|vos|et|ne|plus|est|pas|une|pour|ce",
}
"""Small words by which a text is known to be in a language."""
_MATTERS: dict[str, dict[str, tuple[str, ...]]] = {
    MARKETING: {
        "en": ("mail", "marketing", "advert", "offer", "promotion"),
        "fr": ("mail", "courriel", "marketing", "publicit", "offre", "promotion"),
    },
    "personalisation": {
        "en": ("personal", "tailor", "suggest", "recommend", "suit"),
        "fr": ("personnal", "adapt", "suggest", "suggér", "recommand", "sur mesure"),
    },
    "profiling": {"en": ("profil",), "fr": ("profil",)},
}
"""By which a text is known to be about that consent, by the contract; a text may name none."""
_OPTIONAL = frozenset({"personalisation", "profiling"})
_TICKED: dict[str, Any] = {
    "marketing_consent": True,
    "email_marketing": True,
    "newsletter": True,
    "opt_in": "yes",
    "consents": [{"purpose": purpose, "given": True} for purpose in TITLES],
}
"""What a form with ticked boxes would send; nothing of it is declared in the contract."""


def demand_offered(service: Service, purpose: str) -> None:
    """Personalisation and profiling are offered only where somebody is declared as a recipient for them.

    Raises:
        NotApplicable: Nobody is.
    """
    if purpose in _OPTIONAL and not any(purpose in one.purposes for one in service.description.recipients):
        raise NotApplicable(
            f"The target declares no recipient for {purpose}, so it does not offer it.",
            cause="it does no such thing, or its service description is incomplete",
            remedy="see `recipients` in harness/contract/openapi.yaml",
        )


# -- giving and withdrawing ------------------------------------------------------------------------------------------

circumstance = Phrases("circumstance", "the place, language or text of a consent")


def consent(stage: Stage, actor: Actor, purpose: str, *, product_app: str = "") -> Answer:
    """Read the text of a consent and agree to it, on the account's website or in a product app."""
    demand_offered(stage.service, purpose)
    text = actor.consents.text(purpose)
    answer = actor.consents.give(purpose, text, product_app=product_app)
    if answer.ok:
        stage.part(Diary).gave(actor, purpose, text, stage.clock.now)
    return answer


@circumstance("in {language}")
def _in_language(stage: Stage, actor: Actor, purpose: str, language: str) -> Answer:
    """The person requests texts in this language from now on, whatever the language of the account."""
    actor.details.language = language
    return consent(stage, actor, purpose)


@circumstance("under an unpublished text")
def _unpublished(_stage: Stage, actor: Actor, purpose: str) -> Answer:
    """A version that the target did not publish."""
    text = actor.consents.text(purpose)
    return actor.consents.give(purpose, {**text, "version": f"{text['version']}-never-published"[-50:]})


@circumstance("under a text in an unpublished language")
def _unpublished_language(_stage: Stage, actor: Actor, purpose: str) -> Answer:
    """The published version, in a language in which the target publishes no text."""
    # A tag for private use (RFC 5646): nothing is ever published in it.
    return actor.consents.give(purpose, {**actor.consents.text(purpose), "language": "qaa"})


@deed(
    "{person} consents to {purpose}[ {circumstance}]",
    past="{person} has consented to {purpose}[ {circumstance}]",
)
def consents(
    stage: Stage, person: Actor, purpose: str, circumstance: Callable[[Actor, str], Answer] | None = None
) -> Answer:
    """In the account and to the text shown there, unless the sentence states otherwise."""
    return circumstance(person, purpose) if circumstance else consent(stage, person, purpose)


@path("with every box ticked")
def _with_every_box_ticked(_stage: Stage, actor: Actor) -> Answer:
    """A target may refuse undeclared members; the person then sends the form without them."""
    if actor.sony.register({**actor.sony.form(), **_TICKED}).status in MALFORMED:
        done(actor.sony.register(), f"{actor.label} registers")
    done(actor.sony.verify_email(), f"{actor.label} verifies the address")
    done(actor.session.sign_in(), f"{actor.label} signs in")
    created = actor.account.create(**_TICKED)
    return done(actor.account.create(), f"{actor.label} signs up") if created.status in MALFORMED else created


@path("again under another display name, with consent to {purpose}")
def _again_with_consent(stage: Stage, actor: Actor, purpose: str) -> Answer:
    """At the address of an account that is deleted; the consent is given where there is a new account."""
    created = again_under_another_name(stage, actor)
    if created.operation == "createShesAccount" and created.ok:
        done(consent(stage, actor, purpose), f"{actor.label} consents in the new account")
        stage.part(RenewedConsents)[actor.label] = purpose
    return created


words("session", "the session in which a person acts", {"in the earlier session": True})


@deed(
    "{person} withdraws consent to {purpose}[ {session}]",
    past="{person} has withdrawn consent to {purpose}",
)
def withdraws(clock: Clock, diary: Diary, person: Actor, purpose: str, *, session: bool = False) -> Answer:
    """In the account. The earlier session is one that still works for other actions.

    Raises:
        NotApplicable: No session of the target lasts as long.
    """
    if session and not person.account.read().ok:
        raise NotApplicable(
            f"The session of {person.label} has ended, so it cannot be seen what it is good for.",
            cause="the target has people sign in again sooner",
            remedy="nothing is wrong with that",
        )
    answer = person.consents.withdraw(purpose)
    if answer.ok:
        diary.withdrew(person, purpose, clock.now)
    return answer


_ROUNDS = 5


@deed("{person} repeatedly withdraws consent to {purpose} and {simultaneous} at the same moment")
def withdraws_while(stage: Stage, person: Actor, purpose: str, simultaneous: Callable[[Actor], Answer]) -> Answer:
    """Five times, each right after a consent whose share may still be on its way. A withdrawal comes last."""
    for _ in range(_ROUNDS):
        done(consent(stage, person, purpose), f"{person.label} consents to {purpose}")
        with ThreadPoolExecutor() as together:
            withdrawal, other = (
                together.submit(person.consents.withdraw, purpose),
                together.submit(simultaneous, person),
            )
            withdrawn = done(withdrawal.result(), f"{person.label} withdraws consent to {purpose}")
            other.result()
    given = _in_force(done(person.consents.read(), f"{person.label} views the consents"))
    return person.consents.withdraw(purpose) if purpose in given else withdrawn


# -- what the account says -------------------------------------------------------------------------------------------


def _in_force(answer: Answer) -> set[str]:
    return {str(one.get("purpose")) for one in answer.field("consents") if one.get("given") is True}


@sight(
    "{person}'s consent to {purpose} is in force",
    denied="{person}'s consent to {purpose} is not in force",
)
def is_in_force(person: Actor, purpose: str) -> Seen:
    """The account shows the consent as given."""
    answer = done(person.consents.read(), f"{person.label} views the consents")
    given = purpose in _in_force(answer)
    return Seen(
        channel=Channel.API,
        holds=given,
        detail=f"The account shows it as {'given' if given else 'not given'}.",
        evidence=[answer.exchange],
    )


@sight(denied="{person} has no consent in force")
def has_consent(person: Actor) -> Seen:
    """The account shows no consent as given, for any purpose; a closed account shows nothing."""
    answer = person.consents.read()
    closed = answer.status in KEPT_OUT and person.account.read().status in KEPT_OUT
    given = set() if closed else _in_force(done(answer, f"{person.label} views the consents"))
    return Seen(
        channel=Channel.API,
        holds=bool(given),
        detail=f"The account shows as given: {', '.join(sorted(given))}.",
        evidence=[answer.exchange],
    )


# -- what a withdrawal takes, and what it means ----------------------------------------------------------------------


@sight("{person}'s consent to {purpose} is accepted", denied="{person}'s consent to {purpose} is not accepted")
def consent_is_accepted(
    service: Service, answers: Answers, person: Actor, purpose: str, denied: bool
) -> Iterator[Seen]:
    """The account shows it as given; or the consent was refused and is shown as not given."""
    _expect_minor(service, person, minor=denied)
    answer = answers[person.label]
    if denied:
        if answer.status in MALFORMED:
            raise TargetError(f"{answer.operation} answered {answer.status}, as if the request were malformed.")
        yield Seen(
            channel=Channel.API,
            claim=f"{person.label}'s consent to {TITLES[purpose]} is refused",
            holds=answer.ok,
            detail=f"It was answered with {answer.status}.",
            evidence=[answer.exchange],
        )
    read = done(person.consents.read(), f"{person.label} views the consents")
    given = purpose in _in_force(read)
    yield Seen(
        channel=Channel.API,
        claim=f"the account shows {person.label}'s consent to {TITLES[purpose]} as {'not ' if denied else ''}given",
        holds=given,
        detail=f"It shows it as {'given' if given else 'not given'}.",
        evidence=[answer.exchange, read.exchange],
    )


def _expect_minor(service: Service, actor: Actor, *, minor: bool) -> None:
    """That the scenario fits the ages of the target.

    Raises:
        NotApplicable: The target declares another age of majority for this country.
    """
    person = actor.person
    if is_minor(service, person.date_of_birth, person.residence) != minor:
        raise NotApplicable(
            f"{person.label} is {'of age' if minor else 'a minor'} in {person.residence.name} after all.",
            cause="the target declares an age of majority of its own for this country",
        )


@sight("{person}'s withdrawal takes effect in one step")
def takes_effect_in_one_step(answers: Answers, person: Actor) -> Seen:
    """As giving the consent did: no confirmation is required, and the answer shows the consent as not given."""
    answer = answers[person.label]
    given = answer.json().get("given") if answer.ok else None
    return Seen(
        channel=Channel.API,
        holds=answer.ok and given is False,
        detail=f"The target answered {answer.status}, given {given}.",
        evidence=[answer.exchange],
    )


@sight("{person} is informed in {language} of what the withdrawal means")
def is_informed(answers: Answers, person: Actor, language: str) -> Iterator[Seen]:
    """The answer to the withdrawal states the consequences of ending this consent, in that language."""
    answer = done(answers[person.label], f"{person.label} withdraws")
    told = answer.json().get("consequences") or {}
    text = str(told.get("text") or "")
    yield Seen(
        channel=Channel.API,
        claim=f"the answer informs {person.label} of what the withdrawal means",
        holds=len(text.split()) >= _SENTENCE and str(told.get("language")).partition("-")[0].lower() == language,
        detail=f"It says in {told.get('language')}: “{text}”.",
        evidence=[answer.exchange],
    )
    yield Seen(
        channel=Channel.API,
        claim="the text is in that language",
        holds=max(_PARTICLES, key=lambda one: _particles(text, one)) == language,
        detail=f"By its words it is not: “{text}”.",
        evidence=[answer.exchange],
    )
    ended = str(answer.json().get("purpose"))
    named = {one for one, matters in _MATTERS.items() if any(word in text.casefold() for word in matters[language])}
    yield Seen(
        channel=Channel.API,
        claim="the text is about the consent that has ended, and about no other",
        holds=ended in named or not named,
        detail=f"It has words for {', '.join(sorted(TITLES[one] for one in named))}: “{text}”.",
        evidence=[answer.exchange],
    )


def _particles(text: str, language: str) -> int:
    return len(re.findall(rf"\b(?:{_PARTICLES[language]})\b", text.casefold()))


@sight("{person}, {second:person} and {third:person} are informed differently")
def are_informed_differently(answers: Answers, person: Actor, second: Actor, third: Actor) -> Seen:
    """Each is informed of the consequences of ending the consent in question, not with one text for all."""
    given = [answers[one.label] for one in (person, second, third)]
    told = [str((answer.json().get("consequences") or {}).get("text")) for answer in given]
    return Seen(
        channel=Channel.API,
        holds=len(set(told)) == len(told),
        detail=f"They were informed: {' '.join(f'“{one}”' for one in told)}.",
        evidence=[answer.exchange for answer in given],
    )
