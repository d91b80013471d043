"""What is left of a person after the purge: nothing, in any place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import requests

from .conftest import PERSON, Api, Outside, Process, start

if TYPE_CHECKING:
    from .conftest import OpenWorld

REASON = "my reasons are my own"
FORGETFUL = """
from dataclasses import replace
from reference_impl.bootstrap import Parts
from reference_impl.commands import main
main(replace(Parts(), secure_delete=False))
"""


def leave(world: Api, outside: Outside) -> set[str]:
    """A person comes, consents and goes; what says who they were."""
    account = world.open_account(outside)
    world.consent()
    world.settle()
    receipt = world("POST", "/v1/shes-account/deletion", 202, json={"reason": REASON}).json()
    world.settle()
    subject = outside.at("sony-europe-bv/email-marketing")[-1]["subject"]["subject_id"]
    return {PERSON["email"], "Femke Quillwater", REASON, account["account_id"], receipt["receipt_id"], subject}


def places_with(world: Api, values: set[str]) -> dict[str, set[str]]:
    """By place, what of the values its bytes hold."""
    return {
        place: {value for value in values if value.lower().encode() in content.lower()}
        for place, content in world.bytes_by_place().items()
    }


def test_each_place_shows_the_person_before_and_none_after(world: Api, outside: Outside) -> None:
    values = leave(world, outside)
    before = places_with(world, values)
    assert all(before[place] for place in ("database", "journal", "log", "outbox")), before
    world.move("2026-09-10T12:00:00Z")
    assert not any(places_with(world, values).values())


def test_the_journal_keeps_its_bytes_until_the_purge(world: Api, outside: Outside) -> None:
    world.open_account(outside)
    for name in ("Second Name", "Third Name"):
        world("PATCH", "/v1/shes-account", 200, json={"display_name": name})
        world.settle()
    journal = world.bytes_by_place()["journal"]
    assert all(name in journal for name in (b"Femke Quillwater", b"Second Name", b"Third Name"))


def test_a_purge_spares_everybody_else(world: Api, outside: Outside) -> None:
    other = {"email": "bram.kestrelwood@example.org"}
    world.register(outside, **other)
    world.sign_in(**other)
    world.create(display_name="Bram Kestrelwood", **other)
    world.consent()
    values = leave(world, outside)
    subject = outside.at("sony-europe-bv/email-marketing")[0]["subject"]["subject_id"]
    world.move("2026-09-10T12:00:00Z")
    assert not any(places_with(world, values).values())
    world.sign_in(**other)
    assert world("GET", "/v1/shes-account", 200).json()["display_name"] == "Bram Kestrelwood"
    assert [entry["subject_id"] for entry in world.disclosures()] == [subject, None, None]


@pytest.fixture
def forgetful() -> Iterator[Process]:
    process = start(program=("-c", FORGETFUL))
    yield process
    assert process.stop() == 0


def test_the_search_finds_what_an_insecure_deletion_leaves(forgetful: Process, outside: Outside) -> None:
    with requests.Session() as session:
        root = Api(forgetful.url, session)
        wiring = outside.wiring(root("GET", "/.well-known/shes-assurance", 200).json()["recipients"])
        order = {"now": "2026-03-10T12:00:00Z", "wiring": wiring}
        world = Api(root("POST", "/assurance/v1/worlds", 201, json=order).json()["base_url"], session)
        values = leave(world, outside)
        world.move("2026-09-10T12:00:00Z")
        left = places_with(world, values)
    assert left["database"]
    assert not left["outbox"]


def test_the_log_of_a_day_is_deleted_thirty_days_after_it(world: Api) -> None:
    world("GET", "/v1/shes-account", 401)

    def days() -> list[str]:
        places = world("GET", "/assurance/v1/storage", 200).json()["places"]
        return [part["name"] for place in places if place["id"] == "log" for part in place["parts"]]

    world.move("2026-04-09T23:59:59Z")
    assert "2026-03-10.jsonl" in days()
    world.move("2026-04-10T01:00:00Z")
    assert "2026-03-10.jsonl" not in days()


def test_logs_name_the_request_and_not_the_person(world: Api, outside: Outside) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    world.open_account(outside)
    world(
        "GET",
        "/v1/sony-account?email=Femke.Quillwater@example.org",
        200,
        headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"},
    )
    log = world.bytes_by_place()["log"].decode()
    assert trace in log
    assert "Femke" not in log
    assert PERSON["date_of_birth"] not in log


class TestRefusedRegistration:
    @pytest.mark.parametrize("change", [{"date_of_birth": "2015-01-01"}, {"country": "ZZ"}, {"password": "short"}])
    def test_leaves_nothing(self, world: Api, outside: Outside, change: dict[str, str]) -> None:
        body = {**PERSON, **change, "shoe_size": "canary-undeclared"}
        answer = world("POST", "/v1/sony-accounts?q=canary-query", (403, 422), json=body)
        world.settle()
        assert outside.mails == []
        assert not any(places_with(world, {PERSON["email"], "canary"}).values())
        assert all(value not in answer.text for value in body.values())

    @pytest.mark.parametrize("member", sorted(PERSON))
    def test_no_member_can_be_missing(self, world: Api, member: str) -> None:
        world("POST", "/v1/sony-accounts", 422, json={k: v for k, v in PERSON.items() if k != member})
        assert not any(places_with(world, {PERSON["email"]}).values())

    def test_what_is_undeclared_is_not_kept(self, world: Api, outside: Outside) -> None:
        world("POST", "/v1/sony-accounts?q=canary-query", 202, json={**PERSON, "shoe_size": "canary-undeclared"})
        world.settle()
        found = places_with(world, {PERSON["email"], "canary"})
        assert found["database"] == {PERSON["email"]}
        assert not any("canary" in values for values in found.values())


class TestRights:
    def test_erasure_takes_effect_at_once(self, world: Api, outside: Outside) -> None:
        account = world.open_account(outside)
        world.consent()
        world.settle()
        request = self.submit(world, outside, "erasure")
        assert request["status"] in ("pending", "complete")
        world.settle()
        world("GET", "/v1/shes-account", 401)
        assert [b["kind"] for b in outside.at("sony-europe-bv/email-marketing")] == ["share", "withdraw"]
        values = {PERSON["email"], "Femke Quillwater", account["account_id"], request["request_id"]}
        assert not any(places_with(world, values).values())
        path = f"/v1/privacy-requests/{request['request_id']}"
        world("GET", path, (401, 404), token=request["request_token"])

    def test_erasure_works_on_a_closed_account(self, world: Api, outside: Outside) -> None:
        values = leave(world, outside)
        self.submit(world, outside, "erasure")
        world.settle()
        assert not any(places_with(world, values).values())

    def test_a_withdrawal_outlives_its_person_by_its_pseudonym_alone(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world.consent()
        world.settle()
        outside.status = lambda _: 503
        self.submit(world, outside, "erasure")
        world.settle()
        assert not any(places_with(world, {PERSON["email"], "Femke"}).values())
        outside.status = lambda _: 202
        world.move("2026-03-10T13:00:00Z")
        withdraw = outside.at("sony-europe-bv/email-marketing")[-1]
        assert withdraw["kind"] == "withdraw"
        assert not any(places_with(world, {withdraw["subject"]["subject_id"]}).values())
        assert [entry["state"] for entry in world.disclosures()] == ["delivered", "delivered"]

    def test_access_answers_with_everything_but_secrets(self, world: Api, outside: Outside) -> None:
        account = world.open_account(outside)
        world.consent()
        world.settle()
        request = self.submit(world, outside, "access")
        again = world("GET", f"/v1/privacy-requests/{request['request_id']}", 200, token=request["request_token"])
        for answer in (request["answer"]["data"], again.json()["answer"]["data"]):
            assert answer["sony_account"]["email"] == PERSON["email"]
            assert answer["shes_account"]["account_id"] == account["account_id"]
            assert answer["consents"][0]["purpose"] == "email-marketing"
            assert "argon2" not in str(answer)
        world("GET", f"/v1/privacy-requests/{request['request_id']}", 401, token="")
        world("GET", f"/v1/privacy-requests/{request['request_id']}", (401, 404), token="made-up")

    def test_an_unknown_address_gets_the_same_answer_and_no_mail(self, world: Api, outside: Outside) -> None:
        body = {"kind": "access", "email": "nobody@example.org"}
        request = world("POST", "/v1/privacy-requests", 202, json=body).json()
        world.settle()
        assert request["status"] == "identity-unverified"
        assert outside.mails == []
        world("POST", f"/v1/privacy-requests/{request['request_id']}/verification", 403, json={"code": "x"})

    @staticmethod
    def submit(world: Api, outside: Outside, kind: str) -> dict[str, str]:
        body = {"kind": kind, "email": PERSON["email"].upper()}
        request = world("POST", "/v1/privacy-requests", 202, json=body, token="").json()
        world.settle()
        code = {"code": outside.code("request-verification")}
        path = f"/v1/privacy-requests/{request['request_id']}/verification"
        answer: dict[str, str] = world("POST", path, (200, 202), json=code, token="").json()
        world("POST", path, 403, json=code, token="")
        return answer


class TestEnquiryAtAnAddressWithADeletedAccount:
    def ask(self, world: Api) -> None:
        body = {"email": PERSON["email"], "language": "nl", "subject": "My account", "text": "What is kept of me?"}
        world("POST", "/v1/enquiries", 202, json=body)

    def test_is_purged_with_it_even_if_the_answer_never_left(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world("POST", "/v1/shes-account/deletion", 202, json={})
        world.move("2026-09-10T09:00:00Z")
        deaf = {"host": "127.0.0.1", "port": outside.http_port}
        world("PUT", "/assurance/v1/wiring", (200, 204), json={**outside.wiring([]), "mail": deaf})
        self.ask(world)
        world.settle()
        assert any(places_with(world, {PERSON["email"]}).values())
        world.move("2026-09-11T12:00:00Z")
        assert not any(places_with(world, {PERSON["email"]}).values())

    def test_belongs_to_the_new_account_once_there_is_one(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        world("POST", "/v1/shes-account/deletion", 202, json={})
        account = world.open_account(outside)
        self.ask(world)
        entries = world("GET", "/assurance/v1/records/enquiries", 200).json()["entries"]
        assert [entry["account_id"] for entry in entries] == [account["account_id"]]


class TestSigningIn:
    def test_one_answer_for_everybody_who_may_not(self, world: Api, outside: Outside) -> None:
        credentials = {"email": PERSON["email"], "password": PERSON["password"]}
        answers = [world("POST", "/v1/sessions", 401, json=credentials).text]
        world("POST", "/v1/sony-accounts", 202, json=PERSON)
        answers.append(world("POST", "/v1/sessions", 401, json=credentials).text)
        world.settle()
        world("POST", "/v1/sony-accounts/verification", 204, json={"code": outside.code()})
        answers.append(world("POST", "/v1/sessions", 401, json={**credentials, "password": "wrong"}).text)
        world.sign_in(PERSON["email"].lower())
        world.create()
        world("POST", "/v1/shes-account/deletion", 202, json={})
        answers.append(world("POST", "/v1/sessions", 401, json=credentials).text)
        assert len(set(answers)) == 1

    def test_a_known_address_is_told_nothing(self, world: Api, outside: Outside) -> None:
        world.open_account(outside)
        mails = len(outside.mails)
        world("POST", "/v1/sony-accounts", 202, json={**PERSON, "password": "another password"})
        world.settle()
        assert len(outside.mails) == mails
        world.sign_in()

    def test_a_code_works_once_and_not_for_ever(self, world: Api, outside: Outside) -> None:
        world("POST", "/v1/sony-accounts", 202, json=PERSON)
        world.settle()
        code = {"code": outside.code()}
        world.move("2026-03-17T12:00:00Z")
        world("POST", "/v1/sony-accounts/verification", 403, json=code)
        world("POST", "/v1/sony-accounts", 202, json=PERSON)
        world.settle()
        code = {"code": outside.code()}
        world("POST", "/v1/sony-accounts/verification", 204, json=code)
        world("POST", "/v1/sony-accounts/verification", 403, json=code)


def test_worlds_do_not_notice_each_other(open_world: OpenWorld, outside: Outside) -> None:
    one, other = open_world(), open_world("2020-01-01T00:00:00Z")
    one.open_account(outside)
    one.move("2027-01-01T00:00:00Z")
    assert other("GET", "/assurance/v1/clock", 200).json()["now"] == "2020-01-01T00:00:00Z"
    other("POST", "/v1/sessions", 401, json={"email": PERSON["email"], "password": PERSON["password"]})
    assert not any(places_with(other, {PERSON["email"]}).values())
    one("PUT", "/assurance/v1/clock", 409, json={"now": "2026-12-31T23:59:59Z"})
