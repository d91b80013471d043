"""The dated data files, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from reference_impl.domain.abroad import Basis, Place, TransferLaw
from reference_impl.domain.age import AgeRegister, AgeRule, ChildrensLaw
from reference_impl.domain.consent import ConsentPurpose, ConsentText
from reference_impl.domain.notices import Contact, Notice, NoticeLink, NoticeText
from reference_impl.domain.processing import ProcessingActivity
from reference_impl.domain.recipients import Purpose, Recipient, Role
from reference_impl.domain.transfer import AdequacyDecision, GroundKind, Safeguard, TransferRegister, Validity


@dataclass(frozen=True, slots=True)
class MailText:
    """Subject and text of a service mail in one language; ``{link}`` is filled in."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class SafeguardText:
    """A kind of safeguard in one language. ``in_force``: the heading of the list of those in force."""

    title: str
    in_force: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts that change with law and contracts, not with the code.

    Attributes:
        eea: Countries and territories in which the GDPR applies.
        zones: IANA zones by country.
        ages: The age thresholds that the service applies at the start.
        childrens_law: What these cannot lower.
        recipients: Everybody who receives personal data.
        register: Adequacy decisions and safeguards at the start.
        states: ISO 3166-2 codes of the United States.
        provinces: ISO 3166-2 code by the beginning of a Canadian postal code.
        processing: The record of processing.
        consent_texts: Oldest first.
        consequences: Of a withdrawal, by purpose and language.
        mails: By kind and language.
        notices: Every version of every notice.
        places: Where the account is run.
        transfer_laws: Law on data leaving the country; every country is a residence of one.
        safeguard_texts: By kind and language.
    """

    eea: frozenset[str]
    zones: Mapping[str, tuple[str, ...]]
    ages: AgeRegister
    childrens_law: ChildrensLaw
    recipients: tuple[Recipient, ...]
    register: TransferRegister
    states: frozenset[str]
    provinces: Mapping[str, str]
    processing: tuple[ProcessingActivity, ...]
    consent_texts: tuple[ConsentText, ...]
    consequences: Mapping[ConsentPurpose, Mapping[str, str]]
    mails: Mapping[str, Mapping[str, MailText]]
    notices: tuple[Notice, ...]
    places: tuple[Place, ...]
    transfer_laws: tuple[TransferLaw, ...]
    safeguard_texts: Mapping[GroundKind, Mapping[str, SafeguardText]]


def load_facts() -> Facts:
    """Read the data files of this package and the zone table of ``tzdata``."""
    eea_file = _toml("eea")
    eea = frozenset(eea_file["members"]) | frozenset(eea_file["territories"])
    zones = _zones()
    ages = _toml("ages")
    recipients = _recipients(_toml("recipients")["recipient"], eea, frozenset(zones))
    return Facts(
        eea=eea,
        zones=zones,
        ages=AgeRegister(
            thresholds=tuple(AgeRule(**entry) for entry in ages["threshold"]),
            majorities=tuple(AgeRule(**entry) for entry in ages["majority"]),
        ),
        childrens_law=ChildrensLaw(
            floors=tuple(
                AgeRule(entry["age"], entry["source"], country, entry["valid_from"])
                for entry in ages["floor"]
                for country in (
                    sorted(eea) if entry["country"] == "EEA" else [entry["country"], *entry.get("territories", ())]
                )
            ),
            advertising={state: int(entry["age"]) for state, entry in ages["advertising"].items()},
        ),
        recipients=recipients,
        register=TransferRegister(
            countries={recipient.id: recipient.country for recipient in recipients},
            adequacy=tuple(_decision(entry) for entry in _toml("adequacy")["decision"]),
            safeguards=tuple(
                Safeguard(
                    entry["recipient"],
                    GroundKind(entry["kind"]),
                    entry["reference"],
                    Validity(entry["valid_from"], entry.get("valid_until")),
                )
                for entry in _toml("safeguards")["safeguard"]
            ),
        ),
        states=frozenset(_toml("states")["codes"]),
        provinces=_toml("provinces")["by_beginning"],
        processing=tuple(_activity(entry, eea) for entry in _toml("processing")["activity"]),
        consent_texts=tuple(
            ConsentText(ConsentPurpose(entry["purpose"]), entry["version"], entry["language"], entry["text"])
            for entry in sorted(_toml("consents")["text"], key=lambda entry: str(entry["published"]))
        ),
        consequences={purpose: _toml("consequences")[purpose] for purpose in ConsentPurpose},
        mails={
            kind: {language: MailText(**text) for language, text in languages.items()}
            for kind, languages in _toml("mails").items()
        },
        notices=tuple(_notices()),
        places=tuple(
            Place(entry["id"], entry["operator"], entry["country"], tuple(entry["activities"]))
            for entry in _toml("places")["place"]
        ),
        transfer_laws=tuple(_transfer_laws(_toml("transfer_laws")["law"], eea, frozenset(zones))),
        safeguard_texts={
            GroundKind(kind): {language: SafeguardText(**texts[language]) for language in texts}
            for kind, texts in _toml("safeguard_texts").items()
            if isinstance(texts, dict)
        },
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("reference_impl").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def _notices() -> Iterator[Notice]:
    """One file a topic, named after it."""
    for file in resources.files("reference_impl").joinpath("data", "notices").iterdir():
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["notice"]:
            yield Notice(
                topic=file.name.removesuffix(".toml"),
                version=entry["version"],
                published_at=entry["published"],
                residences=frozenset(entry["residences"]),
                texts={language: NoticeText(**text) for language, text in entry["text"].items()},
                countries=tuple(entry.get("countries", ())),
                links=tuple(NoticeLink(**link) for link in entry.get("link", ())),
                contacts=tuple(Contact(**contact) for contact in entry.get("contact", ())),
            )


def _zones() -> dict[str, tuple[str, ...]]:
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    zones: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones[country] = (*zones.get(country, ()), zone)
    return zones


def _recipients(entries: list[dict[str, Any]], eea: frozenset[str], countries: frozenset[str]) -> tuple[Recipient, ...]:
    named = {
        country
        for entry in entries
        if entry["role"] == Role.GROUP_COMPANY
        for country in (eea if entry["residences"] == ["EEA"] else entry["residences"])
    }
    sets = {"EEA": eea, "REST": countries - named}
    return tuple(
        Recipient(
            id=entry["id"],
            name=entry["name"],
            role=Role(entry["role"]),
            country=entry["country"],
            purposes=tuple(Purpose(purpose) for purpose in entry["purposes"]),
            residences=tuple(
                sorted(country for place in entry["residences"] for country in sets.get(place, frozenset({place})))
            ),
        )
        for entry in entries
    )


def _activity(entry: dict[str, Any], eea: frozenset[str]) -> ProcessingActivity:
    places = entry.get("residences")
    return ProcessingActivity(
        activity=entry["activity"],
        purpose=entry["purpose"],
        basis=entry["basis"],
        consent=ConsentPurpose(entry["consent"]) if "consent" in entry else None,
        residences=None if places is None else tuple(sorted(eea) if places == ["EEA"] else places),
    )


def _decision(entry: dict[str, Any]) -> AdequacyDecision:
    certified = entry.get("certified_recipients")
    return AdequacyDecision(
        country=entry["country"],
        reference=entry["reference"],
        validity=Validity(entry["valid_from"], entry.get("valid_until")),
        certified=None if certified is None else frozenset(certified),
    )


def _transfer_laws(
    entries: list[dict[str, Any]], eea: frozenset[str], countries: frozenset[str]
) -> Iterator[TransferLaw]:
    named = {
        country for entry in entries for country in (eea if entry["residences"] == ["EEA"] else entry["residences"])
    }
    sets = {"EEA": eea, "REST": countries - named}

    def spread(places: list[str]) -> frozenset[str]:
        return frozenset(code for place in places for code in sets.get(place, frozenset({place})))

    for entry in entries:
        yield TransferLaw(
            id=entry["id"],
            name=entry["name"],
            residences=spread(entry["residences"]),
            source=entry["source"],
            bases=tuple(
                Basis(
                    basis["kind"],
                    basis["reference"],
                    Validity(basis["valid_from"], basis.get("valid_until")),
                    spread(basis.get("to", [])),
                )
                for basis in entry.get("basis", ())
            ),
        )
