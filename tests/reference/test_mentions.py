"""Addresses in the words of people."""

from __future__ import annotations

import time

import pytest

from reference_impl.domain.mentions import mentions


@pytest.mark.parametrize(
    ("text", "named", "blanked"),
    [
        ("Mijn kind: sam@example.org.", ["sam@example.org"], "Mijn kind: [address]."),
        ("sam@example.org's account", ["sam@example.org"], "[address]'s account"),
        ("<mailto:SAM@example.org>", ["SAM@example.org"], "<mailto:[address]>"),
        ("(sam+school@mail.example.org,kim@example.org)", ["sam+school@mail.example.org", "kim@example.org"], None),
        ("« éva@bücher.example »", ["éva@bücher.example"], "« [address] »"),
        ("'sam@example.org'", ["'sam@example.org", "sam@example.org"], "'[address]'"),
        ("son adresse:sam@example.org!", ["sam@example.org"], None),
        ("émsam@example.org", ["émsam@example.org"], None),
        ("nobody @ all, @handle, home@", [], "nobody @ all, @handle, home@"),
        ("", [], ""),
    ],
)
def test_addresses_are_found_as_they_are_written(text: str, named: list[str], blanked: str | None) -> None:
    found = mentions(text)

    assert list(found.addresses) == named
    assert blanked is None or found.blanked == blanked


@pytest.mark.parametrize(
    "text",
    [
        "アドレスはsam@example.orgです。",
        "用sam@example.org注册",
        "아이는 sam@example.org입니다",
        "наsam@example.orgи",
    ],
)
def test_letters_of_another_script_are_no_part_of_an_address(text: str) -> None:
    found = mentions(text)

    assert "sam@example.org" in found.addresses
    assert found.blanked == text.replace("sam@example.org", "[address]")


def test_long_texts_are_gone_through_once() -> None:
    text = "x" * 1_000_000 + " sam@example.org"
    started = time.perf_counter()

    assert mentions(text).addresses == ("sam@example.org",)
    assert time.perf_counter() - started < 2
