"""The object storage, simulated by the harness: a bucket for each world, on an S3 server."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any, Self

from harness import extras
from harness.errors import NotAssessed

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer

REGION = "us-east-1"


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

    def objects(self, bucket: str) -> dict[str, bytes]:
        """Every object in a bucket, by name."""
        client = self._started()
        names = [one["Key"] for one in client.list_objects_v2(Bucket=bucket).get("Contents", ())]
        return {name: client.get_object(Bucket=bucket, Key=name)["Body"].read() for name in names}

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
