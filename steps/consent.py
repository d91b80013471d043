"""Consent: given, withdrawn, given again, and what the ledger keeps of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from pytest_bdd import given, then, when

from harness.errors import HarnessError, NotApplicable
from harness.evidence.model import Channel
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from steps.sharing import moment, sent_at
from steps.words import PURPOSES, TITLES, says

_TICKED: dict[str, Any] = {
    "marketing_consent": True,
    "email_marketing": True,
    "newsletter": True,
    "opt_in": "yes",
    "consents": [{"purpose": purpose, "given": True} for purpose in PURPOSES.values()],
}
"""What a form with ticked boxes would send; nothing of it is declared in the contract."""
_MALFORMED = frozenset({400, 422})
_SENTENCE = 5
"""Words that it takes to tell somebody something."""
_PARTICLES = {
    "en": {
        "the",
        "you",
        "your",
        "and",
        "of",
        "to",
        "not",
        "will",
        "is",
        "are",
        "for",
        "from",
        "it",
        "what",
        "this",
        "that",
    },
    "fr": {
        "le",
        "la",
        "les",
        "des",
        "du",
        "vous",
        "votre",
        "vos",
        "et",
        "ne",
        "plus",
        "est",
        "pas",
        "une",
        "pour",
        "ce",
    },
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


@dataclass(frozen=True, slots=True)
class Declared:
    """A consent that somebody really gave, as a ledger has to show it."""

    name: str
    purpose: str
    text_version: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None = None

    def __str__(self) -> str:
        """For people."""
        end = f"withdrawn {self.withdrawn_at.isoformat()}" if self.withdrawn_at else "not withdrawn"
        text = f"text {self.text_version} in {self.language}"
        return f"{TITLES.get(self.purpose, self.purpose)}: {text}, given {self.given_at.isoformat()}, {end}"


class Diary:
    """What people on the stage have declared, as the harness, who played them, knows it."""

    def __init__(self) -> None:
        """Begin with nobody having declared anything."""
        self.entries: list[Declared] = []

    def gave(self, actor: Actor, purpose: str, text: Mapping[str, Any], at: datetime) -> None:
        """Somebody consented."""
        self.entries.append(Declared(actor.label, purpose, str(text["version"]), str(text["language"]).lower(), at))

    def withdrew(self, actor: Actor, purpose: str, at: datetime) -> None:
        """Somebody withdrew, by whatever way."""
        self.entries = [
            Declared(one.name, one.purpose, one.text_version, one.language, one.given_at, at)
            if (one.name, one.purpose, one.withdrawn_at) == (actor.label, purpose, None)
            else one
            for one in self.entries
        ]

    def of(self, actor: Actor) -> Counter[Declared]:
        """What one person declared, and how often within one second."""
        return Counter(one for one in self.entries if one.name == actor.label)


@pytest.fixture
def diary() -> Diary:
    """What the people of this scenario have declared."""
    return Diary()


def demand_offered(stage: Stage, purpose: str) -> None:
    """Personalisation and profiling are offered only where somebody is declared as a recipient for them.

    Raises:
        NotApplicable: Nobody is.
    """
    if purpose in _OPTIONAL and not any(purpose in one.purposes for one in stage.service.description.recipients):
        raise NotApplicable(
            f"The target declares no recipient for {purpose}, so it does not offer it.",
            cause="it does no such thing, or its service description is incomplete",
            remedy="see `recipients` in harness/contract/openapi.yaml",
        )


def consent(stage: Stage, diary: Diary, name: str, purpose: str, *, product_app: str = "") -> Answer:
    """Read the text of a consent and agree to it, on the account's website or in a product app."""
    actor = stage.cast.person(name)
    demand_offered(stage, purpose)
    text = actor.consents.text(purpose)
    answer = actor.consents.give(purpose, text, product_app=product_app)
    if answer.ok:
        diary.gave(actor, purpose, text, stage.clock.now)
    return answer


def withdraw(stage: Stage, diary: Diary, name: str, purpose: str) -> Answer:
    """Withdraw a consent in the account."""
    answer = stage.cast.person(name).consents.withdraw(purpose)
    if answer.ok:
        diary.withdrew(stage.cast.person(name), purpose, stage.clock.now)
    return answer


# -- giving and withdrawing ----------------------------------------------------------------------------------------


