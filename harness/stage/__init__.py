"""The stage of one scenario: the people in it, their world at the target, the world outside, and the evidence."""

from harness.stage.actor import Actor
from harness.stage.notice import Notice
from harness.stage.outside import Outside
from harness.stage.stage import Stage

__all__ = ["Actor", "Notice", "Outside", "Stage"]
