"""A bucket is listed whole: what a client of the service has overwritten, deleted, described or not finished."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

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
        client.put_object(Bucket=bucket, Key=f"{number:04}", Body=b"%d" % number)
    assert [one.content for one in server.contents(bucket)] == [b"%d" % number for number in range(1002)]
