"""Clauses 4.1, 4.3 and 4.5: data that was to go is kept where, or as what, one does not see it at a glance."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import json
import re
import secrets
import zipfile
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.domain.entities import Account, Person
from reference_impl.outbound.vault import S3Vault
from reference_impl.service.backups import Backup
from reference_impl.service.ports import ObjectStorage, Transaction
from reference_impl.service.purge import PeoplePurger
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.interceptor import Answer, Interceptor, Request, intercepted
from reference_impl.violations.shared.kept_events import keep_event

_OF_ACCOUNTS = tuple(
    Also(clause, reason)
    for clause, reason in {
        "4.1": "data due for purging after six months is still present",
        "4.5": "an erasure requested after the deletion leaves it as well",
        "4.2": "data that no hold covers is found after the purge",
        "4.4": "data of the deleted account is still found",
        "7.4": "data of a child whose account was closed is still found",
        "7.5": "data of a reported child is still found",
    }.items()
)

_OF_ORIGIN = (*_OF_ACCOUNTS, Also("4.6", "data that is no longer needed is still found"))


# -- what a purge leaves in another form -----------------------------------------------------------------------------


class _LeavesSomething(PeoplePurger):
    """Keeps something of everybody who is purged."""

    def kept(self, person: Person, name: str) -> str | None:
        """What is kept; None for nothing."""
        raise NotImplementedError

    def purge(self, tx: Transaction, people: Sequence[str]) -> None:
        names = {account.person_id: account.display_name for account in tx.all(Account, person_id=people)}
        left = [self.kept(one, names.get(one.person_id, "")) for one in tx.all(Person, person_id=people)]
        super().purge(tx, people)
        for one in left:
            if one is not None:
                keep_event(tx, self._context, "archive", one)


def _zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


class _ZipInZip(_LeavesSomething):
    def kept(self, person: Person, name: str) -> str | None:
        inner = _zipped("customers.csv", f"id;address\n1;{person.email}\n".encode())
        return base64.b64encode(_zipped("2026.zip", inner)).decode()


class _LongExport(_LeavesSomething):
    """Longer than a page of the database, so that it is kept in pieces there."""

    def kept(self, person: Person, name: str) -> str | None:
        usage = [secrets.token_hex(16) for _ in range(400)]
        return base64.b64encode(gzip.compress(json.dumps({"usage": usage, "of": person.email}).encode())).decode()


class _CutHash(_LeavesSomething):
    def kept(self, person: Person, name: str) -> str | None:
        return hashlib.sha256(person.email.strip().lower().encode()).hexdigest()[:16]


class _ShiftJis(_LeavesSomething):
    def kept(self, person: Person, name: str) -> str | None:
        if person.country != "JP":
            return None
        return base64.b64encode(f"no,name\r\n1,{name}\r\n".encode("shift_jis", "replace")).decode()


class _EncodedTwice(_LeavesSomething):
    def kept(self, person: Person, name: str) -> str | None:
        return None if name.isascii() else name.encode().decode("latin-1")


class _KeyBesideIt(_LeavesSomething):
    def kept(self, person: Person, name: str) -> str | None:
        key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
        self._context.log.record("key-made", data_key=base64.b64encode(key).decode())
        return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, person.email.encode(), None)).decode()


class _LoggedTwiceEncoded(_LeavesSomething):
    def kept(self, person: Person, name: str) -> str | None:
        inner = quote(f"/goodbye?to={quote(person.email, safe='')}", safe="")
        self._context.log.record("redirected", to=f"/leave?next={inner}")
        return None


# -- where a person came from ----------------------------------------------------------------------------------------


class _KeepsOrigin(Interceptor):
    """Keeps something of where a registration came from."""

    def origin(self, request: Request) -> str:
        """What is kept."""
        raise NotImplementedError

    def after(self, request: Request, answer: Answer) -> None:
        if request.is_for("POST /v1/sony-accounts") and answer.status < 300:
            context = request.service.context
            with context.store.transaction() as tx:
                keep_event(tx, context, "registrations", {"from": self.origin(request)})


class _AddressInFull(_KeepsOrigin):
    def origin(self, request: Request) -> str:
        return ip_address(request.headers["x-forwarded-for"]).exploded


class _NetworkOfAddress(_KeepsOrigin):
    def origin(self, request: Request) -> str:
        return str(ip_network(f"{request.client}/24", strict=False))


class _Browser(_KeepsOrigin):
    def origin(self, request: Request) -> str:
        return base64.b64encode(request.headers["user-agent"].encode()).decode()


# -- what a bucket keeps beside the backups --------------------------------------------------------------------------


def _addresses(content: bytes) -> bytes:
    return b"\n".join(sorted(set(re.findall(rb"[\w.+-]+@[\w.-]+\.[a-z]+", content))))


class _Beside(S3Vault):
    """Stores something beside each backup."""

    def beside(self, client: Any, bucket: str, name: str, content: bytes) -> None:
        """Store it."""
        raise NotImplementedError

    def put(self, storage: ObjectStorage, secret: bytes, name: str, content: bytes) -> None:
        super().put(storage, secret, name, content)
        if name.startswith(Backup.FOLDER):
            with self._client(storage) as client:
                self.beside(client, storage.bucket, name, content)


class _DumpInBzip2(_Beside):
    """The addresses come after more than a mebibyte of other things."""

    def beside(self, client: Any, bucket: str, name: str, content: bytes) -> None:
        before = b"".join(b"INSERT INTO counters VALUES (%d, 0);\n" % number for number in range(40_000))
        client.put_object(Bucket=bucket, Key="dump.sql.bz2", Body=bz2.compress(before + _addresses(content), 1))


class _OldVersion(_Beside):
    def beside(self, client: Any, bucket: str, name: str, content: bytes) -> None:
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        client.put_object(Bucket=bucket, Key="index.txt", Body=_addresses(content))
        client.put_object(Bucket=bucket, Key="index.txt", Body=b"")
        client.delete_object(Bucket=bucket, Key="index.txt")


class _UnfinishedUpload(_Beside):
    def beside(self, client: Any, bucket: str, name: str, content: bytes) -> None:
        upload = client.create_multipart_upload(Bucket=bucket, Key="copy.sqlite")["UploadId"]
        client.upload_part(Bucket=bucket, Key="copy.sqlite", UploadId=upload, PartNumber=1, Body=content)


class _InMetadata(_Beside):
    def beside(self, client: Any, bucket: str, name: str, content: bytes) -> None:
        whose = base64.b64encode(_addresses(content)[:900]).decode()
        client.put_object(Bucket=bucket, Key="manifest", Body=b"complete", Metadata={"customers": whose})


class _InTags(_Beside):
    def beside(self, client: Any, bucket: str, name: str, content: bytes) -> None:
        newest = _addresses(content).split(b"\n")[0].decode()
        client.put_object(Bucket=bucket, Key="manifest", Body=b"complete", Tagging=f"first={quote(newest)}")


VIOLATIONS = (
    Violation(
        "4.1-dump-in-bzip2",
        "4.1",
        "A compressed list of addresses lies beside the backups, after more than a mebibyte of other content",
        Kind.HALF_DONE,
        {"vault": _DumpInBzip2},
    ),
    Violation(
        "4.1-old-version-in-the-bucket",
        "4.1",
        "A list of addresses is deleted from a bucket with versions, which keeps the old one",
        Kind.STALE,
        {"vault": _OldVersion},
    ),
    Violation(
        "4.1-unfinished-upload",
        "4.1",
        "An upload of the database was begun in the clear and never finished or aborted",
        Kind.HALF_DONE,
        {"vault": _UnfinishedUpload},
    ),
    Violation(
        "4.1-addresses-in-metadata",
        "4.1",
        "The metadata of an object beside the backups contains the customers' addresses",
        Kind.MISSING,
        {"vault": _InMetadata},
    ),
    Violation(
        "4.1-address-in-a-tag",
        "4.1",
        "A tag of an object beside the backups contains a customer's address",
        Kind.MISSING,
        {"vault": _InTags},
    ),
    Violation(
        "4.3-zip-in-zip",
        "4.3",
        "The address remains in an archive within an archive",
        Kind.HALF_DONE,
        {"people_purger": _ZipInZip},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-long-export",
        "4.3",
        "The address remains in a compressed export that is longer than a page of the database",
        Kind.HALF_DONE,
        {"people_purger": _LongExport},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-address-hash-cut",
        "4.3",
        "The first 64 bits of a hash of the address remain",
        Kind.HALF_DONE,
        {"people_purger": _CutHash},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-name-in-shift-jis",
        "4.3",
        "An export for residents of Japan, in Shift_JIS, keeps the name",
        Kind.ODD_NAME,
        {"people_purger": _ShiftJis},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-name-encoded-twice",
        "4.3",
        "A name beyond ASCII remains, encoded twice",
        Kind.ODD_NAME,
        {"people_purger": _EncodedTwice},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-logged-twice-encoded",
        "4.3",
        "The purge logs a link that contains the address, percent-encoded twice",
        Kind.MISSING,
        {"people_purger": _LoggedTwiceEncoded},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-key-beside-the-address",
        "4.3",
        "The address remains encrypted, and the log contains the key",
        Kind.HALF_DONE,
        {"people_purger": _KeyBesideIt},
        also=_OF_ACCOUNTS,
    ),
    Violation(
        "4.3-network-address-in-full",
        "4.3",
        "The network address from which a person registered remains, written out in full",
        Kind.MISSING,
        {"application": intercepted(_AddressInFull)},
        also=_OF_ORIGIN,
    ),
    Violation(
        "4.3-network-kept",
        "4.3",
        "The network from which a person registered, a /24, remains",
        Kind.HALF_DONE,
        {"application": intercepted(_NetworkOfAddress)},
        also=_OF_ORIGIN,
    ),
    Violation(
        "4.3-browser-kept",
        "4.3",
        "The browser with which a person registered remains",
        Kind.MISSING,
        {"application": intercepted(_Browser)},
        also=_OF_ORIGIN,
    ),
)
