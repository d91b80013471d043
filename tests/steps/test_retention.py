"""What the sights on ledgers, receipts and new accounts see, where no service of the reference breaks just that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.evidence.recorder import Recorder
from harness.people.canaries import Canaries
from harness.stage import Actor, Storage
from harness.target.world import StoredPart
from harness.vocabulary import Answers
from harness.vocabulary.nouns import NOUNS
from steps.consent_record import RenewedConsents
from steps.deletion import new_account_shows_nothing_old, receipt_states
from steps.holds import ledger_identifies
from steps.retention import declares_periods, identifies_nobody
from steps.storage import LedgersThatShowed, ledgers_show
from steps.traces import KINDS


def answer(status: int = 200, operation: str = "", /, **body: Any) -> Any:
    return SimpleNamespace(
        status=status,
        ok=status < 300,
        operation=operation,
        exchange="exchange",
        text=str(body),
        json=lambda: body,
        field=body.__getitem__,
    )


def femke(**parts: Any) -> Actor:
    canaries = Canaries("Femke")
    canaries.made_up("name", "Femke Appelboom")
    canaries.assigned("account id", "account-number-one")
    return cast(
        "Actor",
        SimpleNamespace(
            label="Femke", canaries=canaries, email="f@one.example", client=SimpleNamespace(token="token"), **parts
        ),
    )


def service(*entries: dict[str, Any], lifetime: Callable[[str], timedelta | None] = lambda _: None) -> Any:
    return SimpleNamespace(
        world=SimpleNamespace(records=lambda _: (answer(), list(entries)), storage=tuple, trace_id="trace"),
        description=SimpleNamespace(capabilities=frozenset(), lifetime=lifetime),
    )


def test_the_hold_ledger_identifies_nobody_where_it_still_has_entries() -> None:
    assert [one.holds for one in ledger_identifies(service({"account_id": "account-number-one"}), femke())] == [
        False,
        True,
    ]
    assert not any(one.holds for one in ledger_identifies(service({"account_id": None}), femke()))
    assert next(iter(ledger_identifies(service(), femke()))).holds  # an empty ledger


def test_the_disposal_ledger_identifies_nobody() -> None:
    cast_of: Any = SimpleNamespace(everyone=(femke(),))

    nobody = identifies_nobody(service({"items": 1}), cast_of)
    assert (nobody.holds, nobody.control) == (False, True)
    assert identifies_nobody(service({"items": 1, "whose": "account-number-one"}), cast_of).holds
    assert not identifies_nobody(service(), cast_of).control


def test_ledgers_that_never_showed_a_person_prove_nothing() -> None:
    recipients: Any = SimpleNamespace(arrivals=lambda **_: [])
    target, showed = service(), LedgersThatShowed()
    target.world.base_url = "http://target"
    denied = {one.claim: one for one in ledgers_show(target, recipients, showed, femke(), denied=True)}
    consents = denied["the ledger of consents no longer shows Femke"]
    assert (consents.holds, consents.control) == (False, False)
    assert denied["the ledger of enquiries no longer shows Femke"].control

    target = service({"account_id": "account-number-one"})
    target.world.base_url = "http://target"
    assert all(one.holds for one in ledgers_show(target, recipients, showed, femke(), denied=False))
    assert showed == {("consents", "Femke"), ("disclosures", "Femke")}


@pytest.mark.parametrize(("declared", "holds"), [(True, True), (False, False)])
def test_a_period_is_declared_for_every_kind_that_storage_shows(declared: bool, holds: bool) -> None:
    person = femke(session=SimpleNamespace(tokens=["token"]))
    person.canaries.assigned("code", "123456789")
    parts = (StoredPart("db", "database", "Database", "db", b"123456789"),)
    code = KINDS["verification codes"].name
    target = service(lifetime=lambda kind: timedelta(days=1) if declared or kind != code else None)
    target.world.storage = lambda: parts
    evidence = Recorder()

    seen = declares_periods(
        target, cast("Any", SimpleNamespace(everyone=(person,))), Storage(target, evidence), evidence
    )

    assert seen.holds is holds
    assert declared or "verification codes (shown by db)" in seen.detail


def stated(phrase: str, **receipt: Any) -> list[bool]:
    looked_up = answer(**receipt) if receipt else answer(404)
    person = femke(account=SimpleNamespace(read_receipt=lambda: looked_up, receipt=receipt))
    stage: Any = SimpleNamespace(
        evidence=Recorder(), service=SimpleNamespace(description=SimpleNamespace(retention_zone="UTC"))
    )
    return [one.holds for one in receipt_states(person, NOUNS["receipt_entry"].meaning(stage, phrase))]


def test_what_a_receipt_states() -> None:
    assert stated("that the purge is complete", status="purged") == [True]
    assert stated("that the purge is complete") == [True]
    assert stated("that the purge is complete", status="held") == [False]
    assert stated("a hold until 1 June 2027", status="held", held_until="2027-06-01T12:00:00Z") == [True]
    assert stated("a hold until 1 June 2027", status="purged", held_until="2027-06-01T12:00:00Z") == [False]
    assert stated("a hold until 1 June 2027", status="held", held_until="2027-06-02T12:00:00Z") == [False]
    assert stated("a purge by 1 June 2027", purge_due_at="2027-06-01T12:00:00Z") == [True, True]
    assert stated("a purge by 1 June 2027", purge_due_at="2027-06-01T12:02:00Z") == [False, False]


def came_back(
    *, shown: str = "", given: bool = False, created: int = 201, signed_in: int = 200, display_name: str = "Peer"
) -> list[bool]:
    person = femke(
        session=SimpleNamespace(sign_in=lambda: answer(signed_in)),
        sony=SimpleNamespace(read=lambda: answer(note=shown)),
        account=SimpleNamespace(read=lambda: answer(account_id="account-number-two", display_name=display_name)),
        consents=SimpleNamespace(read=lambda: answer(consents=[{"purpose": "email-marketing", "given": given}])),
    )
    person.details = SimpleNamespace(display_name="Peer")  # type: ignore[assignment]
    person.canaries.assigned("account id", "account-number-two")
    answers = Answers({"Femke": answer(created, "createShesAccount")})
    return [one.holds for one in new_account_shows_nothing_old(answers, RenewedConsents(), Recorder(), person)]


def test_a_new_account_shows_nothing_of_the_old_one() -> None:
    assert came_back() == [True, True, True]
    assert came_back(shown="Femke Appelboom") == [True, False, True]
    assert came_back(given=True) == [True, False, True]
    assert came_back(signed_in=401) == [False, True, True]
    assert came_back(display_name="Bram") == [True, True, False]
    assert came_back(created=409, signed_in=401) == [True]
    assert came_back(created=409) == [False]
