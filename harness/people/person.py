"""Synthetic people, made from a seed: the same seed and label always give the same person."""

from __future__ import annotations

import math
import random
import re
import threading
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError, UsageError
from harness.people.canaries import Canaries
from harness.people.residences import Residence, Script, residence, residences

if TYPE_CHECKING:
    from faker import Faker

_WORD_BITS = 48
_ANY_LOCALE = "en_US"
_DRAWS = 1000
_RESERVED_DOMAIN = re.compile(r"(?:.+\.)?(?:example\.(?:com|net|org)|example|test|invalid)", re.IGNORECASE)
_MAIL_DOMAINS = ("example.com", "example.net", "example.org", "mail.example.com", "brief.example", "post.example.net")
"""Each scenario uses one of these: a target that recognises the auditor by a domain could behave differently."""
_BORN = (date(1950, 1, 1), date(2000, 12, 31))


class NameShape(StrEnum):
    """How a made-up name is built."""

    USUAL = "usual"
    """As at the residence."""
    LONG = "long"
    """Eight family names, joined by hyphens: no blank at which a line could end."""
    RIGHT_TO_LEFT = "right to left"
    """In Arabic letters, at any residence."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A postal address. ``region`` is an ISO 3166-2 code or ``None``, ``country`` ISO 3166-1 alpha-2."""

    street: str
    city: str
    region: str | None
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class Person:
    """A synthetic person.

    Attributes:
        label: Name of the person in scenarios ("Femke").
        name: Display name, in the script of the residence unless ``name_shape`` says otherwise.
        name_shape: How the name is built.
        email: Address in a reserved domain.
        user_agent: User agent of the person's browser (RFC 9110, 10.1.5).
        residence: Where the person lives; ``postal_code``, ``address`` and ``time_zone`` (IANA) match it.
        language: BCP 47.
        canaries: Values that reveal traces of the person.
    """

    label: str
    given_name: str
    family_name: str
    name: str
    email: str
    user_agent: str
    password: str = field(repr=False)
    date_of_birth: date
    residence: Residence = field(repr=False)
    language: str
    time_zone: str
    name_shape: NameShape
    address: PostalAddress = field(repr=False)
    canaries: Canaries = field(repr=False)
    _word: Callable[[str], str] = field(repr=False)

    @property
    def postal_code(self) -> str:
        """Postal code of the address."""
        return self.address.postal_code

    def free_text(self, kind: str) -> str:
        """A further text unique to this person, registered as a canary of that kind.

        The n-th text of a kind is the same in every run.
        """
        number = len(self.canaries.values(kind)) + 1
        word = self.canaries.made_up(kind, self._word(f"{kind} {number}"))
        return f"{kind.replace('_', ' ').capitalize()}: {word}."


