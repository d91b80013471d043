"""A key in storage opens what it sealed there; one that lies elsewhere opens nothing."""

import base64
import json
import secrets

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harness.people.keys import opened

PLAIN = b"femke.qwertyuiopas@example.org"


def gcm(key: bytes) -> str:
    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, PLAIN, None)).decode()


@pytest.mark.parametrize("size", [16, 24, 32])
@pytest.mark.parametrize("write", [bytes.hex, lambda key: base64.urlsafe_b64encode(key).decode().rstrip("=")])
def test_aes_with_a_key_in_another_place_is_opened(size: int, write) -> None:  # type: ignore[no-untyped-def]
    key = secrets.token_bytes(size)
    sealed = json.dumps({"address": gcm(key)}).encode()
    for named in (
        f'{{"data_key": "{write(key)}"}}',
        f"SECRET={write(key)}\n",
        json.dumps(json.dumps({"key": write(key)})),
    ):
        assert list(opened([b"nothing", sealed, named.encode()])) == [(1, PLAIN)]
        assert list(opened([sealed, named.replace(write(key)[:4], "AAAA").encode()])) == []


def test_fernet_with_its_key_is_opened() -> None:
    key = Fernet.generate_key()
    token = Fernet(key).encrypt(PLAIN)
    assert list(opened([b"key = " + key + b"\n", b"<" + token + b">"])) == [(1, PLAIN)]
    assert list(opened([b"<" + token + b">", b"PRIMARY KEY (id)"])) == []
