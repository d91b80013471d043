"""Links of notices: where they lead, and what they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from harness.evidence.model import Channel
from harness.stage import Notice, Service, Stage
from harness.target.http import Answer
from harness.vocabulary import Phrases, Seen, sight
from steps.notices import ALWAYS, Read, Readings, available, in_all, states_it
from steps.transfers import Facts

CLAUSES = "standard-contractual-clauses"
_POLICY, _CALIFORNIA = "local-company-policy", "california-notice"


@dataclass
class ClausesLink:
    """The link to the standard contractual clauses that a notice gave."""

    href: str = ""


def _links(notice: Notice, rel: str) -> dict[str, str]:
    """Addresses that can be followed, by language."""
    return {
        link.language.partition("-")[0]: link.href
        for link in notice.links
        if link.rel == rel and urlsplit(link.href).scheme in {"http", "https"} and urlsplit(link.href).hostname
    }


# -- where they lead -------------------------------------------------------------------------------------------------

destinations = Phrases("destination", "where a notice links to")


@destinations("the local company's privacy policy")
def _policy(_: Stage, one: Read, notice: Notice) -> str:
    return "" if _links(notice, _POLICY) else "it has no such link"


@destinations("the California notice")
def _california(_: Stage, one: Read, notice: Notice) -> str:
    return "" if _links(notice, _CALIFORNIA) else "it has no such link"


@destinations("the local company's privacy policy in {language} and in {other:language}")
def _policy_in_both(_: Stage, one: Read, notice: Notice, language: str, other: str) -> str:
    """By two links, whatever the language of the notice itself."""
    found = _links(notice, _POLICY)
    right = {language, other} <= found.keys() and found[language] != found[other]
    return "" if right else f"it links to it in {', '.join(sorted(found)) or 'none'}"


@destinations("the standard contractual clauses in {language}")
def _clauses(stage: Stage, one: Read, notice: Notice, language: str) -> str:
    """In another language than was asked for, where the notice itself is in another."""
    wanted = language if language in ALWAYS else one.spoken
    found = [each.href for each in notice.links if each.rel == CLAUSES and each.language.partition("-")[0] == wanted]
    if found:
        stage.part(ClausesLink).href = found[0]
        return ""
    return f"it links to: {', '.join(f'{each.rel} ({each.language})' for each in notice.links) or 'nothing'}"


@sight("the notice links to {destination}")
def links_to(readings: Readings, destination: Callable[[Read, Notice], str]) -> Iterator[Seen]:
    """Every notice that was read has a link to it that can be followed."""
    yield from available(readings)
    yield in_all(readings, destination)


# -- what they open --------------------------------------------------------------------------------------------------

contents = Phrases("content", "what a link opens")


@contents("the standard contractual clauses in {language}")
def _readable_clauses(stage: Stage, text: str, language: str) -> list[str]:
    """A text in the language of the notice that names the decision of the European Commission."""
    wanted = language if language in ALWAYS else stage.part(Readings)[-1].spoken
    right = states_it(text, "the standard contractual clauses", wanted)
    return [] if right else ["the text has no words for them in this language"]


@contents("the clauses stated first")
def _first_ground(stage: Stage, text: str) -> list[str]:
    """By the reference of the ground that was stated first."""
    reference = stage.part(Facts).grounds[0].reference
    return [] if reference in text else [f"it does not show {reference}"]


@contents("exactly the clauses in force")
def _in_force(stage: Stage, text: str) -> list[str]:
    """Of all grounds that were stated, by their references."""
    facts = stage.part(Facts)
    wanted = {one.reference for one in facts.in_force(stage.clock.now) if one.kind == CLAUSES}
    shown = {one.reference for one in facts.grounds if one.reference in text}
    wrong = [f"not shown: {one}" for one in sorted(wanted - shown)]
    return wrong + [f"shown, although no clauses in force: {one}" for one in sorted(shown - wanted)]


@sight("the link opens {content}", denied="the link no longer opens {content}")
def link_opens(service: Service, link: ClausesLink, content: Callable[[str], list[str]], denied: bool) -> Seen:
    """Without signing in, as readable text; denied, the text is readable and does not show them."""
    answer = service.request("GET", link.href)
    unreadable, wrong = _unreadable(answer), content(answer.text)
    return Seen(
        channel=Channel.API,
        # A text that cannot be read is wrong either way.
        holds=denied if unreadable else not wrong,
        detail=unreadable or (f"{'; '.join(wrong)}." if wrong else "It still shows them."),
        evidence=[answer.exchange],
    )


def _unreadable(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "")
    return (
        "" if answer.status == 200 and kind.startswith("text/") else f"The link answered {answer.status} with {kind}."
    )
