"""Reads a target's description of itself, and checks that it is a target before the audit starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator

from harness import contract
from harness.contract import Capability
from harness.errors import TargetError, UsageError
from harness.target.http import Http

_MAJOR = contract.VERSION.split(".", maxsplit=1)[0]
_LONGEST_WINDOW = 30
_LONGEST_MESSAGE = 200
_OK = 200
_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Recipient:
    """A party to which the target sends personal data, as declared."""

    id: str
    name: str
    role: str
    country: str
    purposes: frozenset[str]
    residences: frozenset[str]


@dataclass(frozen=True, slots=True)
class Description:
    """A target's description of itself.

    Attributes:
        service: Name and version.
        contract: Version of the contract it implements.
        capabilities: What it exposes to an auditor.
        retention_months: Retention period in months after a deletion (4.1).
        retention_zone: IANA name of the time zone in which they are counted.
        purge_window: Time within which a due purge is completed.
        recipients: Every party to which it sends personal data.
        declared: The description as received.
    """

    service: str
    contract: str
    capabilities: frozenset[Capability]
    retention_months: int
    retention_zone: str
    purge_window: timedelta
    recipients: tuple[Recipient, ...]
    declared: dict[str, Any]

    def lifetime(self, kind: str) -> timedelta | None:
        """The declared retention period of a kind of data that is no longer needed (4.6); nothing if not declared."""
        for one in self.declared["retention"].get("other", ()):
            if one["kind"] == kind:
                return timedelta(days=int(one["within"][1:-1]))
        return None

    def age_threshold(self, country: str, on: date) -> int:
        """The declared age threshold of a country on a day (7.1, 7.3)."""
        return age_by(self.declared["age_thresholds"], country, on, 16)

    def recipients_for(self, purpose: str, country: str) -> tuple[Recipient, ...]:
        """Recipients declared for a purpose and a country of residence."""
        return tuple(r for r in self.recipients if purpose in r.purposes and country in r.residences)


def age_by(
    rules: Iterable[Mapping[str, Any]], country: str, on: date, otherwise: int, subdivision: str | None = None
) -> int:
    """The age that applies on a day: a narrower rule before a wider, a later before an earlier.

    A rule of the state or province is narrower than that of its country, and this narrower than the general one.

    Args:
        rules: ``AgeRule`` of the contract.
        country: ISO 3166-1 alpha-2.
        on: The day, in the calendar of the country.
        otherwise: The age if no rule is in force.
        subdivision: ISO 3166-2, where a state or province counts.
    """
    day = on.isoformat()
    found = [
        (bool(rule.get("country")) + bool(rule.get("subdivision")), rule.get("valid_from", ""), int(rule["age"]))
        for rule in rules
        if rule.get("country") in {None, country}
        and rule.get("subdivision") in {None, subdivision}
        and rule.get("valid_from", "") <= day < rule.get("valid_until", "~")
    ]
    return max(found)[2] if found else otherwise


def discover(http: Http) -> Description:
    """Request the target's description, and validate it.

    Raises:
        UsageError: A server responds there, but it is not a target of this contract.
        TargetError: There is no response, or it is unusable.
    """
    address = http.profile.url
    answer = http.call("describeService", address)
    if answer.status == _NOT_FOUND:
        raise UsageError(
            f"{address} does not offer the contract for auditors.",
            cause="not an account service of this contract, or its assurance API is switched off",
            remedy="give the target's own address, or let it serve /.well-known/shes-assurance (harness/contract)",
        )
    if answer.status != _OK:
        raise TargetError(
            f"{address} answered {answer.status} to the request for its description.",
            cause="a gateway or a sign-in page is in front of it",
            remedy="give the address of the target itself",
        )
    try:
        declared = answer.json()
    except TargetError as error:
        raise TargetError(
            f"{address} responds, but not with a service description: {error.what}",
            cause="a service other than an account service of this contract responds there",
            remedy="give the address of the target itself",
        ) from error
    _same_major(declared, address)
    _validate(declared, address)
    return describe(declared)


def describe(declared: dict[str, Any]) -> Description:
    """The validated description that a target has sent."""
    retention = declared["retention"]
    return Description(
        service=f"{declared['service']['name']} {declared['service']['version']}",
        contract=declared["contract"],
        capabilities=frozenset(Capability(name) for name in declared["capabilities"]),
        retention_months=int(retention["period"][1:-1]),
        retention_zone=retention["time_zone"],
        purge_window=timedelta(days=int(retention["purge_window"][1:-1])),
        recipients=tuple(
            Recipient(
                id=one["id"],
                name=one["name"],
                role=one["role"],
                country=one["country"],
                purposes=frozenset(one["purposes"]),
                residences=frozenset(one["residences"]),
            )
            for one in declared["recipients"]
        ),
        declared=declared,
    )


def _same_major(declared: dict[str, Any], address: str) -> None:
    version = str(declared.get("contract", ""))
    major = version.partition(".")[0]
    if major.isdecimal() and major != _MAJOR:
        raise UsageError(
            f"{address} implements version {version} of the contract; this is {contract.VERSION}.",
            cause="the target is older or newer than the auditor",
            remedy=f"use a shes-audit for contract {version}, or update the target to {contract.VERSION}",
        )


def _validate(declared: dict[str, Any], address: str) -> None:
    document = contract.document()
    schema = {"$ref": "#/components/schemas/ServiceDescription", "components": document["components"]}
    problems = [
        f"{'/'.join(str(part) for part in error.absolute_path) or 'description'}: {error.message[:_LONGEST_MESSAGE]}"
        for error in Draft202012Validator(schema).iter_errors(declared)
    ]
    if not problems:
        retention = declared["retention"]
        if int(retention["purge_window"][1:-1]) > _LONGEST_WINDOW:
            problems.append(f"retention/purge_window: longer than {_LONGEST_WINDOW} days")
        if not _is_zone(retention["time_zone"]):
            problems.append(f"retention/time_zone: {retention['time_zone']!r} is not a time zone")
    if problems:
        raise TargetError(
            f"The service description of {address} does not match the contract: {'; '.join(problems[:3])}",
            cause="the target is misconfigured or incomplete",
            remedy="compare /.well-known/shes-assurance with ServiceDescription in harness/contract/openapi.yaml",
        )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