class PeopleFactory:
    """Makes people and keeps a list of them.

    Args:
        seed: Together with the label it determines a person. Scenarios that share a mailbox need different seeds.
        mail_domain: Domain of their addresses, reserved for tests (RFC 2606, RFC 6761); by default from the seed.
        user_agent: User agent of their browsers; by default different for each.
    """

    def __init__(self, seed: str | int, mail_domain: str = "", user_agent: str = "") -> None:
        self.seed = seed
        self.mail_domain = _reserved(mail_domain or random.Random(f"{seed}\x1fmail domain").choice(_MAIL_DOMAINS))
        self._user_agent = user_agent
        self._people: dict[str, Person] = {}

    @property
    def people(self) -> Mapping[str, Person]:
        """All people made so far, by label."""
        return MappingProxyType(self._people)

    def person(
        self,
        label: str,
        residence: Residence | str,
        *,
        born: date | None = None,
        age: int | None = None,
        on: date | None = None,
        language: str | None = None,
        postal_code: str | None = None,
        mail_domain: str | None = None,
        plus_address: bool = False,
        spelled: Callable[[str], str] = str,
        user_agent: str = "",
        name_shape: NameShape = NameShape.USUAL,
    ) -> Person:
        """Makes the person called ``label``.

        Args:
            label: A name unique in this factory.
            residence: Where they live: a :class:`Residence`, its name or code.
            born: Date of birth; that of an adult by default.
            age: Instead of ``born``: age in years on the day ``on``, which is not near a birthday.
            on: The day of ``age``.
            language: BCP 47; the usual one of the residence by default.
            postal_code: A code of the residence; one of its codes by default.
            mail_domain: A reserved domain; the factory's by default.
            spelled: How the part of the address before the @ is written.
            plus_address: Whether the address has a plus and a word, as used to distinguish senders.
            user_agent: The browser's own name; the factory's by default.
            name_shape: How the name is built.

        Raises:
            UsageError: The label is taken, the residence is unknown, or the other arguments are inconsistent.
        """
        if label in self._people:
            raise UsageError(
                f"There is a {label} already.",
                cause="A scenario introduces the same person twice.",
                remedy="Use the person made first, or another name.",
            )
        place = _place(residence)

        def draw(aspect: str) -> random.Random:
            return random.Random(f"{self.seed}\x1f{label}\x1f{aspect}")

        def word(aspect: str) -> str:
            return _word(draw(aspect), place.script, place.accents)

        def latin(aspect: str) -> str:
            return _word(draw(aspect), _latin(), "")

        code, city = _postal_code_and_city(place, draw("postal code"))
        if postal_code is not None:
            code, city = _fitting(postal_code, place), place.postal_codes.get(postal_code, city)
        script = residences()["AE"].script if name_shape is NameShape.RIGHT_TO_LEFT else place.script
        given = label if script.given_is_label else _given_name(place, draw("given name"))
        family = word("family name").capitalize()
        if name_shape is NameShape.LONG:
            family = "-".join([family, *(word(f"family name {number}").capitalize() for number in range(2, 9))])
        elif name_shape is NameShape.RIGHT_TO_LEFT:
            given, family = (_word(draw(f"{part} from right to left"), script, "") for part in ("given", "family"))
        tag = f"+{latin('tag')}" if plus_address else ""
        local_part = spelled(f"{_ascii(label)}.{latin('email')}{tag}")
        domain = self.mail_domain if mail_domain is None else _reserved(mail_domain)
        canaries = Canaries(label)
        person = Person(
            label=label,
            given_name=canaries.made_up("given_name", given, identifies=False),
            family_name=canaries.made_up("family_name", family),
            name=canaries.made_up("name", script.full_name.format(given=given, family=family)),
            email=canaries.made_up("email", f"{local_part}@{domain}"),
            user_agent=user_agent or self._user_agent or _browser(draw("user agent")),
            password=canaries.made_up(
                "password", f"{latin('password').capitalize()}-{draw('digits').randrange(1000, 10000)}!"
            ),
            date_of_birth=_date_of_birth(born, age, on, draw("date of birth")),
            residence=place,
            language=language or place.languages[0],
            time_zone=place.home_zone,
            name_shape=name_shape,
            address=PostalAddress(
                street=f"{canaries.made_up('street', word('street').capitalize())} {draw('number').randrange(1, 200)}",
                city=city,
                region=place.subdivision,
                postal_code=canaries.made_up("postal_code", code, identifies=False),
                country=place.country,
            ),
            canaries=canaries,
            _word=word,
        )
        canaries.made_up("email_local_part", local_part)
        canaries.made_up("date_of_birth", person.date_of_birth.isoformat(), identifies=False)
        self._people[label] = person
        return person

    def twin(self, person: Person, label: str, **difference: Any) -> Person:
        """Makes a twin of ``person`` with the named difference (and another name, address, mail address and password).

        Args:
            person: The first twin.
            label: Name of the second.
            difference: ``residence``, ``born``, ``language`` or ``postal_code``, as for :meth:`person`. Postal code and
                time zone follow a residence, the language does not.

        Raises:
            UsageError: As for :meth:`person`, or the difference is not one of these.
        """
        unknown = difference.keys() - {"residence", "born", "language", "postal_code"}
        if unknown:
            raise UsageError(
                f"Twins cannot differ in {', '.join(sorted(unknown))}.",
                remedy="Name a difference of residence, born, language or postal_code.",
            )
        alike: dict[str, Any] = {
            "residence": person.residence,
            "born": person.date_of_birth,
            "language": person.language,
            "mail_domain": person.email.partition("@")[2],
            "name_shape": person.name_shape,
        }
        if "residence" not in difference or _place(difference["residence"]) is person.residence:
            alike["postal_code"] = person.postal_code
        return self.person(label, **(alike | difference))


