"""What is kept as evidence, and what never is."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest

from harness.errors import PromiseBroken
from harness.evidence.model import Channel, EvidenceKind
from harness.evidence.recorder import Recorder
from harness.target.http import Exchange

SECRET = 'Zoë/"s+cr&t"=1%'


def text(recorder: Recorder) -> str:
    return "\n".join(f"{one.title}\n{one.text}" for one in recorder.evidence())


def exchange(body: bytes) -> Exchange:
    return Exchange(
        method="POST",
        url="http://127.0.0.1:1/v1/sessions?code=q1w2e3&x=1",
        request_headers={"Authorization": "Bearer t0ken", "X-Other": "never shown", "Accept-Language": "nl"},
        request_body=json.dumps({"password": "hunter2", "code": "q1w2e3"}, indent=1),
        status=201,
        answer_headers={"Content-Type": "text/x", "Set-Cookie": "sid=c00kie", "Location": "/x#code=q1w2e3"},
        answer_body=body,
        seconds=0.1,
    )


def test_an_exchange_is_kept_without_its_secrets() -> None:
    recorder = Recorder()
    body = {"access_token": "t0ken", "request_token": 'r"quoted', "deep": [{"code": 123456}]}
    number = recorder.exchange(exchange(json.dumps(body).encode()))

    kept = text(recorder)

    for secret in ("t0ken", "hunter2", "q1w2e3", "c00kie", "quoted", "123456", "never shown"):
        assert secret not in kept
    (one,) = recorder.evidence()
    assert one.id == number
    assert one.kind is EvidenceKind.EXCHANGE
    assert one.title == "POST /v1/sessions?code=[redacted]&x=1 -> 201"
    assert "Accept-Language: nl" in kept


@pytest.mark.parametrize(
    "form",
    [SECRET, quote(SECRET, safe=""), json.dumps(SECRET), json.dumps(SECRET, ensure_ascii=False), html.escape(SECRET)],
    ids=["plain", "percent", "JSON", "JSON as we show it", "HTML"],
)
def test_a_named_secret_goes_in_every_form_it_is_written_in(form: str) -> None:
    recorder = Recorder()
    recorder.keep(EvidenceKind.NOTE, f"title {form}", f"text {form}")
    recorder.redact(SECRET, "the secret")  # Learned later than it was seen.

    kept = text(recorder)

    assert "Zo" not in kept
    assert kept.count("[redacted: the secret]") == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cookie: a=b", "Cookie: [redacted]"),
        (
            "POST /x\nauthorization: Bearer t\nSET-COOKIE: a\nX: y",
            "POST /x\nauthorization: [redacted]\nSET-COOKIE: [redacted]\nX: y",
        ),
        ("a Cookie: is no header", "a Cookie: is no header"),
        ('{"postal_code": "1234", "code": "q1"}', '{"postal_code": "1234", "code": "[redacted]"}'),
        ('{"password" : "a\\"b", "request_token": 12}', '{"password" : "[redacted]", "request_token": "[redacted]"}'),
        ("/a?code=q1&b=c#code=q2 <x?d&code=q3>", "/a?code=[redacted]&b=c#code=[redacted] <x?d&code=[redacted]>"),
        ("barcode=12, code=13", "barcode=12, code=13"),
        ("?code=[redacted: Ann's code]", "?code=[redacted: Ann's code]"),
    ],
)
def test_what_is_always_a_secret(text: str, shown: str) -> None:
    assert Recorder().clean(text) == shown


def test_a_secret_within_a_secret_leaves_nothing_behind() -> None:
    recorder = Recorder()
    recorder.redact("abc", "short")
    recorder.redact("abcdef", "long")

    assert recorder.clean("abcdef abc") == "[redacted: long] [redacted: short]"


def test_a_secret_at_the_cut_is_not_left_in_half() -> None:
    recorder = Recorder()
    recorder.redact("SECRET" * 10, "it")
    recorder.keep(EvidenceKind.NOTE, "long", "x" * 19_970 + "SECRET" * 10 + "y" * 50_000)

    kept = text(recorder)

    assert "SECRET" not in kept
    assert "more characters were not stored" in kept
    assert len(kept) < 21_000


def test_empty_is_no_secret() -> None:
    recorder = Recorder()
    recorder.redact("", "nothing")

    assert recorder.clean("as it was") == "as it was"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b'{"a": "\\ud83d"}', "\\ud83d"),
        (b"\x00\x01\x02", "[3 bytes]"),
        (b"[" * 100_000, "[[["),
        (b"<html>", "<html>"),
        (b"\xff\xfe\xfd", "[3 bytes]"),
    ],
    ids=["half a letter", "bytes", "deep", "html", "not UTF-8"],
)
def test_whatever_a_target_answers_can_be_written(body: bytes, shown: str) -> None:
    recorder = Recorder()
    recorder.exchange(exchange(body))

    (one,) = recorder.evidence()

    assert shown in one.text
    one.model_dump_json()


def test_a_check_that_fails_ends_the_scenario_and_is_kept() -> None:
    recorder = Recorder()
    recorder.check(Channel.API, "good", True, detail="not shown")
    recorder.step = 3

    with pytest.raises(PromiseBroken, match=r"Check failed: bad\. It was worse\."):
        recorder.check(Channel.API, "bad", False, detail="It was worse.", evidence=["e1", ""])

    assert [(one.passed, one.detail, one.evidence, one.step) for one in recorder.checks] == [
        (True, "", (), 0),
        (False, "It was worse.", ("e1",), 3),
    ]
