"""The service as a process: starting, stopping, dying, many worlds at once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import requests

from reference_impl.commands import serve_argv

from .conftest import PERSON, Api, Arrival, Outside, Process, start

COMPANY = "sony-europe-bv/email-marketing"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to(number: signal.Signals, tmp_path: Path) -> None:
    process = start("--data-dir", str(tmp_path))
    requests.get(process.url + "/.well-known/shes-assurance", timeout=10)
    process.process.send_signal(number)
    assert process.process.wait(10) == 0
    process.stop()
    assert (tmp_path / "shes.db").exists()
    assert not (tmp_path / "shes.db-wal").exists()


def test_it_ends_with_the_process_that_started_it() -> None:
    process = start()
    assert process.stop() == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(process.url, timeout=10)


def test_it_can_be_started_by_its_argv() -> None:
    process = subprocess.Popen(serve_argv(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    assert b'"url"' in process.stdout.readline()
    process.stdin.close()
    process.stdout.close()
    assert process.wait(10) == 0


def test_a_port_in_use_is_a_plain_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "reference_impl", "serve", "--port", str(taken.getsockname()[1])]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 2
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_that_cannot_be_used_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [
        sys.executable,
        "-m",
        "reference_impl",
        "serve",
        "--port",
        "0",
        "--data-dir",
        str(tmp_path / "file" / "x"),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_the_page_of_the_api_needs_nobody_else(reference: Process) -> None:
    page = requests.get(reference.url + "/docs", timeout=10)
    assert page.status_code == 200
    assert "https://" not in page.text
    for asset in ("/openapi.json", "/static-offline-docs/swagger-ui-bundle.js"):
        assert requests.get(reference.url + asset, timeout=10).status_code == 200
    assert "/v1/shes-account/consents/{purpose}" in requests.get(reference.url + "/openapi.json", timeout=10).text


def test_without_the_assurance_api_there_is_none(tmp_path: Path) -> None:
    process = start("--no-assurance")
    about = requests.get(process.url + "/.well-known/shes-assurance", timeout=10).json()
    assert about["capabilities"] == []
    assert requests.get(process.url + "/assurance/v1/clock", timeout=10).status_code == 404
    assert requests.post(process.url + "/inbound-mail", timeout=10).status_code == 404
    process.stop()


def test_an_agreed_token_is_asked_for() -> None:
    process = start("--assurance-token", "agreed")
    clock = process.url + "/assurance/v1/clock"
    assert requests.get(clock, timeout=10).status_code == 401
    assert requests.get(clock, headers={"Authorization": "Bearer agreed"}, timeout=10).status_code == 200
    process.stop()


def test_other_methods_are_told_which_there_are(reference: Process) -> None:
    answer = requests.request("TRACE", reference.url + "/v1/shes-account", timeout=10)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, PATCH, POST"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_killed_between_sending_and_noting_it_sends_again_under_the_same_key(outside: Outside, data_dir: Path) -> None:
    keys = []
    process = start("--data-dir", str(data_dir))

    def kill(arrival: Arrival) -> int:
        keys.append(arrival.key)
        if len(keys) == 1:
            os.kill(process.process.pid, signal.SIGKILL)
        return 202

    with requests.Session() as session:
        root = Api(process.url, session)
        wiring = outside.wiring(root("GET", "/.well-known/shes-assurance", 200).json()["recipients"])
        root("PUT", "/assurance/v1/wiring", 204, json=wiring)
        root.open_account(outside)
        outside.status = kill
        root.consent()
        process.process.wait(10)
        process.stop()
        again = start("--data-dir", str(data_dir))
        root = Api(again.url, session)
        assert len(keys) == 1
        root("PUT", "/assurance/v1/wiring", 204, json=wiring)
        root.settle()
        assert [entry["state"] for entry in root.disclosures()] == ["delivered"]
        root.sign_in()
        assert root("GET", "/v1/shes-account", 200).json()["display_name"] == "Femke Quillwater"
    assert keys == [keys[0]] * 2
    assert again.stop() == 0


def test_a_withdrawal_is_answered_only_when_no_share_is_on_its_way(world: Api, outside: Outside) -> None:
    world.open_account(outside)
    arriving, let_go = Event(), Event()
    order = []

    def slow(arrival: Arrival) -> int:
        if arrival.body["kind"] == "share":
            arriving.set()
            let_go.wait(10)
            order.append("share accepted")
        return 202

    outside.status = slow
    world.consent()
    assert arriving.wait(10)
    with ThreadPoolExecutor(1) as pool:

        def withdraw() -> None:
            headers = {"Authorization": f"Bearer {world.token}"}
            requests.delete(f"{world.url}/v1/shes-account/consents/email-marketing", headers=headers, timeout=20)
            order.append("withdrawal answered")

        withdrawal = pool.submit(withdraw)
        time.sleep(0.3)  # long enough for an answer that does not wait to come too early
        let_go.set()
        withdrawal.result(20)
    assert order == ["share accepted", "withdrawal answered"]
    world.settle()
    assert [body["kind"] for body in outside.at(COMPANY)] == ["share", "withdraw"]


def test_what_is_on_its_way_is_not_at_rest(world: Api, outside: Outside) -> None:
    world.open_account(outside)
    let_go = Event()
    outside.status = lambda _: 202 if let_go.wait(10) else 503
    world.consent()
    answer = world("POST", "/assurance/v1/settle", 200, json={"timeout_seconds": 0.2}).json()
    assert answer["settled"] is False
    assert any("sony-europe-bv" in entry for entry in answer["pending"])
    assert PERSON["email"] not in str(answer)
    let_go.set()
    world.settle()


def test_a_hundred_worlds_at_once_and_nothing_left_behind(reference: Process) -> None:
    def handles() -> int:
        return len(list(Path(f"/proc/{reference.process.pid}/fd").iterdir()))

    with requests.Session() as session:
        root = Api(reference.url, session)
        before = handles()
        opened = []
        for _ in range(100):
            order = {"now": "2026-03-10T12:00:00Z"}
            opened.append(root("POST", "/assurance/v1/worlds", 201, json=order).json())
        for world in opened:
            assert Api(world["base_url"], session).settle()["next_due_at"] is None
        for world in opened:
            root("DELETE", f"/assurance/v1/worlds/{world['world_id']}", 204)
            root("DELETE", f"/assurance/v1/worlds/{world['world_id']}", 404)
        assert handles() <= before + 5
