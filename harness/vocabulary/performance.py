"""Carrying out a sentence of a scenario: its words get their meaning, and what comes of it is kept or judged."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

from harness.contract import operations, reading_operations
from harness.errors import HarnessError, TargetError
from harness.evidence.model import Channel, Tier
from harness.stage import Stage
from harness.stage.answers import done, not_served, refusal, served
from harness.stage.insistence import Insistence
from harness.target.http import Answer
from harness.vocabulary.declarations import Declaration, Role
from harness.vocabulary.nouns import NOUNS

NO_CONTROL = "nothing of the kind was seen about anybody else"
_REFUSED = frozenset({403, 409})
"""Statuses of a refusal that another attempt does not change."""
_NEEDS_CONTROL = frozenset({Channel.OUTBOUND, Channel.MAIL, Channel.STORAGE})
"""Channels in which silence is also what a look in the wrong place finds."""


class Answers(dict[str, Answer]):
    """What the target answered to each person's last action, by the person's name in the scenario."""


class Refused(list[str]):
    """What people tried in this scenario (each When) and were refused: the sentence, status and reason."""


class Sentence(str):
    """The words of the step that is being carried out, for a function that asks for them."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look found.

    Attributes:
        channel: Where it was seen.
        holds: Whether the sentence, as it is affirmed, is true.
        detail: What was seen instead, for people, where the sentence is not as it should be.
        evidence: Ids of what it rests on.
        claim: What should be; by default the sentence itself.
        tier: How good the evidence is.
        control: Whether something was seen that shows that the look can find what it looks for. A denial without a
            control proves nothing. None if none was looked for: in deliveries, mail and storage that is no control.
        lacking: Why there is no control, for people.
    """

    channel: Channel
    holds: bool
    detail: str = ""
    evidence: Sequence[str] = field(default_factory=tuple)
    claim: str = ""
    tier: Tier = Tier.OBSERVED
    control: bool | None = None
    lacking: str = NO_CONTROL

    @property
    def can_be_denied(self) -> bool:
        """Whether its absence would prove anything."""
        return self.channel not in _NEEDS_CONTROL if self.control is None else self.control


@dataclass(frozen=True)
class Performance:
    """A sentence, understood: which declaration it belongs to, in which role, and its words by label."""

    sentence: str
    declaration: Declaration
    role: Role
    words: Mapping[str, str]

    def run(self, stage: Stage, *, as_given: bool = False) -> None:
        """Carry it out.

        Args:
            stage: The stage of the scenario.
            as_given: Whether a sight is a precondition here: it then judges nothing, and must hold.

        Raises:
            HarnessError: A precondition does not hold, or a denial has no control.
            PromiseBroken: What should be seen is not, or the other way about.
        """
        try:
            self._run(stage, as_given=as_given)
        except (HarnessError, TargetError) as error:
            error.what = " ".join([*stage.part(Refused), error.what])
            raise

    def _run(self, stage: Stage, *, as_given: bool) -> None:
        if self.declaration.at_rest:
            stage.service.settle()
        arguments = dict(self._arguments(stage))
        result = self.declaration.function(**arguments)
        # A sight may be a generator: what it sees later must not be looked for once something was amiss.
        match self.role:
            case Role.PRESENT:
                for answer in self._keep(stage, result):
                    # What somebody only reads may be gone for good reason.
                    if not served(answer, self.sentence).ok and answer.operation not in reading_operations():
                        stage.part(Refused).append(f"{self.sentence}: refused with {refusal(answer)}.")
            case Role.PAST:
                for answer in self._keep(stage, result):
                    self._demand_granted(stage, answer)
                    done(answer, self.sentence)
                if stage.service.opened:
                    stage.service.settle()
            case Role.AFFIRMED | Role.DENIED:
                for seen in [result] if isinstance(result, Seen) else result or ():
                    self._judge(stage, seen, as_given=as_given)

    def _arguments(self, stage: Stage) -> Iterator[tuple[str, object]]:
        """What the function asks for: words of the sentence by name, parts of the stage and memories by type."""
        labels = self.declaration.forms[self.role].labels
        for name, (kind, default) in _parameters(self.declaration.function).items():
            if name in labels:
                if name in self.words:
                    yield name, NOUNS[labels[name]].meaning(stage, self.words[name])
                elif default is inspect.Parameter.empty:
                    yield name, None
            elif name == "denied":
                yield name, self.role is Role.DENIED
            elif kind is Sentence:
                yield name, Sentence(self.sentence)
            elif default is inspect.Parameter.empty:
                yield name, stage if kind is Stage else stage.part(kind)

    def _keep(self, stage: Stage, result: object) -> Sequence[Answer]:
        answers = [result] if isinstance(result, Answer) else list(_answers(result))
        if answers:
            stage.part(Answers)[self._doer(stage)] = answers[-1]
        return answers

    def _demand_granted(self, stage: Stage, answer: Answer) -> None:
        """That a right is not refused by a rule or for the state that something is in; such a refusal lasts."""
        operation = operations().get(answer.operation)
        if operation and operation.right and answer.status in _REFUSED and not not_served(answer):
            detail = f"It was refused with {refusal(answer)}."
            insistence = Insistence(stage.service, stage.evidence)
            insistence.denied(operation.id, self.sentence, detail, [answer.exchange])

    def _doer(self, stage: Stage) -> str:
        first = next(iter(self.words.values()), "")
        return first if first in {actor.label for actor in stage.cast.everyone} else ""

    def _judge(self, stage: Stage, seen: Seen, *, as_given: bool) -> None:
        denied = self.role is Role.DENIED
        claim = seen.claim or self.sentence
        if denied and not seen.holds and not seen.can_be_denied:
            raise HarnessError(
                f"It proves nothing that {claim}: {seen.lacking}.",
                cause="the target does not do it at all, or not where the harness can see it",
                remedy="look at the evidence of the steps before",
            )
        passed = seen.holds != denied
        if not as_given:
            detail = " ".join([*stage.part(Refused), seen.detail]).strip()
            stage.evidence.check(seen.channel, claim, passed, detail=detail, evidence=seen.evidence, tier=seen.tier)
        elif not passed:
            raise HarnessError(
                f"The scenario presupposes that {claim}. {seen.detail}".strip(),
                cause="the target does otherwise, so that nothing is proved either way",
                remedy="look at the exchange in the evidence",
            )


def _answers(result: object) -> Iterable[Answer]:
    if isinstance(result, Iterable):
        yield from (one for one in result if isinstance(one, Answer))


@cache
def _parameters(function: Any) -> dict[str, tuple[Any, object]]:
    """What a function asks for, by name: its type, and what stands in where nothing is given."""
    hints = get_type_hints(function)
    return {name: (hints.get(name), one.default) for name, one in inspect.signature(function).parameters.items()}
