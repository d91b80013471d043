"""What a page does by itself, and what waits for a person."""

from __future__ import annotations

import pytest

from harness.world.pages import Sending, sends_by_itself

URL = "https://a.example/u/abc"
FIELD = "<input type=hidden name=List-Unsubscribe value=One-Click>"
FORM = f'<form id=f method=post action="abc">{FIELD}<button>Stop</button></form>'
POST = Sending("POST", URL, {"List-Unsubscribe": "One-Click"})


@pytest.mark.parametrize(
    "page",
    [
        f'<body onload="document.forms[0].submit()">{FORM}',
        f"{FORM}<script>document.forms[0].submit()</script>",
        f"{FORM}<script>document.getElementById('f').requestSubmit();</script>",
        f"{FORM}<script>window.onload = function () {{ if (true) {{ f.submit(); }} }};</script>",
        f'{FORM}<script>addEventListener("load", () => f.submit());</script>',
        f"{FORM}<script>addEventListener('DOMContentLoaded', () => {{ document.forms[0].b.click(); }})</script>",
        f"{FORM}<script>setTimeout(() => f.submit(), 100)</script>",
        f"{FORM}<script>(function () {{ f.submit(); }})();</script>",
        f"{FORM}<script>(() => {{ f.submit() }})()</script>",
        f"{FORM}<script>function go() {{ f.submit(); }}\ngo();</script>",
        f"{FORM}<img src=x: onerror='f.submit()'>",
        f'{FORM}<script>fetch("abc", {{method: "POST", body: new FormData(f)}})</script>',
        f"{FORM}<script>fetch(location.href, {{headers: h, method: 'post'}});</script>",
        f'{FORM}<script>navigator.sendBeacon("/u/abc", "List-Unsubscribe=One-Click")</script>',
        f'{FORM}<script>const r = new XMLHttpRequest(); r.open("POST", "/u/abc"); r.send()</script>',
    ],
)
def test_a_page_that_submits_itself_is_known(page: str) -> None:
    assert POST in sends_by_itself(page, URL)


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/u/abc/done">', "/u/abc/done"),
        ('<META HTTP-EQUIV=Refresh CONTENT="1;/u/abc/done">', "/u/abc/done"),
        ("<script>location.href = '/u/abc/done'</script>", "/u/abc/done"),
        ('<script>window.location.replace("done?yes=1")</script>', "/u/done?yes=1"),
        ('<img src="/u/abc/done.gif" width=1>', "/u/abc/done.gif"),
        (
            '<form action="/u/done"><input name=t value=abc></form><script>document.forms[0].submit()</script>',
            "/u/done?t=abc",
        ),
    ],
)
def test_addresses_that_a_page_loads_are_known(page: str, target: str) -> None:
    assert Sending("GET", f"https://a.example{target}") in sends_by_itself(page, URL)


@pytest.mark.parametrize(
    "page",
    [
        FORM,
        f'{FORM}<script>b.addEventListener("click", () => f.submit());</script>',
        f"{FORM}<script>b.onclick = function () {{ fetch('abc', {{method: 'POST'}}); }};</script>",
        f"{FORM}<script>function stop() {{ f.submit(); }}</script><button onclick='stop()'>",
        f"{FORM}<script>// document.forms[0].submit()\n/* f.submit() */</script>",
        f"{FORM}<script>f.addEventListener('submit', () => {{ fetch('abc', {{method: 'POST'}}) }})</script>",
        '<p>location.href = "/gone"</p><!-- <meta http-equiv="refresh" content="0; url=/gone"> -->',
        '<a href="/gone">Stop</a>',
    ],
)
def test_a_page_that_waits_for_a_person_does_nothing(page: str) -> None:
    assert sends_by_itself(page, URL) == []
