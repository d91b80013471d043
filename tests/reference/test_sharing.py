"""Who gets to know what about a person, when, and on what ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .conftest import Api, Arrival, OpenWorld, Outside

COMPANY = "sony-europe-bv/email-marketing"
VENDORS = ("harbour-reach-media/advertising", "lantern-audience/advertising")
GPC = {"Sec-GPC": "1"}


def kinds(outside: Outside, endpoint: str = COMPANY) -> list[str]:
    return [body["kind"] for body in outside.at(endpoint)]


def down(_: Arrival) -> int:
    return 503


def up(_: Arrival) -> int:
    return 202


class TestConsent:
    def test_given_withdrawn_given_again(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        for _ in range(2):
            world.consent()
            world.settle()
            world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
            world.settle()
        assert kinds(outside) == ["share", "withdraw", "share", "withdraw"]
        assert len({body["delivery_id"] for body in outside.at(COMPANY)}) == 4
        assert len({body["subject"]["subject_id"] for body in outside.at(COMPANY)}) == 1
        entries = world("GET", "/assurance/v1/records/consents", 200).json()["entries"]
        assert [entry["withdrawn_by"] for entry in entries] == ["account", "account"]
        arrived = {arrival.body["delivery_id"] for arrival in outside.arrivals}
        assert {entry["delivery_id"] for entry in world.disclosures() if entry["state"] == "delivered"} == arrived

    def test_one_consent_brings_no_other(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent("personalisation")
        world.settle()
        given = {c["purpose"]: c["given"] for c in world("GET", "/v1/shes-account/consents", 200).json()["consents"]}
        assert given == {"email-marketing": False, "personalisation": True, "profiling": False}
        assert outside.arrivals == []

    def test_saying_it_twice_shares_once(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.consent()
        world.settle()
        assert kinds(outside) == ["share"]

    def test_a_text_that_never_was(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        body = {"text_version": "1999-01", "language": "en"}
        answer = world("PUT", "/v1/shes-account/consents/email-marketing", 409, json=body)
        assert answer.json()["type"] == "urn:shes:problem:text-version-unknown"

    def test_changes_are_shared_while_it_runs(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        for _ in range(2):
            world("PATCH", "/v1/shes-account", 200, json={"display_name": "F. Quillwater"})
            world.settle()
        names = [body["subject"]["display_name"] for body in outside.at(COMPANY)]
        assert names == ["Femke Quillwater", "F. Quillwater"]

    def test_a_move_changes_the_company(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        world("PATCH", "/v1/shes-account", 200, json={"country": "JP", "postal_code": "100-0001"})
        world.settle()
        assert kinds(outside) == ["share", "withdraw"]
        assert kinds(outside, "sony-marketing-japan/email-marketing") == ["share"]

    def test_the_age_gate_holds_at_a_move_too(self, open_world: OpenWorld, outside: Outside) -> None:
        world = open_world()
        world.register(outside, country="CN", date_of_birth="2011-05-05", language="zh")
        world.sign_in()
        world.create("CN", "100000")
        answer = world("PATCH", "/v1/shes-account", 403, json={"country": "NL"})
        assert answer.json()["type"] == "urn:shes:problem:age-below-threshold"
        assert world("GET", "/v1/shes-account", 200).json()["country"] == "CN"


class TestUnsubscribe:
    def test_a_visit_changes_nothing_and_one_click_ends_it(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        link = outside.at(COMPANY)[0]["unsubscribe_url"].removeprefix(world.url)
        world.token = None
        for method in ("GET", "HEAD"):
            world(method, link, 200)
        world("POST", link, (400, 422), data={"List-Unsubscribe": "No"})
        world.settle()
        assert kinds(outside) == ["share"]
        for _ in range(2):
            world("POST", link, 200, data={"List-Unsubscribe": "One-Click"})
        world.settle()
        assert kinds(outside) == ["share", "withdraw"]
        entry = world("GET", "/assurance/v1/records/consents", 200).json()["entries"][0]
        assert entry["withdrawn_by"] == "one-click"
        world("POST", "/v1/unsubscribe/made-up", 404, data={"List-Unsubscribe": "One-Click"})

    def test_after_deletion_it_is_fine_and_changes_nothing(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        link = outside.at(COMPANY)[0]["unsubscribe_url"].removeprefix(world.url)
        world("POST", "/v1/shes-account/deletion", 202, json={})
        world("POST", link, 200, data={"List-Unsubscribe": "One-Click"})
        world.settle()
        assert kinds(outside) == ["share", "withdraw"]
        entry = world("GET", "/assurance/v1/records/consents", 200).json()["entries"][0]
        assert entry["withdrawn_by"] == "deletion"


class TestDown:
    def test_a_share_is_retried_under_one_key(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        keys = []
        outside.status = lambda arrival: (keys.append(arrival.key), 503)[1]  # type: ignore[func-returns-value]
        world.consent()
        first = world.settle()["next_due_at"]
        assert "2026-03-10T12:00:00Z" < first <= "2026-03-10T12:01:00Z"
        world.move("2026-03-10T13:00:00Z")
        outside.status = up
        world.move("2026-03-10T14:00:00Z")
        assert kinds(outside) == ["share"]
        assert set(keys) == {outside.arrivals[0].key}

    def test_a_share_not_delivered_before_the_end_of_consent_never_is(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        outside.status = down
        world.consent()
        world.settle()
        world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
        outside.status = up
        world.settle()
        world.move("2026-03-11T12:00:00Z")
        assert "share" not in kinds(outside)
        assert [e["state"] for e in world.disclosures() if e["kind"] == "share"] == ["cancelled"]

    def test_a_share_that_is_out_of_date_never_leaves(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        outside.status = down
        world.consent()
        world.settle()
        outside.status = up
        world("PATCH", "/v1/shes-account", 200, json={"display_name": "F. Quillwater"})
        world.settle()
        assert [body["subject"]["display_name"] for body in outside.at(COMPANY)] == ["F. Quillwater"]

    def test_news_does_not_wait_for_the_next_try_of_what_is_older(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        outside.status = down
        world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
        world.settle()
        outside.status = up
        world.consent()
        world.settle()
        assert kinds(outside) == ["share", "withdraw", "share"]

    def test_a_withdrawal_waits_for_the_company(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        outside.status = down
        world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
        world.settle()
        world.move("2026-03-16T12:00:00Z")
        assert kinds(outside) == ["share"]
        outside.status = up
        world.move("2026-03-16T13:00:00Z")
        assert kinds(outside) == ["share", "withdraw"]

    def test_nobody_listening_means_nothing_to_take_back(self, open_world: OpenWorld, outside: Outside) -> None:
        nobody = {"recipient": "sony-europe-bv", "purpose": "email-marketing", "url": "http://127.0.0.1:9/"}
        world = open_world(wiring={"mail": {"host": "127.0.0.1", "port": outside.smtp_port}, "endpoints": [nobody]})
        world.open_account(outside)
        world.consent()
        world.settle()
        world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
        world.settle()
        assert [entry["kind"] for entry in world.disclosures()] == ["share"]

    def test_a_refusal_is_final(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        outside.status = lambda _: 400
        world.consent()
        rest = world.settle()
        assert rest["next_due_at"] is None
        assert [entry["state"] for entry in world.disclosures()] == ["cancelled"]

    @pytest.mark.parametrize("status", [408, 425, 429])
    def test_what_is_temporary_is_not_final(self, world: Api, outside: Outside, status: int) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        outside.status = lambda _: status
        world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
        world.settle()
        outside.status = up
        world.move("2026-03-10T13:00:00Z")
        assert kinds(outside) == ["share", "withdraw"]

    @pytest.mark.parametrize(
        ("asked", "too_early", "in_time"),
        [
            ("7200", "2026-03-10T13:59:59Z", "2026-03-10T14:00:00Z"),
            ("99999999", "2026-03-11T11:59:59Z", "2026-03-11T12:00:00Z"),
        ],
    )
    def test_a_recipient_may_put_a_delivery_off_for_a_day_at_most(
        self, world: Api, outside: Outside, asked: str, too_early: str, in_time: str
    ) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        outside.status, outside.headers = (lambda _: 429), {"Retry-After": asked}
        world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
        assert world.settle()["next_due_at"] == in_time
        outside.status = up
        world.move(too_early)
        assert kinds(outside) == ["share"]
        world.move(in_time)
        assert kinds(outside) == ["share", "withdraw"]

    def test_what_has_no_endpoint_leaves_when_it_gets_one(self, open_world: OpenWorld, outside: Outside) -> None:
        mail = {"host": "127.0.0.1", "port": outside.smtp_port}
        world = open_world(wiring={"mail": mail})
        world.open_account(outside)
        world.consent()
        world.settle()
        assert [entry["state"] for entry in world.disclosures()] == ["held"]
        url = f"http://127.0.0.1:{outside.http_port}/{COMPANY}"
        endpoint = {"recipient": "sony-europe-bv", "purpose": "email-marketing", "url": url}
        world("PUT", "/assurance/v1/wiring", 204, json={"mail": mail, "endpoints": [endpoint]})
        world.settle()
        assert kinds(outside) == ["share"]


class TestOutOfTheEea:
    @staticmethod
    def register(**change: Any) -> dict[str, Any]:
        recipients = [{"id": "sony-europe-bv", "country": "JP"}]
        return {"recipients": recipients, "adequacy": [], "safeguards": [], **change}

    def test_held_until_there_is_a_ground(self, open_world: OpenWorld, outside: Outside) -> None:
        world = open_world(transfer_register=self.register())
        world.open_account(outside)
        world.consent()
        world.settle()
        assert outside.arrivals == []
        assert [entry["state"] for entry in world.disclosures()] == ["held"]
        clauses = {
            "recipient": "sony-europe-bv",
            "kind": "standard-contractual-clauses",
            "reference": "SCC 1",
            "valid_from": "2026-04-01T00:00:00Z",
        }
        world("PUT", "/assurance/v1/transfer-register", 204, json=self.register(safeguards=[clauses]))
        world.move("2026-03-31T23:59:59Z")
        assert outside.arrivals == []
        world.move("2026-04-01T00:00:00Z")
        assert kinds(outside) == ["share"]
        rests_on = {"kind": "standard-contractual-clauses", "reference": "SCC 1"}
        assert world.disclosures()[0]["safeguard"] == rests_on

    def test_a_ground_that_ends_while_the_company_is_down(self, open_world: OpenWorld, outside: Outside) -> None:
        decision = {
            "country": "JP",
            "reference": "D 1",
            "valid_from": "2020-01-01T00:00:00Z",
            "valid_until": "2026-03-10T13:00:00Z",
        }
        world = open_world(transfer_register=self.register(adequacy=[decision]))
        world.open_account(outside)
        outside.status = down
        world.consent()
        world.settle()
        outside.status = up
        world.move("2026-03-10T13:00:00Z")
        assert outside.arrivals == []
        world("DELETE", "/v1/shes-account/consents/email-marketing", 200)
        world.settle()
        assert kinds(outside) == ["withdraw"]

    def test_who_lives_elsewhere_needs_no_ground(self, open_world: OpenWorld, outside: Outside) -> None:
        world = open_world(transfer_register=self.register())
        world.open_account(outside, "IN", "110001")
        world.consent()
        world.settle()
        assert kinds(outside, "sony-india/email-marketing") == ["share"]
        assert world.disclosures()[0]["safeguard"] is None

    def test_a_recipient_nobody_knows(self, world: Api) -> None:
        body = self.register(recipients=[{"id": "nobody", "country": "JP"}])
        world("PUT", "/assurance/v1/transfer-register", 409, json=body)


class TestOptOut:
    def test_vendors_get_a_share_until_the_signal(self, world: Api, outside: Outside) -> None:
        world.open_account(outside, "US", "94105")
        for vendor in VENDORS:
            assert kinds(outside, vendor) == ["share"]
            assert outside.at(vendor)[0]["basis"] == {"kind": "not-opted-out"}
        world("GET", "/v1/shes-account", 200, headers=GPC)
        world("PATCH", "/v1/shes-account", 200, json={"display_name": "Another Name"})
        world.settle()
        for vendor in VENDORS:
            assert kinds(outside, vendor) == ["share", "withdraw"]
        choice = world("GET", "/v1/shes-account/privacy-choices", 200).json()["sale_and_sharing"]
        assert choice == {"opted_out": True, "source": "signal", "since": "2026-03-10T12:00:00Z"}

    @pytest.mark.parametrize("moment", ["sign-in", "before the account", "creation", "with a broken request"])
    def test_a_signal_that_comes_early_counts(self, world: Api, outside: Outside, moment: str) -> None:
        world.register(outside)
        world.sign_in(headers=GPC if moment == "sign-in" else {})
        if moment == "before the account":
            world("GET", "/v1/sony-account", 200, headers=GPC)
        if moment == "with a broken request":
            world("POST", "/v1/shes-account", 422, data=b"{", headers=GPC)
        world.create("US", "94105", headers=GPC if moment == "creation" else {})
        world.settle()
        assert outside.arrivals == []

    @pytest.mark.parametrize("value", ["0", "true", "11", "", "1,1"])
    def test_any_other_value_is_no_signal(self, world: Api, outside: Outside, value: str) -> None:
        world.open_account(outside, "US", "94105")
        world("GET", "/v1/shes-account", 200, headers={"Sec-GPC": value})
        world.settle()
        assert kinds(outside, VENDORS[0]) == ["share"]

    def test_residents_of_other_countries_are_not_shared(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        assert outside.arrivals == []
        assert world("GET", "/.well-known/gpc.json", 200).json()["gpc"] is True
