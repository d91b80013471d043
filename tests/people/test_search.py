"""Every spelling in which a value must be found, hidden in a haystack; and that what is not there is not found."""

import base64
import codecs
import gzip
import hashlib
import html
import json
import quopri
import random
import unicodedata
import uuid
import zlib
from email.header import Header
from email.mime.text import MIMEText
from urllib.parse import quote, quote_plus

import pytest
from anyascii import anyascii

from harness.people import Canaries, PeopleFactory, find_traces, find_traces_in

UUID = "0f2b7c3a-95de-4c1b-8a77-3c1f5f0e9d42"
TOKEN = "tok_9Kx/ab+Q7zLmPw3R-uVhT"
PEOPLE = PeopleFactory("search")
SUBJECTS = {
    "ascii": PEOPLE.person("Femke", "GB").name,
    "accents": PEOPLE.person("Léa", "FR").name,
    "sharp s": PEOPLE.person("Jürgen", "DE").name + "ß",
    "greek": PEOPLE.person("Eleni", "GR").name,
    "kanji": PEOPLE.person("Yuki", "JP").name,
    "hangul": PEOPLE.person("Min", "KR").name,
    "arabic": PEOPLE.person("Omar", "AE").name,
    "address": PEOPLE.people["Femke"].email,
    "password": PEOPLE.people["Femke"].password,
    "token": TOKEN,
}


def percent_all(value: str) -> bytes:
    return "".join(f"%{byte:02x}" for byte in value.encode()).encode()


def quoted_printable_all(value: str) -> bytes:
    """All letters escaped, lines broken as short as the format allows."""
    return "=\r\n".join(f"={byte:02X}" for byte in value.encode()).encode()


def json_all(value: str) -> bytes:
    units = value.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)).encode()


