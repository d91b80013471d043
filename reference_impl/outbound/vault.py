"""Object storage that speaks S3, with content encrypted before it is stored."""

from __future__ import annotations

import secrets
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reference_impl.service.ports import ObjectStorage, VaultError

_NONCE = 12


class S3Vault:
    """Keeps objects in a bucket: AES-256-GCM under a key derived from the service's secret, bound to the name."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._clients: dict[ObjectStorage, Any] = {}

    def put(self, storage: ObjectStorage, secret: bytes, name: str, content: bytes) -> None:
        """Seal and keep."""
        with self._client(storage) as client:
            client.put_object(Bucket=storage.bucket, Key=name, Body=self.seal(secret, name, content))

    def get(self, storage: ObjectStorage, secret: bytes, name: str) -> bytes | None:
        """Fetch and open; None where there is no such object."""
        with self._client(storage) as client:
            try:
                sealed = client.get_object(Bucket=storage.bucket, Key=name)["Body"].read()
            except client.exceptions.NoSuchKey:
                return None
        return self.open(secret, name, sealed)

    def names(self, storage: ObjectStorage, prefix: str) -> list[str]:
        """Names of the objects that begin so, in order."""
        with self._client(storage) as client:
            pages = client.get_paginator("list_objects_v2").paginate(Bucket=storage.bucket, Prefix=prefix)
            return sorted(entry["Key"] for page in pages for entry in page.get("Contents", ()))

    def remove(self, storage: ObjectStorage, name: str) -> None:
        """Delete an object."""
        with self._client(storage) as client:
            client.delete_object(Bucket=storage.bucket, Key=name)

    def seal(self, secret: bytes, name: str, content: bytes) -> bytes:
        """Encrypt; the nonce stands in front."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(_key(secret)).encrypt(nonce, content, name.encode())

    def open(self, secret: bytes, name: str, sealed: bytes) -> bytes:
        """Decrypt.

        Raises:
            VaultError: It was sealed under another key or name, or changed since.
        """
        try:
            return AESGCM(_key(secret)).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise VaultError("an object cannot be opened") from error

    def _client(self, storage: ObjectStorage) -> _Guarded:
        with self._lock:
            if storage not in self._clients:
                import boto3  # takes most of a second, and most worlds have no object storage
                from botocore.config import Config
                from botocore.exceptions import BotoCoreError

                try:
                    self._clients[storage] = boto3.client(
                        "s3",
                        endpoint_url=storage.endpoint,
                        region_name=storage.region,
                        aws_access_key_id=storage.access_key_id,
                        aws_secret_access_key=storage.secret_access_key,
                        config=Config(
                            connect_timeout=1,
                            read_timeout=5,
                            retries={"total_max_attempts": 1},
                            s3={"addressing_style": "path"},
                        ),
                    )
                except (ValueError, BotoCoreError) as error:
                    raise VaultError("the object storage cannot be at the address it is wired to") from error
            return _Guarded(self._clients[storage])


class _Guarded:
    """Lets nothing of the library's own errors through."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __enter__(self) -> Any:
        return self._client

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        if isinstance(error, (BotoCoreError, ClientError)):
            raise VaultError("the object storage does not answer as it should") from error


def _key(secret: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"backups").derive(secret)
