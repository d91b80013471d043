"""The vocabulary as a page: every sentence with its forms, what it means, and where a feature uses it."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from harness.policy.scenarios import ScenarioRef
from harness.vocabulary.declarations import Declaration, Role, declared
from harness.vocabulary.lookup import understand
from harness.vocabulary.nouns import NOUNS, Noun, reachable

FORMAT = "shes-audit/words"
VERSION = 1
_KEYWORDS = {
    Role.SETTING: "Given",
    Role.PAST: "Given",
    Role.PRESENT: "When",
    Role.AFFIRMED: "Then",
    Role.DENIED: "Then",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A declared sentence, with what the features make of it.

    Attributes:
        declaration: Its forms and its meaning.
        uses: How many steps of the scenarios use each form.
        example: The first of them.
    """

    declaration: Declaration
    uses: Mapping[Role, int]
    example: str

    def listed(self) -> dict[str, Any]:
        """As ``shes-audit words --format json`` shows it."""
        one = self.declaration
        return {
            "noun": one.subject,
            "forms": [
                {"keyword": _KEYWORDS[role], "role": role.value, "text": form.plain, "uses": self.uses.get(role, 0)}
                for role, form in one.forms.items()
            ],
            "meaning": one.meaning,
            "example": self.example,
            "defined": f"{one.function.__module__}:{one.function.__name__}",
        }


def shapes(scenarios: Iterable[ScenarioRef]) -> list[Shape]:
    """Every declaration with its uses in some scenarios."""
    uses: dict[int, dict[Role, int]] = defaultdict(lambda: defaultdict(int))
    examples: dict[int, str] = {}
    for scenario in scenarios:
        for keyword, sentence in scenario.sentences:
            performance = understand(keyword, sentence)
            if performance is not None:
                key = id(performance.declaration)
                uses[key][performance.role] += 1
                examples.setdefault(key, sentence)
    return [Shape(one, dict(uses[id(one)]), examples.get(id(one), "")) for one in sorted(declared(), key=_place)]


def _place(one: Declaration) -> tuple[str, int]:
    """Where it stands: the order in which modules are loaded says nothing to a reader."""
    return one.function.__module__, one.function.__code__.co_firstlineno


def chosen(found: Iterable[Shape], wanted: str) -> list[Shape]:
    """Sentences of a domain noun (``consent``), or with a noun in braces (``purpose``), directly or in another noun."""
    return [
        one
        for one in found
        if not wanted
        or one.declaration.subject == wanted
        or any(wanted in reachable(form.labels.values()) for form in one.declaration.forms.values())
    ]


def listed(found: Iterable[Shape]) -> dict[str, Any]:
    """The JSON of ``shes-audit words --format json``."""
    rows = [one.listed() for one in found]
    return {
        "format": FORMAT,
        "version": VERSION,
        "shapes": rows,
        "nouns": [{"name": one.name, "title": one.title, "words": list(one.choices)} for one in _all_nouns()],
    }


def markdown(found: Iterable[Shape]) -> str:
    """The tables of ``features/README.md``: one for each domain noun, and one of the nouns in braces."""
    return "\n".join([*_sentences(found), *_nouns()]) + "\n"


def _sentences(found: Iterable[Shape]) -> Iterator[str]:
    by_subject: dict[str, list[Shape]] = defaultdict(list)
    for one in found:
        by_subject[one.declaration.function.__module__].append(one)
    for module, of_module in by_subject.items():
        yield f"### {_title(module)}"
        yield ""
        yield "| sentence | meaning | example |"
        yield "|---|---|---|"
        for one in of_module:
            said = "<br>".join(f"{_KEYWORDS[role]} {_cell(form.plain)}" for role, form in one.declaration.forms.items())
            yield f"| {said} | {_cell(_line(one.declaration.meaning))} | {_cell(one.example)} |"
        yield ""


def _nouns() -> Iterator[str]:
    yield "### Words in braces"
    yield ""
    yield "| word | meaning | words |"
    yield "|---|---|---|"
    for one in _all_nouns():
        yield f"| {{{one.name}}} | {_cell(one.title)} | {_cell(', '.join(one.choices)) or '(open)'} |"


def _title(module: str) -> str:
    return (import_module(module).__doc__ or module).strip().splitlines()[0].rstrip(".")


def _line(text: str) -> str:
    """Running text: what a docstring says before its sections, without line breaks."""
    return " ".join(inspect.cleandoc(text).partition("\n\n")[0].split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("``", "`").replace("<", "&lt;").replace("&lt;br>", "<br>")


def _all_nouns() -> list[Noun]:
    return [NOUNS[name] for name in sorted(NOUNS)]
