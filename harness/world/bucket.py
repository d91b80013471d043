"""The object storage, simulated by the harness: a bucket for each world, on an S3 server."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from harness import extras
from harness.errors import NotAssessed

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer

REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Stored:
    """Something that a bucket keeps.

    Attributes:
        key: Name of the object.
        what: "object", "older version", "delete marker", or "unfinished upload".
        content: Its bytes; those of an unfinished upload as far as they were sent, none of a delete marker.
        about: Its metadata and tags, as JSON.
    """

    key: str
    what: str
    content: bytes = b""
    about: bytes = b""

    @property
    def name(self) -> str:
        """What a report calls it."""
        return self.key if self.what == "object" else f"{self.key} ({self.what})"

    @property
    def whole(self) -> bytes:
        """All that may show somebody."""
        return b"\n".join((self.key.encode(), self.about, self.content))


class BucketServer:
    """An S3 server on loopback (moto), started with the first bucket. Use it as a context manager."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None
        self._client: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._server is not None and self._thread is not None:
                self._server.shutdown()
                self._thread.join()
                self._server.server_close()
                self._server = self._thread = None

    def open(self, bucket: str) -> dict[str, str]:
        """Create a bucket, and return ``object_storage`` of the contract's wiring.

        Raises:
            NotAssessed: The extra ``object-storage`` is not installed.
        """
        client = self._started()
        client.create_bucket(Bucket=bucket)
        return {
            "endpoint": client.meta.endpoint_url,
            "bucket": bucket,
            "region": REGION,
            "access_key_id": "shes-audit",
            "secret_access_key": "shes-audit-secret",
        }

    def contents(self, bucket: str) -> list[Stored]:
        """Whatever a bucket keeps: all versions of all objects, delete markers, and uploads that were not finished.

        Read from the server itself: no request of a client shows the parts of an unfinished upload.
        """
        self._started()
        return list(_kept(bucket))

    def _started(self) -> Any:
        with self._lock:
            if self._server is None:
                if extras.missing("object-storage"):
                    raise NotAssessed(
                        "The S3 server of the harness is not installed.",
                        remedy=extras.installation("object-storage"),
                    )
                # Imported here, because the import takes seconds and few runs need it.
                import boto3
                from botocore.config import Config
                from moto.moto_server.werkzeug_app import (
                    DomainDispatcherApplication,
                    MotoRequestHandler,
                    create_backend_app,
                )
                from werkzeug.serving import make_server

                logging.getLogger("werkzeug").setLevel(logging.ERROR)
                # Not moto's ThreadedMotoServer, which takes half a second to stop.
                application = DomainDispatcherApplication(create_backend_app)
                self._server = make_server(self.host, 0, application, threaded=True, request_handler=MotoRequestHandler)
                self._thread = threading.Thread(
                    target=self._server.serve_forever, args=(0.02,), name="object storage", daemon=True
                )
                self._thread.start()
                self._client = boto3.client(
                    "s3",
                    endpoint_url=f"http://{self.host}:{self._server.server_port}",
                    region_name=REGION,
                    aws_access_key_id="shes-audit",
                    aws_secret_access_key="shes-audit-secret",
                    config=Config(s3={"addressing_style": "path"}),
                )
            return self._client


def _kept(bucket: str) -> Iterator[Stored]:
    from moto.core.models import DEFAULT_ACCOUNT_ID
    from moto.s3.models import FakeDeleteMarker, s3_backends

    server = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
    found = server.buckets[bucket]
    for key in sorted(found.keys):
        versions = found.keys.getlist(key)
        for number, version in enumerate(versions, start=1):
            if isinstance(version, FakeDeleteMarker):
                yield Stored(key, "delete marker")
                continue
            about = {"headers": version.response_dict, "tags": server.tagger.get_tag_dict_for_resource(version.arn)}
            what = "object" if number == len(versions) else "older version"
            yield Stored(key, what, version.value, _written({**about, "metadata": version.metadata}))
    for upload in list(found.multiparts.values()):
        parts = b"".join(upload.parts[number].value for number in sorted(upload.parts))
        about = {"metadata": upload.metadata, "tags": upload.tags}
        yield Stored(upload.key_name, "unfinished upload", parts, _written(about))


def _written(about: dict[str, Any]) -> bytes:
    return json.dumps(about, ensure_ascii=False, default=str).encode()
