"""A bucket is listed whole: what a client of the service has overwritten, deleted, described or not finished."""

import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

from harness.world.bucket import BucketServer, Stored


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    with BucketServer() as server:
        yield server


@pytest.fixture
def bucket(server: BucketServer, request: pytest.FixtureRequest) -> str:
    return request.node.name.replace("_", "-")[-50:].strip("-")


@pytest.fixture
def client(server: BucketServer, bucket: str) -> Any:
    wired = server.open(bucket)
    return boto3.client(
        "s3",
        endpoint_url=wired["endpoint"],
        region_name=wired["region"],
        aws_access_key_id=wired["access_key_id"],
        aws_secret_access_key=wired["secret_access_key"],
    )


def seen(server: BucketServer, bucket: str) -> dict[str, list[Stored]]:
    found: dict[str, list[Stored]] = {}
    for one in server.contents(bucket):
        found.setdefault(one.what, []).append(one)
    return found


def test_every_version_and_delete_marker_is_there(server: BucketServer, bucket: str, client: Any) -> None:
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"first", b"second", b"third"):
        client.put_object(Bucket=bucket, Key="a", Body=body)
    client.put_object(Bucket=bucket, Key="b", Body=b"there")
    client.delete_object(Bucket=bucket, Key="a")
    found = seen(server, bucket)
    assert [one.content for one in found["object"]] == [b"there"]
    assert {one.content for one in found["older version"]} == {b"first", b"second", b"third"}
    assert [one.name for one in found["delete marker"]] == ["a (delete marker)"]


def test_metadata_and_tags_are_there(server: BucketServer, bucket: str, client: Any) -> None:
    client.put_object(
        Bucket=bucket,
        Key="a",
        Body=b"",
        Metadata={"whose": "femke"},
        Tagging="city=Gouda",
        ContentDisposition="x; y=bram",
    )
    (one,) = server.contents(bucket)
    assert [word in one.whole for word in (b"femke", b"Gouda", b"bram")] == [True] * 3


def test_uploads_that_were_not_finished_are_there(server: BucketServer, bucket: str, client: Any) -> None:
    upload = client.create_multipart_upload(Bucket=bucket, Key="big", Metadata={"whose": "femke"})["UploadId"]
    for number in (2, 1):
        client.upload_part(Bucket=bucket, Key="big", UploadId=upload, PartNumber=number, Body=b"part %d;" % number)
    (one,) = server.contents(bucket)
    assert (one.name, one.content) == ("big (unfinished upload)", b"part 1;part 2;")
    assert b"femke" in one.whole
    client.abort_multipart_upload(Bucket=bucket, Key="big", UploadId=upload)
    assert server.contents(bucket) == []


def test_objects_of_the_second_page_are_there(server: BucketServer, bucket: str, client: Any) -> None:
    for number in range(1002):
        # A thousand requests would take a minute.
        s3_backends[DEFAULT_ACCOUNT_ID]["aws"].put_object(bucket, f"{number:04}", b"%d" % number)
    assert [one.content for one in server.contents(bucket)] == [b"%d" % number for number in range(1002)]


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

        assert [(one.name, one.content) for one in server.contents("first")] == [("a/b", b"content")]
        assert second["endpoint"] == first["endpoint"]
        assert not server.contents("second")


def test_it_is_gone_when_stopped() -> None:
    before = set(threading.enumerate())
    with BucketServer() as server:
        address = urlsplit(server.open("bucket")["endpoint"])

    with pytest.raises(ConnectionError):
        socket.create_connection((address.hostname or "", address.port or 0), timeout=10)
    assert not {one for one in set(threading.enumerate()) - before if one.name == "object storage"}