SPELLINGS = {
    "plain": lambda v: v.encode(),
    "lower": lambda v: v.lower().encode(),
    "upper": lambda v: v.upper().encode(),
    "casefold": lambda v: v.casefold().encode(),
    "swapped ascii case": lambda v: "".join(c.swapcase() if c.isascii() else c for c in v).encode(),
    "nfc": lambda v: unicodedata.normalize("NFC", v).encode(),
    "nfd": lambda v: unicodedata.normalize("NFD", v).encode(),
    "utf-16-le": lambda v: v.encode("utf-16-le"),
    "utf-16-be": lambda v: v.encode("utf-16-be"),
    "utf-16 lower": lambda v: v.lower().encode("utf-16-le"),
    "percent": lambda v: quote(v, safe="").encode(),
    "percent lower": lambda v: quote(v, safe="@").lower().encode(),
    "percent all": percent_all,
    "percent upper value": lambda v: quote(v.upper(), safe="").encode(),
    "quoted-printable": lambda v: quopri.encodestring(v.encode()),
    "quoted-printable broken": quoted_printable_all,
    "hex": lambda v: v.encode().hex().encode(),
    "hex upper": lambda v: v.encode().hex().upper().encode(),
    "hex of lower": lambda v: v.lower().encode().hex().encode(),
    "json": lambda v: json.dumps(v).encode(),
    "json all": json_all,
    "json in json": lambda v: json.dumps(json.dumps(v)).encode(),
    "json with escaped slashes": lambda v: json.dumps(v).replace("/", "\\/").encode(),
    "html": lambda v: "".join(f"&#{ord(c)};" for c in v).encode(),
    "html hex": lambda v: "".join(f"&#x{ord(c):X};" for c in v).encode(),
    "html names": lambda v: html.escape(v).encode("ascii", "xmlcharrefreplace"),
    "base64": lambda v: base64.b64encode(v.encode()),
    "base64 urlsafe": lambda v: base64.urlsafe_b64encode(v.encode()).rstrip(b"="),
    "base64 lower": lambda v: base64.b64encode(v.lower().encode()),
    "base64 shifted 1": lambda v: base64.b64encode(b"x" + v.encode() + b"yz, and more"),
    "base64 shifted 2": lambda v: base64.b64encode(b"xy" + v.encode() + b"z"),
    "base64 urlsafe shifted": lambda v: base64.urlsafe_b64encode(b"\xff" + v.encode() + b"\xff\xff"),
    "base64 of json": lambda v: base64.b64encode(json.dumps({"name": v}).encode()),
    "base64 of utf-16": lambda v: base64.b64encode(v.encode("utf-16")),
    "base64 mime lines": lambda v: base64.encodebytes(b"x" * 50 + v.encode() + b"y" * 60).replace(b"\n", b"\r\n"),
    "quoted-printable percent": lambda v: quoted_printable_all(quote(v, safe="")),
    "html in json": lambda v: json.dumps(html.escape(v).replace("e", "&#101;")).encode(),
    "zlib": lambda v: zlib.compress(v.encode()),
    "gzip of json": lambda v: gzip.compress(json.dumps({"name": v}).encode()),
    "base64 of zlib": lambda v: base64.b64encode(zlib.compress(f"name={v};".encode())),
    "hex of zlib": lambda v: zlib.compress(f"name={v};".encode()).hex().encode(),
    "base64 twice": lambda v: base64.b64encode(base64.b64encode(f"of one who is called {v}".encode())),
    "hex of base64": lambda v: base64.b64encode(f"of one who is called {v}".encode()).hex().encode(),
    "base32": lambda v: base64.b32encode(v.encode()),
    "base85": lambda v: base64.b85encode(v.encode()),
    "ascii85": lambda v: base64.a85encode(v.encode()),
    "backwards": lambda v: v[::-1].encode(),
    "rot13": lambda v: codecs.encode(v, "rot13").encode(),
    "list of numbers": lambda v: json.dumps(list(v.encode())).encode(),
    "list of numbers, close": lambda v: json.dumps(list(v.encode()), separators=(",", ":")).encode(),
    "percent in html": lambda v: "".join(f"&#{ord(c)};" for c in quote(v, safe="")).encode(),
    "percent twice": lambda v: quote(percent_all(v).decode(), safe="").encode(),
    "percent four times": lambda v: quote(quote(quote(percent_all(v).decode(), safe=""), safe=""), safe="").encode(),
    "percent of units": lambda v: json_all(v).replace(b"\\u", b"%u"),
    "html in json, all escaped": lambda v: json_all("".join(f"&#{ord(c)};" for c in v)),
    "html twice": lambda v: html.escape("".join(f"&#{ord(c)};" for c in v)).encode(),
    "json in json in json": lambda v: json.dumps(json.dumps(json.dumps({"name": v}))).encode(),
    "json in base64 in quoted-printable": lambda v: quopri.encodestring(
        base64.b64encode(json.dumps({"pad": "x" * 60, "name": v}).encode())
    ),
    "bytes of a language": lambda v: repr(f"of {v}!".encode()).encode(),
    "octal": lambda v: "".join(f"\\{byte:03o}" if byte > 127 else chr(byte) for byte in v.encode()).encode(),
    "braces": lambda v: "".join(f"\\u{{{ord(c):x}}}" for c in v).encode(),
    "encoded words": lambda v: Header(f"of one who is called {v}", "utf-8", maxlinelen=40).encode().encode(),
    "encoded words, each letter": lambda v: (
        "\r\n ".join(f"=?utf-8?q?={b:02X}?=" for b in v.encode()).encode()
        if v.isascii()
        else Header(v, "utf-8", maxlinelen=30).encode(linesep="\r\n").encode()
    ),
    "mail in json": lambda v: json.dumps(quoted_printable_all(v).decode()).encode(),
    "utf-32": lambda v: v.encode("utf-32-le"),
    "utf-32 upper": lambda v: v.upper().encode("utf-32-be"),
    "encoded twice": lambda v: v.encode().decode("latin-1").encode(),
    "encoded three times": lambda v: v.encode().decode("latin-1").encode().decode("latin-1").encode(),
    "base64 in a path": lambda v: b"/files/of_" + base64.b64encode(json.dumps({"p": "x" * 60, "name": v}).encode()),
}
for name in ("md5", "sha1", "sha256", "sha384", "sha512", "sha3_256", "blake2b"):
    SPELLINGS |= {
        f"{name} hex": lambda v, n=name: hashlib.new(n, v.encode()).hexdigest().encode(),
        f"{name} hex upper": lambda v, n=name: hashlib.new(n, v.encode()).hexdigest().upper().encode(),
        f"{name} raw": lambda v, n=name: hashlib.new(n, v.encode()).digest(),
        f"{name} base64": lambda v, n=name: base64.b64encode(hashlib.new(n, v.encode()).digest()),
        f"{name} base64 urlsafe": lambda v, n=name: base64.urlsafe_b64encode(hashlib.new(n, v.encode()).digest()),
        f"{name} cut short": lambda v, n=name: hashlib.new(n, v.encode()).hexdigest()[:20].encode(),
        f"{name} cut to 48 bits": lambda v, n=name: hashlib.new(n, v.encode()).hexdigest()[:12].encode(),
        f"{name} of trimmed lower": lambda v, n=name: hashlib.new(n, v.strip().lower().encode()).hexdigest().encode(),
    }


