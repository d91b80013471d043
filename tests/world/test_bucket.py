"""The simulated object storage: buckets, and an end that leaves nothing."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit

import boto3
import pytest

from harness.world.bucket import BucketServer


def test_what_is_put_into_a_bucket_is_found_in_no_other() -> None:
    with BucketServer() as server:
        first, second = server.open("first"), server.open("second")
        client = boto3.client(
            "s3",
            endpoint_url=first["endpoint"],
            region_name=first["region"],
            aws_access_key_id=first["access_key_id"],
            aws_secret_access_key=first["secret_access_key"],
        )
        client.put_object(Bucket="first", Key="a/b", Body=b"content")
        client.close()

        assert server.objects("first") == {"a/b": b"content"}
        assert second["endpoint"] == first["endpoint"]
        assert not server.objects("second")


def test_it_is_gone_when_stopped() -> None:
    before = set(threading.enumerate())
    with BucketServer() as server:
        address = urlsplit(server.open("bucket")["endpoint"])

    with pytest.raises(ConnectionError):
        socket.create_connection((address.hostname or "", address.port or 0), timeout=10)
    assert not {one for one in set(threading.enumerate()) - before if one.name == "object storage"}
