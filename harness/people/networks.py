"""Network addresses in stored bytes: whole, cut to the network, written in full, with a port, within one another."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address


def network_address(value: str) -> IPv4Address | IPv6Address | None:
    """A value as a network address, or None where it is none."""
    if "." not in value and ":" not in value:
        return None
    try:
        return ip_address(value)
    except ValueError:
        return None


def texts(address: IPv4Address | IPv6Address) -> Iterator[str]:
    """Every text that shows the address or its network: a /24, or a /48 and with it a /64.

    What begins with the network is found by that: the address itself, in brackets, with a port, mapped to IPv6.
    """
    if isinstance(address, IPv4Address):
        first = str(address).rpartition(".")[0]
        mapped = IPv6Address(f"::ffff:{address}")
        yield f"{first}."
        yield ".".join(f"{int(part):03}" for part in first.split("."))
        # The last byte is half of the last group.
        yield mapped.exploded[-9:-2]
        yield f"ffff:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"
        yield str(int(address))
    else:
        groups = address.exploded.split(":")[:3]
        yield ":".join([f"{int(group, 16):x}" for group in groups]) + ":"
        yield ":".join(groups)
        yield "".join(groups)
    yield ".".join(address.reverse_pointer.split(".")[-2 - (3 if isinstance(address, IPv4Address) else 12) :])


def packed(address: IPv4Address | IPv6Address) -> bytes:
    """The bytes of the network; none of one that is too short to be anybody's alone."""
    return address.packed[:6] if isinstance(address, IPv6Address) else b""
