"""The object storage, simulated by the harness: a bucket for each world, on an S3 server."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from harness import extras
from harness.errors import NotAssessed

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
        self._server: Any = None
        self._client: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._server is not None:
                self._server.stop()
                self._server = None

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
        """Whatever a bucket keeps: all versions of all objects, delete markers, and uploads that were not finished."""
        return [*self._versions(bucket), *self._uploads(bucket)]

    def _versions(self, bucket: str) -> Iterator[Stored]:
        client = self._started()
        for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for one in page.get("Versions", ()):
                where = {"Bucket": bucket, "Key": one["Key"], "VersionId": one["VersionId"]}
                found = client.get_object(**where)
                about = {"metadata": found["Metadata"], "headers": found["ResponseMetadata"]["HTTPHeaders"]}
                if found.get("TagCount"):
                    about["tags"] = client.get_object_tagging(**where)["TagSet"]
                what = "object" if one["IsLatest"] else "older version"
                yield Stored(one["Key"], what, found["Body"].read(), json.dumps(about, default=str).encode())
            for one in page.get("DeleteMarkers", ()):
                yield Stored(one["Key"], "delete marker")

    @staticmethod
    def _uploads(bucket: str) -> Iterator[Stored]:
        """Clients of S3 cannot read the parts of an unfinished upload, though a bucket keeps them: the server can."""
        from moto.core.models import DEFAULT_ACCOUNT_ID
        from moto.s3.models import s3_backends

        for upload in list(s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[bucket].multiparts.values()):
            parts = [upload.parts[number].value for number in sorted(upload.parts)]
            about = json.dumps({"metadata": upload.metadata, "tags": upload.tags}, default=str)
            yield Stored(upload.key_name, "unfinished upload", b"".join(parts), about.encode())

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
                from moto.server import ThreadedMotoServer

                logging.getLogger("werkzeug").setLevel(logging.ERROR)
                self._server = ThreadedMotoServer(ip_address=self.host, port=0, verbose=False)
                self._server.start()
                _, port = self._server.get_host_and_port()
                self._client = boto3.client(
                    "s3",
                    endpoint_url=f"http://{self.host}:{port}",
                    region_name=REGION,
                    aws_access_key_id="shes-audit",
                    aws_secret_access_key="shes-audit-secret",
                    config=Config(s3={"addressing_style": "path"}),
                )
            return self._client