def canaries(value: str, kind: str = "value") -> Canaries:
    one = Canaries("Femke")
    one.made_up(kind, value)
    return one


@pytest.mark.parametrize("value", SUBJECTS.values(), ids=SUBJECTS.keys())
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_value_is_found_however_it_is_spelled_and_one_like_it_is_not(spelling: str, value: str) -> None:
    noise = random.Random(spelling)
    before, after = noise.randbytes(5000).replace(b"=", b"."), noise.randbytes(5000)
    spell = SPELLINGS[spelling]
    (trace, *_) = find_traces(before + b"|" + spell(value) + b"|" + after, canaries(value))
    assert (trace.person, trace.kind) == ("Femke", "value")
    assert 5001 <= trace.offset < 5001 + len(spell(value))
    like = "Q" + value[1:-1] + "Q"
    assert find_traces(before + b"|" + spell(like) + b"|" + after, canaries(value)) == []


CHARSETS = {
    "accents": ("latin-1", "cp1252", "iso8859-15", "cp850", "mac-roman", "iso8859-9"),
    "sharp s": ("latin-1", "iso8859-2", "cp1250", "cp437", "utf-7"),
    "greek": ("iso8859-7", "cp1253", "gb18030"),
    "kanji": ("shift_jis", "cp932", "euc_jp", "iso2022_jp", "gb18030"),
    "hangul": ("euc_kr", "cp949", "gb18030", "johab"),
    "arabic": ("iso8859-6", "cp1256"),
}


