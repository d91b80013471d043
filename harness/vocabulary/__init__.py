"""The vocabulary of the features: sentences that are declared once and understood in every form they need.

A *setting* introduces somebody or something (Given). A *deed* is what somebody does: in the present tense it is a When,
which keeps the answer and judges nothing; in the past tense it is a Given, which must have succeeded. A *sight* is what
can be seen: affirmed or denied, it is a Then, which judges; as a Given it must hold, or the scenario is inconclusive.
"""

from harness.vocabulary.declarations import Declaration, Role, declared, deed, setting, sight
from harness.vocabulary.nouns import Noun, noun, words
from harness.vocabulary.performance import Answers, Seen, Sentence
from harness.vocabulary.phrases import Phrases

__all__ = [
    "Answers",
    "Declaration",
    "Noun",
    "Phrases",
    "Role",
    "Seen",
    "Sentence",
    "declared",
    "deed",
    "noun",
    "setting",
    "sight",
    "words",
]
