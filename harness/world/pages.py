"""What a page does by itself when somebody merely opens it: forms that submit themselves, redirects, embedded files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

_EMBEDDED = {"img": "src", "iframe": "src", "script": "src", "embed": "src", "object": "data", "link": "href"}
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)
_SUBMITS = re.compile(r"\.(?:submit|requestSubmit|click)\s*\(")
_GOES = re.compile(r"\blocation(?:\.href)?\s*=\s*(['\"])(.+?)\1|\blocation\.(?:replace|assign)\(\s*(['\"])(.+?)\3")
_SENDS = re.compile(
    r"\bfetch\(\s*(?:(['\"`])(?P<fetch>.*?)\1|(?:window\.|document\.)?location(?:\.href)?)\s*,\s*\{[^}]*?\bmethod['\"]?\s*:\s*['\"]POST"
    r"|\bsendBeacon\(\s*(['\"`])(?P<beacon>.*?)\3"
    r"|\.open\(\s*['\"]POST['\"]\s*,\s*(['\"`])(?P<xhr>.*?)\5",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.DOTALL)
_FUNCTION = re.compile(r"\bfunction\b\s*(?P<name>\w*)[^{}]*\{|=>\s*(?P<brace>\{)?")
_AT_ONCE = re.compile(
    r"onload|['\"](?:load|DOMContentLoaded|pageshow)['\"]|setTimeout|requestAnimationFrame|^\s*(?:void\s*|!)?\(\s*(?:async\s*)?\(?"
)
"""What a statement begins with whose function runs when the page has loaded, or is called where it stands."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A request that a page makes without anybody doing anything."""

    method: str
    url: str
    form: dict[str, str] = field(default_factory=dict)


def sends_by_itself(html: str, url: str) -> list[Sending]:
    """The requests of a page that was opened at an address, as far as they can be told without running its scripts.

    A script that waits for a click or for a form to be submitted makes none.
    """
    page = _Page()
    page.feed(html)
    page.close()
    at_once = [*(_run_at_once(_COMMENT.sub("", script)) for script in page.scripts), *page.onload]
    found = [Sending("GET", target) for target in page.loaded]
    if any(_SUBMITS.search(script) for script in at_once):
        found += [_submitted(one) for one in page.forms]
    for script in at_once:
        found += [Sending("GET", match[2] or match[4]) for match in _GOES.finditer(script)]
        for match in _SENDS.finditer(script):
            form = page.forms[0].fields if page.forms else {}
            found.append(Sending("POST", match["fetch"] or match["beacon"] or match["xhr"] or "", form))
    return [Sending(one.method, urljoin(url, one.url), one.form) for one in found]


@dataclass(slots=True)
class _Form:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


def _submitted(form: _Form) -> Sending:
    if form.method == "POST":
        return Sending("POST", form.action, form.fields)
    return Sending("GET", f"{form.action.partition('?')[0]}?{urlencode(form.fields)}")


def _run_at_once(script: str) -> str:
    """A script without the functions that wait for something else than the page to have loaded."""
    kept: list[str] = []
    waiting: dict[str, str] = {}
    at = 0
    while match := _FUNCTION.search(script, at):
        kept.append(script[at : match.start()])
        end = _end_of(script, match.end(), "}" if script[match.end() - 1] == "{" else ",;)")
        body = script[match.end() : end]
        statement = re.split(r"[;{}]", script[: match.start()])[-1]
        if _AT_ONCE.search(statement):
            kept.append(_run_at_once(body))
        elif match["name"]:
            waiting[match["name"]] = body
        at = end
    kept.append(script[at:])
    text = "".join(kept)
    called = [_run_at_once(body) for name, body in waiting.items() if re.search(rf"\b{name}\s*\(", text)]
    return "\n".join([text, *called])


def _end_of(script: str, start: int, closing: str) -> int:
    """Where a bracket closes that is open at the start, or an expression ends."""
    depth = 0
    for at, letter in enumerate(script[start:], start):
        if depth == 0 and letter in closing:
            return at
        depth += (letter in "({[") - (letter in ")}]")
    return len(script)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.scripts: list[str] = []
        self.onload: list[str] = []
        self.loaded: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.onload += [values[name] for name in ("onload", "onpageshow", "onerror") if name in values]
        if target := values.get(_EMBEDDED.get(tag, ""), ""):
            self.loaded.append(target)
        match tag:
            case "meta" if values.get("http-equiv", "").casefold() == "refresh":
                self.loaded += _REFRESH.findall(values.get("content", ""))[:1]
            case "form":
                self.forms.append(_Form(values.get("method", "get").upper(), values.get("action", "")))
            case "input" | "button" if self.forms and values.get("name"):
                self.forms[-1].fields.setdefault(values["name"], values.get("value", ""))
            case "script":
                self._in_script = True
                self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data
