import gzip
import http.client
import json
import socket
import struct
import threading

import pytest
import requests
from urllib3.exceptions import NewConnectionError

from harness.world.behaviours import ANSWER_LOST, FAILURES, NO_ANSWER, NO_CONNECTION, NO_NAME, OUTAGES, SLOW, Behaviour
from harness.world.recipients import RecipientServer

DELIVERY = {
    "delivery_id": "d-1",
    "kind": "share",
    "purpose": "email-marketing",
    "subject": {"subject_id": "s-1", "email": "femke@mail.example.org"},
    "unsubscribe_url": "https://shes.example/u/1",
}


@pytest.fixture
def server():
    with RecipientServer() as recipients:
        yield recipients


def post(url: str, delivery: dict | None = None, key: str = "k-1", **arguments) -> requests.Response:
    return requests.post(
        url, json=DELIVERY if delivery is None else delivery, headers={"Idempotency-Key": key}, timeout=10, **arguments
    )


def test_what_arrives_is_recorded_as_it_came(server) -> None:
    answer = post(server.endpoint("w", "sony-europe", "email-marketing"))
    assert answer.status_code == 202
    (arrival,) = server.arrivals("w")
    assert (arrival.recipient, arrival.purpose, arrival.world_key) == ("sony-europe", "email-marketing", "w")
    assert (arrival.method, arrival.status, arrival.accepted, arrival.repeats) == ("POST", 202, True, None)
    assert json.loads(arrival.body) == arrival.json == DELIVERY
    assert arrival.headers["content-type"] == "application/json"
    assert (arrival.idempotency_key, arrival.delivery_id, arrival.kind) == ("k-1", "d-1", "share")
    assert (arrival.subject_id, arrival.unsubscribe_url) == ("s-1", "https://shes.example/u/1")
    assert arrival.subject["email"] == "femke@mail.example.org"


def test_each_recipient_purpose_and_world_has_an_address_of_its_own(server) -> None:
    places = [
        (world, recipient, purpose)
        for world in ("w1", "w2")
        for recipient in ("sony-europe", "sony-us")
        for purpose in ("email-marketing", "advertising")
    ]
    urls = {server.endpoint(*place) for place in places}
    assert len(urls) == len(places)
    assert server.endpoint(*places[0]) in urls
    for place in places:
        assert post(server.endpoint(*place)).status_code == 202
    for world, recipient, purpose in places:
        (arrival,) = server.arrivals(world, recipient, purpose)
        assert (arrival.world_key, arrival.recipient, arrival.purpose) == (world, recipient, purpose)
    assert len(server.arrivals("w1")) == 4
    assert len(server.arrivals("w1", "sony-europe")) == 2
    assert len(server.arrivals("w1", purpose="advertising")) == 2
    assert server.arrivals("w3") == []
    assert [arrival.number for arrival in server.arrivals("w1") + server.arrivals("w2")] == list(range(1, 9))


