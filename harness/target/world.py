"""A world at the target: its own data, clock and wiring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harness.contract import WAYS_IN, Capability
from harness.errors import NotApplicable, NotAssessed, TargetError
from harness.target.discovery import Description
from harness.target.http import Answer, Http

_LEDGERS = {
    "accesses": "readStaffAccessRecords",
    "consents": "readConsentRecords",
    "disclosures": "readDisclosureRecords",
    "disposals": "readDisposalRecords",
    "holds": "readHoldRecords",
    "notices": "readNoticeRecords",
    "privacy-requests": "readPrivacyRequestRecords",
    "enquiries": "readEnquiryRecords",
    "processing": "readProcessingRecords",
    "transfers": "readTransferRecords",
}


def instant(moment: datetime) -> str:
    """An instant in the form of the contract (RFC 3339, UTC)."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class StoredPart:
    """The bytes of one part of a storage place, as stored on disk when read.

    ``engine`` is the program that keeps the place, in words, where the target states it.
    """

    place: str
    kind: str
    title: str
    name: str
    content: bytes
    engine: str = ""


@dataclass(slots=True)
class World:
    """One world, or the whole target if it has no worlds.

    Attributes:
        http: The client.
        description: The target's description.
        base_url: The base URL of the world's operations.
        world_id: Its id; nothing for a target without worlds.
        trace_id: W3C trace id of every request in this world.
    """

    http: Http
    description: Description
    base_url: str
    world_id: str | None
    trace_id: str

    def call(self, operation_id: str, **arguments: Any) -> Answer:
        """Call an operation in this world. See :meth:`harness.target.http.Http.call`."""
        return self.http.call(operation_id, self.base_url, trace_id=self.trace_id, **arguments)

    def settle(self) -> None:
        """Wait until nothing is due at the target.

        Raises:
            NotAssessed: The target does not offer this.
            TargetError: It did not settle; then the absence of messages shows nothing.
        """
        require(self.description, Capability.SETTLE)
        limit = self.http.profile.settle_timeout
        answer = self._assured("settle", json={"timeout_seconds": limit}, patience=limit)
        if answer.field("settled") is not True:
            pending = ", ".join(str(what) for what in answer.json().get("pending", ())) or "not stated"
            raise TargetError(
                f"The target did not settle within {limit:g} seconds (pending: {pending}).",
                cause="a job or a delivery that does not finish",
                remedy="check the target's log; a profile can set a longer `settle_timeout`",
            )

    def now(self) -> datetime:
        """The present time of this world."""
        require(self.description, Capability.CLOCK)
        return _moment(self._assured("readClock").field("now"))

    def set_clock(self, moment: datetime) -> None:
        """Move the world's time forward.

        Raises:
            NotAssessed: The target has no clock to move, or the clock is past this time.
        """
        require(self.description, Capability.CLOCK)
        answer = self.call("setClock", json={"now": instant(moment)})
        if answer.status == 409:
            raise NotAssessed(
                f"The target's clock cannot go back to {instant(moment)}.",
                cause="a target without worlds has one clock for all scenarios",
                remedy="let the target offer worlds",
            )
        _demand(answer)

    def storage(self) -> tuple[StoredPart, ...]:
        """The stored bytes of every place of the target."""
        require(self.description, Capability.STORAGE)
        parts: list[StoredPart] = []
        for place in self._assured("listStorage").field("places"):
            engine = _engine(place.get("engine"))
            for part in place["parts"]:
                answer = self.call("readStorage", path={"place_id": place["id"], "part_name": part["name"]})
                # A part may disappear between listing and reading: a journal emptied, a log expired.
                content = answer.content if answer.ok else b""
                parts.append(StoredPart(place["id"], place["kind"], place["title"], part["name"], content, engine))
            if not place["parts"]:
                parts.append(StoredPart(place["id"], place["kind"], place["title"], "", b"", engine))
        return tuple(parts)

    def records(self, ledger: str) -> tuple[Answer, list[dict[str, Any]]]:
        """The entries of a ledger of the contract: ``consents``, ``disclosures``, ``holds``, ``transfers``, ..."""
        require(self.description, Capability.HOLDS if ledger == "holds" else Capability.RECORDS)
        answer = self._assured(_LEDGERS[ledger])
        return answer, answer.field("entries")

    def access_as_staff(self, account_id: str, **who: str) -> Answer:
        """Access an account as a member of staff: ``place`` (country), ``role`` and ``purpose`` (5.2)."""
        require(self.description, Capability.STAFF_ACCESS)
        return self.call("accessAccount", json={"account_id": account_id, **who})

    def state_transfer_register(self, register: Mapping[str, Any]) -> None:
        """Set the legal and contractual facts that the target applies in this world (5.5)."""
        require(self.description, Capability.TRANSFER_REGISTER)
        self._assured("stateTransferRegister", json=register)

    def guardian_reports(self) -> list[dict[str, Any]]:
        """Reports by parents and guardians that staff have not decided (7.5)."""
        require(self.description, Capability.GUARDIAN_REPORTS)
        return list(self._assured("readGuardianReports").field("reports"))

    def find_on_guardian_report(self, report_id: str, *, founded: bool) -> None:
        """Decide, as the target's staff would, whether a report is founded (7.5)."""
        require(self.description, Capability.GUARDIAN_REPORTS)
        self._assured("findOnGuardianReport", path={"report_id": report_id}, json={"founded": founded})

    def state_age_register(self, register: Mapping[str, Any]) -> None:
        """Set the ages that the target applies in this world (7.3, 7.6)."""
        require(self.description, Capability.AGE_REGISTER)
        self._assured("stateAgeRegister", json=register)

    def close(self) -> None:
        """Discard the world. If the target has ended, there is nothing to discard."""
        if self.world_id is None:
            return
        try:
            self.http.call("closeWorld", self.http.profile.url, path={"world_id": self.world_id})
        except TargetError:
            return

    def _assured(self, operation_id: str, **arguments: Any) -> Answer:
        answer = self.call(operation_id, **arguments)
        _demand(answer)
        return answer