@given(says("{name:Name} has consented to {purpose:Purpose}"))
def has_consented(stage: Stage, diary: Diary, name: str, purpose: str) -> None:
    """In the account, to the text shown there; at rest since."""
    done(consent(stage, diary, name, purpose), f"{name} consents to {purpose}")
    stage.service.settle()


@when(says("{name:Name} consents to {purpose:Purpose}"))
def consents(stage: Stage, diary: Diary, answers: dict[str, Answer], name: str, purpose: str) -> None:
    """In the account, to the text shown there."""
    answers[name] = consent(stage, diary, name, purpose)


@given(says("{name:Name} has withdrawn the consent to {purpose:Purpose}"))
def has_withdrawn(stage: Stage, diary: Diary, name: str, purpose: str) -> None:
    """In the account; at rest since."""
    done(withdraw(stage, diary, name, purpose), f"{name} withdraws the consent to {purpose}")
    stage.service.settle()


@when(says("{name:Name} withdraws the consent to {purpose:Purpose}"))
def withdraws(stage: Stage, diary: Diary, answers: dict[str, Answer], name: str, purpose: str) -> None:
    """In the account."""
    answers[name] = withdraw(stage, diary, name, purpose)


@when(says("{name:Name} withdraws the consent to {purpose:Purpose} without signing in anew"))
def withdraws_in_old_session(stage: Stage, diary: Diary, answers: dict[str, Answer], name: str, purpose: str) -> None:
    """In a session that is good for everything else.

    Raises:
        NotApplicable: No session of the target lasts as long.
    """
    if not stage.cast.person(name).account.read().ok:
        raise NotApplicable(
            f"The session of {name} has ended, so it cannot be seen what it is good for.",
            cause="the target has people sign in again sooner",
            remedy="nothing is wrong with that",
        )
    answers[name] = withdraw(stage, diary, name, purpose)


@when(says("{name:Name} withdraws the consent to {purpose:Purpose} once more"))
def withdraws_once_more(stage: Stage, answers: dict[str, Answer], name: str, purpose: str) -> None:
    """What has ended already, so that nothing is to be recorded anew."""
    answers[name] = stage.cast.person(name).consents.withdraw(purpose)


@given(says("{name:Name} reads the consent in {language:Language}"))
def reads_in(stage: Stage, name: str, language: str) -> None:
    """From now on the person asks for texts in this language, whatever the account was registered with."""
    stage.cast.person(name).details.language = language


@when(says("{name:Name} registers with every box ticked that a form could have"))
def registers_with_boxes_ticked(stage: Stage, name: str) -> None:
    """A target may refuse members that are not declared; then the person comes without them."""
    actor = stage.cast.person(name)
    if actor.sony.register({**actor.sony.form(), **_TICKED}).status in _MALFORMED:
        done(actor.sony.register(), f"{name} registers")
    done(actor.sony.verify_email(), f"{name} verifies the address")
    done(actor.session.sign_in(), f"{name} signs in")
    if actor.account.create(**_TICKED).status in _MALFORMED:
        done(actor.account.create(), f"{name} creates the account")


@when(says("{name:Name} agrees to a text that was never published"))
def agrees_to_unpublished(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """A version that the target did not name."""
    actor = stage.cast.person(name)
    text = actor.consents.text(MARKETING)
    answers[name] = actor.consents.give(MARKETING, {**text, "version": f"{text['version']}-never-published"[-50:]})


@when(says("{name:Name} agrees to a text in a language it was never given in"))
def agrees_in_unpublished_language(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """The version of the text shown, in a language that no text of the target is in."""
    actor = stage.cast.person(name)
    # A tag for private use (RFC 5646): nothing is ever published in it.
    answers[name] = actor.consents.give(MARKETING, {**actor.consents.text(MARKETING), "language": "qaa"})


# -- what the account says -----------------------------------------------------------------------------------------


def _standing(stage: Stage, name: str) -> tuple[Answer, set[str]]:
    answer = done(stage.cast.person(name).consents.read(), f"{name} looks at the consents")
    return answer, {str(one.get("purpose")) for one in answer.field("consents") if one.get("given") is True}


@then(says("{name:Name}'s consent to {purpose:Purpose} stands"))
def stands(stage: Stage, name: str, purpose: str) -> None:
    """The account shows it as given."""
    answer, standing = _standing(stage, name)
    stage.evidence.check(
        Channel.API,
        f"{name}'s consent to {TITLES[purpose]} stands",
        purpose in standing,
        detail="The account shows it as not given.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name}'s consent to {purpose:Purpose} does not stand"))
def does_not_stand(stage: Stage, name: str, purpose: str) -> None:
    """The account shows it as not given."""
    answer, standing = _standing(stage, name)
    stage.evidence.check(
        Channel.API,
        f"{name}'s consent to {TITLES[purpose]} does not stand",
        purpose not in standing,
        detail="The account shows it as given.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name} has consented to nothing"))
