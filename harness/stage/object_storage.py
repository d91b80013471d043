"""The object storage that the target's backups go to."""

from __future__ import annotations

import secrets

from harness.contract import Capability
from harness.stage.service import Service
from harness.target.world import require
from harness.world.bucket import BucketServer, Stored


class ObjectStorage:
    """A bucket for one scenario."""

    def __init__(self, server: BucketServer, service: Service) -> None:
        """There is no bucket yet."""
        self._server = server
        self._service = service
        self._bucket = ""

    def wire(self) -> None:
        """Give the target a bucket for its backups.

        Raises:
            NotAssessed: It makes none.
        """
        require(self._service.description, Capability.BACKUPS)
        self._bucket = f"shes-{secrets.token_hex(8)}"
        self._service.wire("object storage", object_storage=self._server.open(self._bucket))

    def contents(self) -> list[Stored]:
        """Whatever the target's bucket keeps. See :meth:`harness.world.bucket.BucketServer.contents`."""
        return self._server.contents(self._bucket)

    def keys(self) -> set[str]:
        """Names of all objects of which the bucket keeps anything but the mark that they were deleted."""
        return {one.key for one in self.contents() if one.what != "delete marker"}
