"""Use of every part of the service before an account is deleted (4.1, 4.3).

Each use leaves data behind: an enquiry, a staff view, an unfounded guardian report, a list of addresses not to mail.
What a target does not offer is left out and noted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from harness.contract import Capability
from harness.errors import NotApplicable
from harness.stage import Actor, Stage
from harness.stage.answers import done
from harness.stage.recipients import MARKETING
from harness.target.http import Answer
from harness.target.world import instant
from harness.vocabulary import deed
from steps.account import move, rename
from steps.guardians import waiting_reports
from steps.products import PROFILING
from steps.providers import offered

_PROVIDER = "google"
_APP = {"personalisation": True, "categories": ["viewing", "gaming"]}
_RIGHTS = ("access", "opt-out-of-sale-and-sharing", "objection-to-direct-marketing")


def _signs_in(stage: Stage, actor: Actor) -> list[Answer]:
    return [actor.session.sign_in(), actor.session.sign_in()]


def _uses_products(stage: Stage, actor: Actor) -> list[Answer]:
    return [actor.apps.state("living-room", _APP), actor.apps.make_my_sony_id()]


def _consents_to_all(stage: Stage, actor: Actor) -> list[Answer]:
    """To all that is offered, in an app where that is where it is given; to marketing a second time."""
    purposes = [str(one["purpose"]) for one in done(actor.consents.read(), "the consents are shown").field("consents")]
    given = [
        actor.consents.give(purpose, product_app="living-room" if purpose == PROFILING else "")
        for purpose in purposes
        if any(purpose in one.purposes for one in stage.service.description.recipients)
    ]
    done(actor.consents.withdraw(MARKETING), f"{actor.label} withdraws")
    return [*given, done(actor.consents.give(MARKETING), f"{actor.label} consents once more")]


def _asks(stage: Stage, actor: Actor) -> list[Answer]:
    return [actor.requests.enquire(subject, actor.person.free_text("enquiry")) for subject in ("My account", "Again")]


def _uses_rights(stage: Stage, actor: Actor) -> list[Answer]:
    """A copy with proof, at rest then, and another without; an opt-out and an objection, which need none."""
    copy = done(actor.requests.submit("access"), f"{actor.label} asks for a copy")
    proved = actor.requests.prove(copy)
    stage.service.settle()
    return [proved, *(actor.requests.submit(kind) for kind in _RIGHTS)]


def _switches_off(stage: Stage, actor: Actor) -> list[Answer]:
    return [actor.choices.set_personal_information(enabled=False)]


def _changes(stage: Stage, actor: Actor) -> list[Answer]:
    home = actor.person.residence.names[0]
    born = actor.person.date_of_birth - timedelta(days=1)
    renamed = done(rename(actor), f"{actor.label} changes the display name")
    return [renamed, move(actor, "Canada"), move(actor, home), actor.sony.correct_birth(born)]


def _is_looked_at(stage: Stage, actor: Actor) -> list[Answer]:
    whose = actor.person.canaries.values("account id")[-1]
    return [
        stage.service.world.access_as_staff(whose, place="JP", role="support agent", purpose="answering a question")
    ]


def _is_reported(stage: Stage, actor: Actor) -> list[Answer]:
    """As a child, and found to be none."""
    guardian = stage.cast.add("Grete", actor.person.residence)
    answer = done(guardian.requests.report_child(actor.person.email), f"{actor.label} is reported")
    stage.service.settle()
    for report in waiting_reports(stage.service, actor):
        stage.service.world.find_on_guardian_report(report["report_id"], founded=False)
    return [answer]


def _is_held_for_a_while(stage: Stage, actor: Actor) -> list[Answer]:
    order = {
        "account_id": actor.person.canaries.values("account id")[-1],
        "ground": {"kind": "complaint", "reference": "Complaint 12"},
        "authority": "Ombudsman",
        "scope": ["contact", "correspondence"],
        "until": instant(stage.clock.now + timedelta(days=900)),
    }
    placed = done(stage.service.call("placeHold", json=order), "a hold is placed")
    return [placed, stage.service.call("liftHold", path={"hold_id": str(placed.field("hold_id"))})]


def _comes_through_a_provider(stage: Stage, actor: Actor) -> list[Answer]:
    """To the end once, and once not."""
    offered(stage, _PROVIDER)
    actor.providers.sign_up_at(_PROVIDER)
    return [actor.providers.sign_in_by(_PROVIDER), actor.providers.begin(_PROVIDER)]


_DEEDS: dict[str, tuple[Capability | None, Callable[[Stage, Actor], list[Answer]]]] = {
    "signing in on other devices": (None, _signs_in),
    "apps and a My Sony ID": (None, _uses_products),
    "each consent": (None, _consents_to_all),
    "questions": (None, _asks),
    "an identity provider": (Capability.IDENTITY_PROVIDERS, _comes_through_a_provider),
    "a look of staff": (Capability.STAFF_ACCESS, _is_looked_at),
    "a report that came to nothing": (Capability.GUARDIAN_REPORTS, _is_reported),
    "a hold that was lifted": (Capability.HOLDS, _is_held_for_a_while),
    "changes": (None, _changes),
    "requests": (None, _uses_rights),
    "the setting 'Personal Information'": (None, _switches_off),
}
"""What can be done, and what a target must be able to do for it."""


@deed(past="{person} has used everything the service offers")
def uses_everything(stage: Stage, person: Actor) -> None:
    """One function after the other; the service settles after each. Refusals are noted."""
    for what, (needed, use) in _DEEDS.items():
        if needed is not None and needed not in stage.service.description.capabilities:
            stage.evidence.observe(f"{what}: the target declares no capability {needed!r}")
            continue
        try:
            refused = [answer for answer in use(stage, person) if not answer.ok]
        except NotApplicable as error:
            stage.evidence.observe(f"{what}: {error}")
            continue
        for answer in refused:
            stage.evidence.observe(f"{what}: {answer.operation} was answered with {answer.status}")
        stage.service.settle()
