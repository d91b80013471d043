"""What the sights on the consent record see, where no service of the reference breaks just that promise."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from harness.errors import HarnessError
from steps.consent import has_consent
from steps.consent_record import Diary, every_share_rests_on_a_consent, record_has_entries

MARKETING = "email-marketing"
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


def answer(body: dict[str, Any], status: int = 200) -> Any:
    return SimpleNamespace(
        status=status, ok=status == 200, exchange="exchange", json=lambda: body, field=lambda name: body[name]
    )


def person(name: str) -> Any:
    return SimpleNamespace(
        label=name, person=SimpleNamespace(canaries=SimpleNamespace(values=lambda _kind: [name.lower()]))
    )


def entry(name: str, given_at: str, withdrawn_at: str | None = None) -> dict[str, Any]:
    return {
        "account_id": name.lower(),
        "purpose": MARKETING,
        "text_version": "1",
        "language": "en",
        "given_at": given_at,
        "withdrawn_at": withdrawn_at,
    }


FEMKE, BRAM = person("Femke"), person("Bram")
CAST: Any = SimpleNamespace(everyone=(FEMKE, BRAM))


def service(*entries: dict[str, Any]) -> Any:
    return SimpleNamespace(world=SimpleNamespace(records=lambda _name: (answer({}), list(entries))))


def diary(*people: Any) -> Diary:
    found = Diary()
    for one in people:
        found.gave(one, MARKETING, {"version": "1", "language": "en"}, NOON)
    return found


class TestAnEmptyRecord:
    @pytest.mark.parametrize(
        ("shown", "holds"),
        [
            (["Bram"], [False, False]),
            (["Femke", "Bram"], [False, True]),
            ([], [True, False]),  # it shows nothing of what Bram consented to
        ],
    )
    def test_shows_nobody_but_those_who_consented(self, shown: list[str], holds: list[bool]) -> None:
        entries = [entry(name, "2026-03-16T12:00:00Z") for name in shown]

        seen = list(record_has_entries(service(*entries), CAST, diary(BRAM), FEMKE))

        assert [one.holds for one in seen] == holds
        assert seen[-1].control

    def test_proves_nothing_where_nobody_consented(self) -> None:
        (seen,) = record_has_entries(service(), CAST, diary(), FEMKE)

        assert not seen.control


class TestEveryShareRestsOnAConsent:
    @staticmethod
    def recipients(*sent_at: str) -> Any:
        shares = [SimpleNamespace(recipient="sony-europe-bv", json={"sent_at": one}) for one in sent_at]
        return SimpleNamespace(
            arrivals=lambda *, about, **_more: shares if about is FEMKE else [], keep=lambda _arrivals: []
        )

    @pytest.mark.parametrize(
        ("sent_at", "holds"),
        [
            ("2026-03-16T11:59:59Z", False),  # before it was given
            ("2026-03-16T12:00:00Z", True),
            ("2026-03-16T13:00:00Z", True),
            ("2026-03-16T13:00:01Z", False),  # after it was withdrawn
        ],
    )
    def test_that_was_in_force(self, sent_at: str, holds: bool) -> None:
        given = entry("Femke", "2026-03-16T12:00:00Z", "2026-03-16T13:00:00Z")

        seen = every_share_rests_on_a_consent(service(given), CAST, self.recipients(sent_at), MARKETING)

        assert seen.holds is holds

    def test_of_that_person(self) -> None:
        given = entry("Bram", "2026-03-16T12:00:00Z")

        seen = every_share_rests_on_a_consent(service(given), CAST, self.recipients("2026-03-16T12:00:00Z"), MARKETING)

        assert not seen.holds

    def test_proves_nothing_where_nothing_was_shared(self) -> None:
        with pytest.raises(HarnessError):
            every_share_rests_on_a_consent(service(), CAST, self.recipients(), MARKETING)


class TestNoConsentInForce:
    @staticmethod
    def reader(consents: Any, account: Any) -> Any:
        return SimpleNamespace(
            label="Femke",
            consents=SimpleNamespace(read=lambda: consents),
            account=SimpleNamespace(read=lambda: account),
        )

    @pytest.mark.parametrize("given", [True, False])
    def test_is_what_the_account_shows(self, given: bool) -> None:
        consents = answer({"consents": [{"purpose": MARKETING, "given": given}]})

        assert has_consent(self.reader(consents, answer({}))).holds is given

    def test_is_not_asked_of_a_closed_account(self) -> None:
        closed = answer({}, 401)

        assert not has_consent(self.reader(closed, closed)).holds

    def test_must_be_shown_by_an_open_account(self) -> None:
        with pytest.raises(HarnessError):
            has_consent(self.reader(answer({}, 401), answer({})))
