"""A person on the stage, and what the person does at the target, by noun.

Methods named after an action answer with the target's :class:`~harness.target.http.Answer` and judge nothing.
"""

from harness.stage.actor.actor import Actor

__all__ = ["Actor"]