def _latin() -> Script:
    """The plain alphabet, for ASCII values: mail addresses and passwords."""
    return residences()["GB"].script


def _place(where: Residence | str) -> Residence:
    return residence(where) if isinstance(where, str) else where


def _reserved(domain: str) -> str:
    if not _RESERVED_DOMAIN.fullmatch(domain):
        raise UsageError(
            f"Synthetic people have no addresses at {domain}.",
            cause="The domain may belong to a real person.",
            remedy="Use one that is reserved for tests: under example.org, example.com, example.net, .example, .test.",
        )
    return domain


def _fitting(postal_code: str, place: Residence) -> str:
    if not place.postal_code_fits(postal_code):
        raise UsageError(
            f"{postal_code!r} is no postal code of {place.name}.",
            cause=f"Postal codes there have the form {place.postal_pattern}.",
            remedy="Correct the postal code, or the residence.",
        )
    return postal_code


def _date_of_birth(born: date | None, age: int | None, on: date | None, draw: random.Random) -> date:
    if (age is None) != (on is None) or (born is not None and age is not None):
        raise UsageError(
            "It is not clear when the person is born.",
            cause="An age requires a date, and excludes a date of birth.",
            remedy="Give either born, or age and on, or neither.",
        )
    if age is not None and on is not None:
        return on.replace(year=on.year - age, day=min(on.day, 28)) - timedelta(days=draw.randrange(60, 300))
    first, last = _BORN
    return born or first + timedelta(days=draw.randrange((last - first).days + 1))


def _word(draw: random.Random, script: Script, accents: str) -> str:
    """A random word in lower case, of at least ``_WORD_BITS`` bits, with one of the accents."""
    rounds = math.ceil(_WORD_BITS / math.log2(math.prod(map(len, script.letters))))
    letters = [draw.choice(group) for _ in range(rounds) for group in script.letters]
    if accents:
        letters.insert(draw.randrange(1, len(letters)), draw.choice(accents))
    return "".join(letters)


def _ascii(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "somebody"


# Faker instances are expensive to create and not thread-safe.
_faker_lock = threading.Lock()
_OF_A_PLACE = ("address", "person")
_OF_A_BROWSER = ("date_time", "user_agent")


@cache
def _faker(locale: str, names: tuple[str, ...]) -> Faker:
    from faker import Faker  # its import takes a third of a second

    return Faker(locale, providers=[f"faker.providers.{name}" for name in names], use_weighting=False)


def _seeded(locale: str, names: tuple[str, ...], draw: random.Random) -> Faker:
    faker = _faker(locale, names)
    faker.seed_instance(draw.getrandbits(64))
    return faker


def _given_name(place: Residence, draw: random.Random) -> str:
    with _faker_lock:
        return _seeded(place.locale, _OF_A_PLACE, draw).first_name()


def _browser(draw: random.Random) -> str:
    with _faker_lock:
        return _seeded(_ANY_LOCALE, _OF_A_BROWSER, draw).user_agent()


def _postal_code_and_city(place: Residence, draw: random.Random) -> tuple[str, str]:
    if place.postal_codes:
        return draw.choice(list(place.postal_codes.items()))
    with _faker_lock:
        faker = _seeded(place.locale, _OF_A_PLACE, draw)
        for _ in range(_DRAWS):
            code = faker.postcode()
            if place.postal_code_fits(code):
                return code, faker.city()
    raise HarnessError(
        f"Faker has no postal code of {place.name} in {_DRAWS} tries.",
        cause=f"Its locale {place.locale} does not produce the form {place.postal_pattern}.",
        remedy="Add postal codes for the place to harness/people/residences.yaml.",
    )