def open_world(
    http: Http, description: Description, *, now: datetime, wiring: Mapping[str, Any], trace_id: str
) -> World:
    """Open a world, or use the target as it is if it has none.

    Args:
        http: The client.
        description: The target's description.
        now: The time of the world. The clock of a target without worlds is moved there if that is in its future.
        wiring: ``Wiring`` of the contract.
        trace_id: W3C trace id for its requests.
    """
    address = http.profile.url
    if Capability.WORLDS in description.capabilities:
        order = {"now": instant(now), "wiring": wiring}
        answer = http.call("openWorld", address, json=order, trace_id=trace_id)
        _demand(answer)
        return World(http, description, answer.field("base_url").rstrip("/"), answer.field("world_id"), trace_id)
    world = World(http, description, address, None, trace_id)
    if Capability.WIRING in description.capabilities:
        _demand(world.call("wire", json=wiring))
    if Capability.CLOCK in description.capabilities:
        world.set_clock(now)
    return world


def beginning(http: Http, description: Description, wanted: datetime, earliest: datetime) -> datetime:
    """Start of a scenario that names no time.

    A target with one clock for all scenarios cannot go back. It is moved no further than needed, because the scenarios
    after this one may name a day.

    Args:
        http: The client.
        description: The target's description.
        wanted: The time, if the scenario has a clock of its own.
        earliest: The time otherwise, unless the target's clock is past that.
    """
    if Capability.WORLDS in description.capabilities or Capability.CLOCK not in description.capabilities:
        return wanted
    return max(earliest, World(http, description, http.profile.url, None, "").now())


def require(description: Description, *capabilities: Capability) -> None:
    """Stop a scenario if the target lacks a capability it requires.

    Raises:
        NotAssessed: A capability is missing.
        NotApplicable: The missing capability is a route for people, without which there is nothing to examine.
    """
    missing = [one for one in capabilities if one not in description.capabilities]
    absent = [one for one in missing if one in WAYS_IN]
    if missing:
        kind = NotApplicable if absent else NotAssessed
        raise kind(
            f"The target does not offer {', '.join(f'`{one}`' for one in absent or missing)}.",
            remedy="see harness/contract/README.md for the requirements of the level",
        )


def _demand(answer: Answer) -> None:
    if not answer.ok:
        raise TargetError(
            f"{answer.operation} answered {answer.status}.",
            cause="the assurance API does not comply with the contract here, or requires a token",
            remedy="see the exchange in the evidence; a profile names the token with `assurance_token_env`",
        )


def _engine(stated: Mapping[str, Any] | None) -> str:
    if not stated:
        return ""
    overwrites = stated.get("overwrites_freed")
    habit = (
        "" if overwrites is None else f", which {'overwrites' if overwrites else 'does not overwrite'} what it frees"
    )
    return f"{stated['name']} {stated['version']}{habit}"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