def test_a_recipient_that_is_down_refuses_and_remembers_the_try(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    other = server.endpoint("w", "sony-us", "email-marketing")
    elsewhere = server.endpoint("w2", "sony-europe", "email-marketing")
    server.take_down("w", "sony-europe")
    assert [post(where).status_code for where in (url, other, elsewhere)] == [503, 202, 202]
    server.bring_up("w", "sony-europe")
    assert post(url).status_code == 202
    refused, accepted = server.arrivals("w", "sony-europe")
    assert (refused.accepted, refused.status, refused.json) == (False, 503, DELIVERY)
    assert (accepted.accepted, accepted.repeats) == (True, None)


def test_a_lost_answer_is_an_acceptance_that_the_sender_does_not_hear_of(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    server.take_down("w", "sony-europe", [ANSWER_LOST])
    with pytest.raises(requests.ConnectionError):
        post(url)
    server.bring_up("w", "sony-europe")
    assert post(url).status_code == 202
    lost, again = server.arrivals("w")
    assert (lost.accepted, lost.status, lost.json) == (True, None, DELIVERY)
    assert (again.accepted, again.repeats) == (True, lost.number)


@pytest.mark.parametrize(
    "behaviour", [one for one in dict.fromkeys((*FAILURES, *OUTAGES)) if not one.host], ids=lambda one: one.words
)
def test_every_failure_fails_and_says_how_until_it_is_over(server, behaviour: Behaviour) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    server.take_down("w", "sony-europe", [behaviour])
    if behaviour.status is None:
        with pytest.raises(requests.ConnectionError):
            post(url)
    else:
        answer = post(url)
        assert (answer.status_code, answer.headers.get("Retry-After")) == (
            behaviour.status,
            None if behaviour.retry_after is None else str(behaviour.retry_after),
        )
    server.bring_up("w", "sony-europe")
    assert post(url).status_code == 202
    failed, accepted = server.arrivals("w")
    assert (failed.ending, failed.accepted, failed.json) == (behaviour.ending, behaviour.accepts, DELIVERY)
    assert (accepted.ending, accepted.repeats) == ("accepted", failed.number if behaviour.accepts else None)


def test_each_attempt_meets_the_next_failure_and_the_first_again_after_the_last(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    statuses = [one for one in OUTAGES if one.status]
    server.take_down("w", "sony-europe", statuses)
    assert [post(url).status_code for _ in range(len(statuses) + 1)] == [one.status for one in (*statuses, statuses[0])]


@pytest.mark.parametrize("behaviour", [NO_CONNECTION, NO_NAME], ids=lambda one: one.words)
def test_who_cannot_be_reached_has_another_endpoint_as_long_as_it_lasts(server, behaviour: Behaviour) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    server.take_down("w", "sony-europe", [behaviour])
    with pytest.raises(requests.ConnectionError) as failed:
        post(server.endpoint("w", "sony-europe", "email-marketing"))
    assert isinstance(failed.value.args[0].reason, NewConnectionError)
    assert post(server.endpoint("w2", "sony-europe", "email-marketing")).status_code == 202
    server.bring_up("w", "sony-europe")
    assert server.endpoint("w", "sony-europe", "email-marketing") == url
    assert server.arrivals("w") == []


def test_silence_lasts_until_the_sender_gives_up(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    server.take_down("w", "sony-europe", [NO_ANSWER])
    with pytest.raises(requests.ReadTimeout):
        requests.post(url, json=DELIVERY, timeout=0.1)
    (arrival,) = server.arrivals("w")
    assert (arrival.ending, arrival.accepted) == ("never answered", False)


def test_a_slow_recipient_accepts(server) -> None:
    server.take_down("w", "sony-europe", [SLOW])
    assert post(server.endpoint("w", "sony-europe", "email-marketing")).status_code == 202
    assert server.arrivals("w")[0].ending == "accepted"


def test_what_is_no_delivery_is_not_accepted_by_a_recipient_whose_answers_are_lost(server) -> None:
    server.take_down("w", "sony-europe", [ANSWER_LOST])
    assert requests.get(server.endpoint("w", "sony-europe", "email-marketing"), timeout=10).status_code == 405
    (arrival,) = server.arrivals("w")
    assert (arrival.ending, arrival.accepted) == ("refused with 405", False)


@pytest.mark.parametrize(
    ("delivery_id", "key", "recipient", "repeated"),
    [
        ("d-1", "k-1", "sony-europe", True),
        ("d-1", "k-2", "sony-europe", True),
        ("d-2", "k-1", "sony-europe", True),
        ("d-2", "k-2", "sony-europe", False),
        ("d-1", "k-1", "sony-us", False),
    ],
)
def test_repeated_deliveries_show(server, delivery_id: str, key: str, recipient: str, repeated: bool) -> None:
    post(server.endpoint("w", "sony-europe", "email-marketing"))
    post(server.endpoint("w", recipient, "email-marketing"), {**DELIVERY, "delivery_id": delivery_id}, key)
    first, second = server.arrivals("w")
    assert second.repeats == (first.number if repeated else None)


def test_deliveries_without_any_key_are_not_called_repetitions(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    for _ in range(2):
        requests.post(url, data=b"{}", timeout=10)
    assert [arrival.repeats for arrival in server.arrivals("w")] == [None, None]


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b"\xff\xfe", b'{"subject": 3, "kind": 4}', b'"text"'])
def test_bodies_that_are_no_delivery_are_recorded_all_the_same(server, body: bytes) -> None:
    assert requests.post(server.endpoint("w", "r", "p"), data=body, timeout=10).status_code == 202
    (arrival,) = server.arrivals("w")
    assert arrival.body == body
    assert (arrival.kind, arrival.subject_id, arrival.delivery_id, arrival.idempotency_key) == (None,) * 4
    assert dict(arrival.subject) == {}


def test_what_goes_to_no_known_address_is_a_stray(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    root = f"http://{server.host}:{server.port}"
    assert [post(root + path).status_code for path in ("/", "/guess", f"/{url.rsplit('/', 1)[1]}x")] == [404] * 3
    assert [(stray.path, stray.accepted, stray.world_key) for stray in server.strays()][1] == ("/guess", False, "")
    assert len(server.strays()) == 3
    assert server.arrivals("w") == server.arrivals("") == []


def test_only_a_post_is_a_delivery(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    assert requests.get(f"{url}?email=femke", timeout=10).status_code == 405
    (arrival,) = server.arrivals("w")
    assert (arrival.accepted, arrival.method, arrival.path.rpartition("?")[2]) == (False, "GET", "email=femke")


def test_what_could_not_be_searched_is_not_accepted(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    zipped = gzip.compress(json.dumps(DELIVERY).encode())
    assert requests.post(url, data=zipped, headers={"Content-Encoding": "gzip"}, timeout=10).status_code == 415
    assert not server.arrivals("w")[0].accepted


def test_bodies_may_come_in_chunks(server) -> None:
    whole = json.dumps(DELIVERY).encode()
    url = server.endpoint("w", "sony-europe", "email-marketing")
    with requests.Session() as session:
        for _ in range(2):
            assert session.post(url, data=iter((whole[:10], whole[10:])), timeout=10).status_code == 202
    assert [arrival.body for arrival in server.arrivals("w")] == [whole, whole]


def test_a_connection_serves_many_deliveries(server) -> None:
    path = "/" + server.endpoint("w", "sony-europe", "email-marketing").rsplit("/", 1)[1]
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    connection.connect()
    own_address = connection.sock.getsockname()
    for number in range(20):
        connection.request("POST", path, body=json.dumps({"delivery_id": str(number)}))
        answer = connection.getresponse()
        assert (answer.status, answer.version, answer.read()) == (202, 11, b"")
        assert connection.sock.getsockname() == own_address
    connection.close()
    assert [arrival.delivery_id for arrival in server.arrivals("w")] == list(map(str, range(20)))


@pytest.mark.parametrize(
    "request_text",
    [
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        "POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n",
        "POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        "nonsense\r\n\r\n",
    ],
)
def test_broken_requests_are_answered_and_harm_nobody(server, capfd, request_text: str) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.sendall(request_text.format(path="/" + url.rsplit("/", 1)[1]).encode())
        assert b" 400 " in connection.recv(4096)
    assert server.arrivals("w") == []
    assert post(url).status_code == 202
    assert capfd.readouterr() == ("", "")


def test_a_body_that_ends_too_early_did_not_arrive(server) -> None:
    url = server.endpoint("w", "sony-europe", "email-marketing")
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.sendall(f"POST /{url.rsplit('/', 1)[1]} HTTP/1.1\r\nContent-Length: 100\r\n\r\nshort".encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(4096) == b""
    assert server.arrivals("w") == []


def test_a_sender_that_hangs_up_leaves_no_noise(capfd) -> None:
    with RecipientServer() as server:
        url = server.endpoint("w", "sony-europe", "email-marketing")
        with socket.create_connection((server.host, server.port), timeout=10) as connection:
            connection.sendall(f"POST /{url.rsplit('/', 1)[1]} HTTP/1.1\r\nContent-Length: 100\r\n\r\nshort".encode())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert post(url).status_code == 202
        assert len(server.arrivals("w")) == 1
    assert capfd.readouterr() == ("", "")


def test_many_worlds_may_be_busy_at_once(server) -> None:
    def send(world: str) -> None:
        url = server.endpoint(world, "sony-europe", "email-marketing")
        with requests.Session() as session:
            for number in range(20):
                session.post(url, json={"delivery_id": f"{world}-{number}"}, timeout=10)

    threads = [threading.Thread(target=send, args=(f"w{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = []
    for world in (f"w{number}" for number in range(8)):
        arrivals = server.arrivals(world)
        assert [arrival.delivery_id for arrival in arrivals] == [f"{world}-{number}" for number in range(20)]
        numbers += [arrival.number for arrival in arrivals]
    assert sorted(numbers) == list(range(1, 161))


def test_stopping_ends_idle_connections_and_every_thread() -> None:
    threads = threading.active_count()
    with RecipientServer() as server, requests.Session() as session:
        url = server.endpoint("w", "r", "p")
        session.post(url, data=b"{}", timeout=10)
        server.__exit__(None, None, None)
        assert threading.active_count() == threads
        with pytest.raises(requests.ConnectionError):
            session.post(url, data=b"{}", timeout=10)
    assert len(server.arrivals("w")) == 1


def test_addresses_need_a_server_that_runs() -> None:
    with pytest.raises(RuntimeError, match="with-block"):
        RecipientServer().endpoint("w", "r", "p")