@pytest.mark.parametrize(("subject", "charset"), [(one, charset) for one, all_ in CHARSETS.items() for charset in all_])
def test_a_name_is_found_in_the_character_sets_of_its_letters(subject: str, charset: str) -> None:
    value = SUBJECTS[subject]
    for written in (value, value.upper(), value.lower()):
        encoded = written.encode(charset, "ignore")
        if encoded.decode(charset) != written:
            continue
        for data in (
            encoded,
            quote(encoded).encode(),
            zlib.compress(encoded * 3),
            repr(b"| " + encoded + b" |").encode(),
        ):
            assert find_traces(b"name=" + data + b";", canaries(value)), (written, data)
        assert find_traces(encoded[: len(encoded) // 2], canaries(value)) == []


@pytest.mark.parametrize("subject", ["accents", "sharp s", "greek", "kanji", "hangul"])
def test_a_name_is_found_in_plain_ascii(subject: str) -> None:
    value = SUBJECTS[subject]
    for separator in ("", "-", "_"):
        slug = separator.join(filter(None, (anyascii(letter).strip() for letter in value))).lower()
        if separator in {"", "-"} or subject in {"kanji", "hangul"}:
            found = find_traces(f"/people/{slug}?x".encode(), canaries(value))
            assert found or (separator and subject not in {"kanji", "hangul"}), slug


def test_a_slug_of_a_whole_name_shows_the_family_name() -> None:
    lea = PEOPLE.people["Léa"]
    plain = unicodedata.normalize("NFKD", lea.name).encode("ascii", "ignore").decode().lower()
    for slug in (plain.replace(" ", "-"), plain.replace(" ", "_"), plain.replace(" ", ""), plain.title()):
        assert find_traces(f"/u/{slug}/".encode(), lea.canaries), slug


BORN = "1961-01-06"
DAYS = (
    *("06/01/1961", "6/1/1961", "01/06/1961", "6.1.1961", "06.01.1961", "6. 1. 1961", "06-01-1961", "1961/01/06"),
    *("19610106", "06011961", "1961. 1. 6", "1961年1月6日", "1961년 1월 6일", "6 January 1961", "January 6, 1961"),
    *("06-Jan-1961", "6 JAN 1961"),
)


@pytest.mark.parametrize("written", DAYS)
def test_a_day_of_birth_is_found_in_other_notations(written: str) -> None:
    for data in (f'"born": "{written}"', f"born={written};", json.dumps({"born": written})):
        assert find_traces(data.encode(), canaries(BORN, "day of birth")), data
    assert find_traces(f"1{written}2".encode(), canaries(BORN, "day of birth")) == []
    assert find_traces(written.encode(), canaries("1962-03-07", "day of birth")) == []


@pytest.mark.parametrize(
    ("code", "written"), [("1012 AB", "1012AB"), ("SW1A 1AA", "sw1a1aa"), ("100-0001", "1000001"), ("K1A0B1", "k1a0b1")]
)
def test_a_postal_code_is_found_in_other_notations(code: str, written: str) -> None:
    assert find_traces(f"<{written}>".encode(), canaries(code, "postal_code"))
    assert find_traces(f"9{written}9".encode(), canaries(code, "postal_code")) == [] or code == written.upper()


def test_the_trace_says_how_it_is_spelled() -> None:
    value = SUBJECTS["accents"]
    told = {
        "plain": value.encode(),
        "case-folded": value.upper().encode(),
        "utf-16-be": value.encode("utf-16-be"),
        "hex": value.encode().hex().encode(),
        "base64": base64.b64encode(value.encode()),
        "sha256 hex": hashlib.sha256(value.encode()).hexdigest().encode(),
        "md5 raw": hashlib.md5(value.encode()).digest(),
        "percent/plain": quote(value).encode(),
        "json-escaped/plain": json.dumps(value)[1:-1].encode(),
        "quoted-printable/plain": quopri.encodestring(value.encode()),
        "html-escaped/plain": value.encode("ascii", "xmlcharrefreplace"),
    }
    for encoding, spelled in told.items():
        first, *_ = find_traces(b"  " + spelled, canaries(value))
        assert (first.encoding, first.offset) == (encoding, 2)


def test_each_place_is_told_once() -> None:
    femke = PEOPLE.people["Femke"]
    line = f"{femke.name}\t{femke.email}\t{femke.email.upper()}\n%20\\u0020&amp;=\n".encode()
    traces = find_traces(line, femke.canaries)
    assert [(trace.kind, trace.encoding) for trace in traces] == [
        ("name", "plain"),
        ("email", "plain"),
        ("email", "case-folded"),
    ]
    assert [trace.offset for trace in traces] == [0, len(femke.name) + 1, len(femke.name) + len(femke.email) + 2]


def test_offsets_are_those_of_the_bytes_given_also_behind_escapes() -> None:
    femke = PEOPLE.people["Femke"]
    data = b"%20" * 40 + b"x" * 3000 + b"%41=3D\\u00e9&amp;\r\n " + quote(femke.email, safe="").encode()
    (trace,) = find_traces(data, femke.canaries)
    assert trace.offset == data.index(b"femke.")


@pytest.mark.parametrize("gap", [0, 100, 200, 400, 1000, 5000])
def test_values_near_and_far_from_escapes_are_found_where_they_are(gap: int) -> None:
    value = SUBJECTS["accents"]
    data = b"".join(b"." * gap + quote(value).encode() + b"." * gap + b"%2E" for _ in range(4))
    step = len(data) // 4
    assert [t.offset for t in find_traces(data, canaries(value))] == [gap + step * number for number in range(4)]


def test_what_lies_apart_is_not_put_together() -> None:
    value = "abcdefghijklmnop"
    for gap in range(600):
        halves = (b"." * gap + value[:8].encode(), value[8:].encode() + b"." * gap)
        assert find_traces(b"%2E" + (b"." * 3000).join(halves) + b"%2E", canaries(value)) == []


def test_parts_of_an_address_are_found() -> None:
    femke = PEOPLE.people["Femke"]
    local_part = femke.email.partition("@")[0]
    for text in (f"{local_part}+news@mail.example.org", f"user={local_part};"):
        assert [trace.kind for trace in find_traces(text.encode(), femke.canaries)] == ["email_local_part"]


def test_a_value_in_decomposed_letters_is_found_in_composed_ones() -> None:
    composed = unicodedata.normalize("NFC", SUBJECTS["accents"])
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert [trace.encoding for trace in find_traces(composed.encode(), canaries(decomposed))] == ["plain"]


def test_an_international_domain_is_found_in_both_its_forms() -> None:
    person = PeopleFactory(1, mail_domain="bücher.example").person("Femke", "NL")
    punycode = person.email.replace("bücher", "xn--bcher-kva")
    for written, other in ((person.email, punycode), (punycode, person.email)):
        assert [trace.kind for trace in find_traces(other.encode(), canaries(written, "email"))] == ["email"]
        digest = hashlib.sha256(other.encode()).hexdigest()
        assert [trace.encoding for trace in find_traces(digest.encode(), canaries(written))] == ["sha256 hex"]


@pytest.mark.parametrize(
    "spelled",
    [
        UUID.upper().encode(),
        UUID.replace("-", "").encode(),
        uuid.UUID(UUID).bytes,
        uuid.UUID(UUID).bytes_le,
        base64.urlsafe_b64encode(b"v" + uuid.UUID(UUID).bytes),
    ],
    ids=["upper", "no hyphens", "bytes", "guid", "base64"],
)
def test_assigned_uuids_are_found_as_databases_store_them(spelled: bytes) -> None:
    femke = Canaries("Femke")
    assert femke.assigned("account_id", UUID) == UUID
    assert [trace.kind for trace in find_traces(b"\x01" + spelled + b"\x02", femke)] == ["account_id"]


def test_a_short_identifier_is_kept_but_proves_nothing() -> None:
    femke = Canaries("Femke")
    femke.assigned("row", "17")
    assert find_traces(b"17 17 17", femke) == []
    assert femke.values("row") == ("17",)


def test_values_that_come_later_are_searched_too() -> None:
    femke = Canaries("Femke")
    assert find_traces(TOKEN.encode(), femke) == []
    femke.assigned("access_token", TOKEN)
    assert [trace.kind for trace in find_traces(TOKEN.encode(), femke)] == ["access_token"]


def test_values_after_the_first_are_searched_alone() -> None:
    femke = Canaries("Femke")
    femke.made_up("email", "femke@mail.example.org")
    femke.made_up("postal_code", "1234 AB", identifies=False)
    before = len(femke.all)
    femke.assigned("access_token", TOKEN)
    data = f"femke@mail.example.org 1234 AB {TOKEN}".encode()
    assert [trace.kind for trace in find_traces(data, femke.after(0))] == ["email", "access_token"]
    assert [trace.kind for trace in find_traces(data, femke.after(before))] == ["access_token"]
    assert find_traces(data, femke.after(len(femke.all))) == []


def test_traces_of_several_people_tell_whose_they_are() -> None:
    femke, lea = PEOPLE.people["Femke"], PEOPLE.people["Léa"]
    data = f"{lea.name} and {femke.name}".encode()
    assert [trace.person for trace in find_traces(data, (femke.canaries, lea.canaries))] == ["Léa", "Femke"]
    assert [trace.person for trace in find_traces(data, femke.canaries)] == ["Femke"]


def test_a_person_is_found_in_real_mail() -> None:
    lea = PEOPLE.people["Léa"]
    for charset in ("utf-8", None):
        mail = MIMEText(
            f"<p>Bonjour {lea.name}, https://shes.example/?to={quote_plus(lea.email)}&amp;a=1</p>", "html", charset
        )
        mail["To"] = Header(f"{lea.name} <{lea.email}>", "utf-8")
        kinds = {trace.kind for trace in find_traces(mail.as_bytes(), lea.canaries)}
        assert kinds & {"name", "family_name"}


def test_json_like_data_is_searched_text_by_text() -> None:
    lea = PEOPLE.people["Léa"]
    data = {
        "a/b": [{"to": f"  {lea.email}"}, 17, None, True, b"|" + lea.name.encode("utf-16-le")],
        lea.password: "key",
        "apart": [lea.email[:12], lea.email[12:]],
    }
    traces = find_traces_in(data, lea.canaries)
    assert [(t.kind, t.encoding, t.path, t.offset) for t in traces] == [
        ("email", "plain", "/a~1b/0/to", 2),
        ("name", "utf-16-le", "/a~1b/4", 1),
        ("password", "plain", f"/{lea.password}", 0),
    ]


def test_nothing_is_found_in_nothing_or_for_nobody() -> None:
    assert find_traces(b"", PEOPLE.people["Femke"].canaries) == []
    assert find_traces(b"anything", []) == []
    assert find_traces_in({}, PEOPLE.people["Femke"].canaries) == []