def nothing_stands(stage: Stage, name: str) -> None:
    """The account shows no consent as given."""
    answer, standing = _standing(stage, name)
    stage.evidence.check(
        Channel.API,
        f"{name} has consented to nothing",
        not standing,
        detail=f"The account shows as given: {', '.join(sorted(standing))}.",
        evidence=[answer.exchange],
    )


# -- what the ledger says ------------------------------------------------------------------------------------------


def ledger(stage: Stage, actor: Actor) -> tuple[Answer, list[dict[str, Any]]]:
    """What the ledger of consents has of somebody."""
    answer, entries = stage.service.world.records("consents")
    ids = actor.person.canaries.values("account id")
    return answer, [one for one in entries if one.get("account_id") in ids]


def _recorded(actor: Actor, entries: Iterable[Mapping[str, Any]]) -> Counter[Declared]:
    found: Counter[Declared] = Counter()
    for one in entries:
        given_at = moment(one.get("given_at"))
        if given_at is not None:
            declared = Declared(
                actor.label,
                str(one.get("purpose")),
                str(one.get("text_version")),
                str(one.get("language")).lower(),
                given_at,
                moment(one.get("withdrawn_at")),
            )
            found[declared] += 1
    return found


@then(says("the ledger shows each consent of {name:Name} with its time, its text and its language"))
def ledger_shows_each(stage: Stage, diary: Diary, name: str) -> None:
    """What the ledger has of a person is just what the person declared, to the second of the world's clock."""
    actor = stage.cast.person(name)
    answer, entries = ledger(stage, actor)
    declared, recorded = diary.of(actor), _recorded(actor, entries)
    lost = "; ".join(f"not in the ledger: {one}" for one in declared.keys() - recorded.keys())
    # Who says the same twice within a second has said it; whether once or twice is left to the ledger.
    more = "; ".join(f"in the ledger, and not so: {one}" for one in recorded - declared)
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger shows the {len(declared)} consents of {name} with time, text version and language",
        bool(declared) and not lost and not more and len(entries) == recorded.total(),
        detail=f"{lost}. {more}. It has {len(entries)} entries of {name}.",
        evidence=[answer.exchange],
    )


@then(says("the ledger shows {number:d} consents of {name:Name} to {purpose:Purpose}, the first one withdrawn"))
def ledger_shows_withdrawn_and_anew(stage: Stage, number: int, name: str, purpose: str) -> None:
    """A consent given again is an entry of its own; the last one stands."""
    answer, entries = ledger(stage, stage.cast.person(name))
    ends = [one.get("withdrawn_at") for one in entries if one.get("purpose") == purpose]
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger shows {number} consents of {name} to {TITLES[purpose]}, one of them standing",
        len(ends) == number and ends.count(None) == 1,
        detail=f"It shows {len(ends)}, of which {ends.count(None)} stand.",
        evidence=[answer.exchange],
    )


@then(says("the ledger shows no consent of {name:Name}"))
def ledger_shows_none(stage: Stage, diary: Diary, name: str) -> None:
    """Beside a control: the same ledger shows what others declared."""
    answer, entries = ledger(stage, stage.cast.person(name))
    others = [actor for actor in stage.cast.everyone if diary.of(actor)]
    for actor in others:
        stage.evidence.check(
            Channel.RECORD,
            f"the ledger shows what {actor.label} consented to",
            bool(ledger(stage, actor)[1]),
            detail="It shows nothing of it.",
            evidence=[answer.exchange],
        )
    stage.evidence.check(
        Channel.RECORD,
        f"the ledger shows no consent of {name}",
        not entries,
        detail=f"It shows {len(entries)}.",
        evidence=[answer.exchange],
    )


