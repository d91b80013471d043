"""The room and the target of the harness's tests, for the command line."""

from tests.harness.conftest import miniature, room

__all__ = ["miniature", "room"]
