"""What a password costs: its real price at the service's own address, next to nothing in a world."""

from __future__ import annotations

import re

import requests

from .conftest import PERSON, Api, start


def costs(api: Api) -> set[str]:
    api("POST", "/v1/sony-accounts", 202, json=PERSON)
    found = re.findall(rb"\$argon2id\$v=19\$(m=\d+,t=\d+,p=\d+)\$", b"".join(api.bytes_by_place().values()))
    return {cost.decode() for cost in found}


def test_only_worlds_hash_passwords_cheaply() -> None:
    process = start()
    try:
        with requests.Session() as session:
            root = Api(process.url, session)
            world = root("POST", "/assurance/v1/worlds", 201, json={"now": "2025-03-01T10:00:00Z"}).json()
            assert costs(Api(world["base_url"], session)) == {"m=8,t=1,p=1"}
            assert costs(root) == {"m=7168,t=5,p=1"}
    finally:
        assert process.stop() == 0
