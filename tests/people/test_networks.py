"""A person's network addresses are found in every usual spelling, and those of others are not."""

import hashlib
import json
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest

from harness.people import PeopleFactory, find_traces

PEOPLE = PeopleFactory("networks")
FEMKE, BRAM = PEOPLE.person("Femke", "NL"), PEOPLE.person("Bram", "NL")

V4: dict[str, Callable[[str], str]] = {
    "whole": str,
    "with a port": lambda v: f"{v}:51234",
    "mapped": lambda v: f"[::ffff:{v}]:443",
    "mapped, hexadecimal": lambda v: f"::ffff:{int(IPv4Address(v)) >> 16:x}:{int(IPv4Address(v)) & 0xFFFF:x}",
    "mapped, in full": lambda v: IPv6Address(f"::ffff:{v}").exploded,
    "cut": lambda v: str(ip_network(f"{v}/24", strict=False)),
    "cut, zero": lambda v: v.rpartition(".")[0] + ".0",
    "cut, star": lambda v: v.rpartition(".")[0] + ".x",
    "number": lambda v: str(int(IPv4Address(v))),
    "reverse": lambda v: IPv4Address(v).reverse_pointer,
    "reverse, cut": lambda v: IPv4Address(v).reverse_pointer.partition(".")[2],
    "hash": lambda v: hashlib.sha256(v.encode()).hexdigest(),
    "in JSON": lambda v: json.dumps({"ip": f"{v}, 10.0.0.1"}),
}
V6: dict[str, Callable[[str], str]] = {
    "whole": str,
    "capitals": str.upper,
    "in full": lambda v: IPv6Address(v).exploded,
    "in full, capitals": lambda v: IPv6Address(v).exploded.upper(),
    "in brackets with a port": lambda v: f"[{v}]:443",
    "with a zone": lambda v: f"{v}%eth0",
    "/64": lambda v: str(ip_network(f"{v}/64", strict=False)),
    "/48": lambda v: str(ip_network(f"{v}/48", strict=False)),
    "/64 in full": lambda v: ip_network(f"{v}/64", strict=False).exploded,
    "/48 in full": lambda v: ip_network(f"{v}/48", strict=False).exploded,
    "hexadecimal": lambda v: IPv6Address(v).packed.hex(),
    "reverse": lambda v: IPv6Address(v).reverse_pointer,
    "hash": lambda v: hashlib.sha256(v.encode()).hexdigest(),
    "hash in full": lambda v: hashlib.sha256(IPv6Address(v).exploded.encode()).hexdigest(),
}


@pytest.mark.parametrize("spelling", V4)
def test_ipv4_is_found(spelling: str) -> None:
    spelled = V4[spelling](FEMKE.ipv4).encode()
    assert {trace.kind for trace in find_traces(b"at=" + spelled + b";", FEMKE.canaries)} == {"network address"}
    assert find_traces(b"at=" + spelled + b";", BRAM.canaries) == []


@pytest.mark.parametrize("spelling", V6)
def test_ipv6_is_found(spelling: str) -> None:
    spelled = V6[spelling](FEMKE.ipv6).encode()
    assert {trace.kind for trace in find_traces(b"at=" + spelled + b";", FEMKE.canaries)} == {"network address"}
    assert find_traces(b"at=" + spelled + b";", BRAM.canaries) == []


def test_ipv6_is_found_as_bytes() -> None:
    assert find_traces(b"\x01" + IPv6Address(FEMKE.ipv6).packed + b"\x02", FEMKE.canaries)


def test_everybody_has_a_network_and_a_browser_of_their_own() -> None:
    factory = PeopleFactory("many")
    people = [factory.person(f"P{number}", "NL") for number in range(60)]
    assert len({ip_network(f"{one.ipv4}/24", strict=False) for one in people}) == 60
    assert len({ip_network(f"{one.ipv6}/48", strict=False) for one in people}) == 60
    assert len({one.user_agent for one in people}) == 60
    for one in people[:5]:
        assert {"user_agent"} == {trace.kind for trace in find_traces(one.user_agent.encode(), one.canaries)}
