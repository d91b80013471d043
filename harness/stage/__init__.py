"""The stage of one scenario: the people in it, their world at the target, the world outside, and the evidence."""

from harness.evidence.recorder import Recorder
from harness.stage.actor import Actor
from harness.stage.cast import Cast
from harness.stage.clock import Clock
from harness.stage.desks import Desks
from harness.stage.identity_providers import IdentityProviders
from harness.stage.mailbox import Mailbox
from harness.stage.moment import Moment
from harness.stage.notice import Notice
from harness.stage.notices import Notices
from harness.stage.object_storage import ObjectStorage
from harness.stage.outside import Outside
from harness.stage.recipients import Recipients
from harness.stage.service import Service
from harness.stage.stage import Stage
from harness.stage.storage import Storage

__all__ = [
    "Actor",
    "Cast",
    "Clock",
    "Desks",
    "IdentityProviders",
    "Mailbox",
    "Moment",
    "Notice",
    "Notices",
    "ObjectStorage",
    "Outside",
    "Recipients",
    "Recorder",
    "Service",
    "Stage",
    "Storage",
]
