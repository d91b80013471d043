"""What users see first: a person registers, consents, leaves, and is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import Api, Outside

EMAIL_MARKETING = "sony-europe-bv/email-marketing"


def test_from_registration_to_the_purge(world: Api, outside: Outside) -> None:
    account = world.open_account(outside)
    assert outside.mails[0]["Auto-Submitted"] == "auto-generated"
    assert outside.arrivals == []
    consent = world.consent()
    assert consent["given"]
    world.settle()
    share = outside.at(EMAIL_MARKETING)[0]
    assert share["kind"] == "share"
    assert share["subject"]["display_name"] == "Femke Quillwater"
    assert share["basis"]["given_at"] == "2026-03-10T12:00:00Z"
    before = world.bytes_by_place()
    for place in ("database", "journal", "outbox"):
        assert b"Femke.Quillwater@example.org" in before[place], place
    assert account["account_id"].encode() in before["log"]

    receipt = world("POST", "/v1/shes-account/deletion", 202, json={"reason": "I have had enough"}).json()
    assert receipt["purge_due_at"] == "2026-09-10T12:00:00Z"
    world("GET", "/v1/shes-account", 401)
    rest = world.settle()
    assert rest["next_due_at"] == receipt["purge_due_at"]
    assert [body["kind"] for body in outside.at(EMAIL_MARKETING)] == ["share", "withdraw"]
    assert outside.at(EMAIL_MARKETING)[1]["subject"] == {"subject_id": share["subject"]["subject_id"]}

    world.move("2026-09-10T11:59:59Z")
    assert b"Femke" in world.bytes_by_place()["database"]
    world.move("2026-09-10T12:00:00Z")
    world("GET", f"/v1/deletion-receipts/{receipt['receipt_id']}", 404)
    after = world.bytes_by_place()
    canaries = ["femke", "quillwater", "had enough", "1012 ab", "1990-05-17", account["account_id"]]
    canaries += [receipt["receipt_id"], share["subject"]["subject_id"]]
    for place, content in after.items():
        for canary in canaries:
            assert canary.encode() not in content.lower(), (place, canary)
    assert after["journal"] == b""
    assert [entry["subject_id"] for entry in world.disclosures()] == [None, None]
    world.open_account(outside)