@then(says("every share for {purpose:Purpose} rests on a consent in the ledger"))
def every_share_rests_on_a_consent(stage: Stage, purpose: str) -> None:
    """Ledger and arrivals are reconciled: a consent of that person ran when the share was sent."""
    stage.service.settle()
    without: list[str] = []
    evidence: list[str] = []
    seen = 0
    for actor in stage.cast.everyone:
        answer, entries = ledger(stage, actor)
        evidence.append(answer.exchange)
        records = [one for one in _recorded(actor, entries) if one.purpose == purpose]
        shares = stage.recipients.arrivals(about=actor, purpose=purpose, kind="share")
        evidence += stage.recipients.keep(shares)
        seen += len(shares)
        for share in shares:
            sent = sent_at(share)
            ran = [
                one
                for one in records
                if sent and one.given_at <= sent and (one.withdrawn_at is None or sent <= one.withdrawn_at)
            ]
            if not ran:
                without.append(f"{share.recipient} received {actor.label}'s data at {sent}")
    if not seen:
        raise HarnessError(
            f"No share for {TITLES[purpose]} arrived, so there is nothing to hold against the ledger.",
            cause="the target does not deliver at all, or not to where it was wired",
            remedy="look at the deliveries in the evidence",
        )
    stage.evidence.check(
        Channel.RECORD,
        f"every share for {TITLES[purpose]} rests on a consent in the ledger",
        not without,
        detail=f"{'; '.join(without)}.",
        evidence=evidence,
    )


# -- what a withdrawal takes, and what it tells ----------------------------------------------------------------------


@then(says("{name:Name}'s withdrawal is done with that one step"))
def done_with_one_step(stage: Stage, answers: dict[str, Answer], name: str) -> None:
    """As the consent was given with one: nothing is to be confirmed, and the answer shows it as ended."""
    answer = answers[name]
    given_now = answer.json().get("given") if answer.ok else None
    stage.evidence.check(
        Channel.API,
        f"{name}'s withdrawal is done with that one step",
        answer.ok and given_now is False,
        detail=f"The target answered {answer.status}, given {given_now}.",
        evidence=[answer.exchange],
    )


@then(says("{name:Name} was told in {language:Language}, at that moment, what the withdrawal means"))
def told_what_it_means(stage: Stage, answers: dict[str, Answer], name: str, language: str) -> None:
    """The answer to the withdrawal says it, in a sentence or more, in the person's language, and of this consent."""
    answer = done(answers[name], f"{name} withdraws")
    told = answer.json().get("consequences") or {}
    text = str(told.get("text") or "")
    stage.evidence.check(
        Channel.API,
        f"{name} was told in the answer what the withdrawal means",
        len(text.split()) >= _SENTENCE and str(told.get("language")).partition("-")[0].lower() == language,
        detail=f"It says in {told.get('language')}: “{text}”.",
        evidence=[answer.exchange],
    )
    stage.evidence.check(
        Channel.API,
        "the text is in that language",
        max(_PARTICLES, key=lambda one: _particles(text, one)) == language,
        detail=f"By its words it is not: “{text}”.",
        evidence=[answer.exchange],
    )
    ended = str(answer.json().get("purpose"))
    named = {one for one, words in _MATTERS.items() if any(word in text.casefold() for word in words[language])}
    stage.evidence.check(
        Channel.API,
        "it is not about another consent than the one that has ended",
        ended in named or not named,
        detail=f"It has words for {', '.join(sorted(TITLES[one] for one in named))}: “{text}”.",
        evidence=[answer.exchange],
    )


def _particles(text: str, language: str) -> int:
    return sum(word in _PARTICLES[language] for word in re.findall(r"\w+", text.casefold()))


@then(says("what {name:Name}, {other:Name} and {third:Name} were told differs from one to the other"))
def told_otherwise(stage: Stage, answers: dict[str, Answer], name: str, other: str, third: str) -> None:
    """Who ends one thing hears of that, and not of another."""
    names = (name, other, third)
    told = [str((answers[one].json().get("consequences") or {}).get("text")) for one in names]
    stage.evidence.check(
        Channel.API,
        f"what {', '.join(names)} were told differs from one to the other",
        len(set(told)) == len(told),
        detail=f"They were told: {' '.join(f'“{one}”' for one in told)}.",
        evidence=[answers[one].exchange for one in names],
    )
