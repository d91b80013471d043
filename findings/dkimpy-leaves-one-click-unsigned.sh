#!/bin/sh
# Expected: dkimpy's default signature covers both headers that RFC 8058, section 4, requires to be signed.
# Seen: it covers List-Unsubscribe and leaves List-Unsubscribe-Post out, so one-click is not available to a
# receiver that follows the RFC, unless the sender names the headers itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    dkimpy==1.1.8 dnspython==2.9.2 cryptography==45.0.7
"$folder/venv/bin/python" - <<'PYTHON'
import re
import sys
from importlib.metadata import version

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

key = rsa.generate_private_key(65537, 2048).private_bytes(
    Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
)
mail = (
    b"From: news@shop.example\r\nTo: anna@home.example\r\nSubject: Offers\r\n"
    b"List-Unsubscribe: <https://shop.example/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nHello\r\n"
)
signature = re.sub(rb"\s", b"", dkim.sign(mail, b"s1", b"shop.example", key)).lower()
signed = re.search(rb"[;:]h=([^;]+)", signature)[1].decode().split(":")
seen = ["list-unsubscribe" in signed, "list-unsubscribe-post" in signed]
print(f"dkimpy {version('dkimpy')}, default headers: List-Unsubscribe signed {seen[0]}, List-Unsubscribe-Post {seen[1]}")
sys.exit(seen != [True, False])
PYTHON
