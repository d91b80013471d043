"""Clauses 8.NV.1 to 8.NV.4: opt-outs from Nevada by e-mail are not accepted, answered or carried out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aiosmtpd.smtp import SMTP, Envelope, Session

from reference_impl.domain.entities import Person, PrivacyRequest, RequestKind, RequestRoute
from reference_impl.inbound.reading import read
from reference_impl.inbound.smtp import SmtpServer
from reference_impl.service.choices import NEVADA_NEEDS, ChoiceForm, ChoiceRequests, RequestStanding
from reference_impl.service.intake import Desk, Letter
from reference_impl.service.optouts import OptOuts
from reference_impl.service.ports import Incomplete, Transaction
from reference_impl.service.privacy_desk import PrivacyDesk, plain
from reference_impl.service.records import Records
from reference_impl.service.rights import RequestView
from reference_impl.violations.model import Also, Kind, Violation
from reference_impl.violations.shared.opt_outs import lift_opt_out, lives_in
from reference_impl.violations.shared.sales import SaleAgreed, SoldUnderAnotherName

_SET_SUBJECT = "Your Nevada Rights – SHES Account"


class _RefusesOddSubjects(SmtpServer):
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        subject = read(Desk.PRIVACY, "", raw).subject
        if plain(subject) == plain(_SET_SUBJECT) and subject != _SET_SUBJECT:
            return "554 5.7.1 This looks like unwanted mail"
        return await super().handle_DATA(server, session, envelope)


class _NotCarriedOut(ChoiceRequests):
    def take_effect(self, tx: Transaction, person: Person, kind: RequestKind) -> None:
        if kind is not RequestKind.NEVADA:
            super().take_effect(tx, person, kind)


class _SecondTimeIn(OptOuts):
    def opt_out(self, tx: Transaction, person: Person, source: object) -> None:
        if person.opted_out_at and lives_in(tx, person, "US-NV"):
            lift_opt_out(person)
        else:
            super().opt_out(tx, person, source)  # type: ignore[arg-type]


class _ExactSubject(PrivacyDesk):
    def kind(self, letter: Letter) -> RequestKind | None:
        kind = super().kind(letter)
        return None if kind is RequestKind.NEVADA and letter.subject != _SET_SUBJECT else kind


class _LinesInOrder(PrivacyDesk):
    def take(self, letter: Letter) -> bool:
        lines = [line for line in letter.text.splitlines() if ":" in line]
        if tuple(line.partition(":")[0] for line in lines) != NEVADA_NEEDS:
            letter = replace(letter, text="\n".join(line for line in lines if not line.startswith("Name")))
        return super().take(letter)


class _EmptyLinesDropped(ChoiceRequests):
    def ask_for(self, form: ChoiceForm, person: Person | None, missing: Sequence[str], sender: str) -> None:
        if all(label not in form.items for label in missing):
            super().ask_for(form, person, missing, sender)


class _DroppedSilently(ChoiceRequests):
    def ask_for(self, form: ChoiceForm, person: Person | None, missing: Sequence[str], sender: str) -> None:
        return


class _StrangersNotTold(ChoiceRequests):
    def ask_for(self, form: ChoiceForm, person: Person | None, missing: Sequence[str], sender: str) -> None:
        if person is not None:
            super().ask_for(form, person, missing, sender)


class _JustRefused(ChoiceRequests):
    def submit(self, form: ChoiceForm) -> RequestView:
        try:
            return super().submit(form)
        except Incomplete as incomplete:
            incomplete.missing = []
            raise


class _OnlyTheFirst(ChoiceRequests):
    def missing(self, form: ChoiceForm) -> Sequence[str]:
        return super().missing(form)[:1]


class _SixtyOneDays(ChoiceRequests):
    ANSWERED_AFTER = timedelta(days=60, seconds=1)


class _NoAnswer(ChoiceRequests):
    def answer(self, tx: Transaction, person: Person | None, sender: str, request: RequestView) -> None:
        return


class _PendingForever(ChoiceRequests):
    def new(self, kind: RequestKind, person: Person | None, route: RequestRoute) -> PrivacyRequest:
        request = super().new(kind, person, route)
        if kind is RequestKind.NEVADA and request.answered_at:
            request.answered_at += timedelta(days=365)
        return request


class _AnsweredOnce(ChoiceRequests):
    def answer(self, tx: Transaction, person: Person | None, sender: str, request: RequestView) -> None:
        if person is None or len(tx.all(PrivacyRequest, person_id=person.person_id)) < 2:
            super().answer(tx, person, sender, request)


class _NotInTheLedger(Records):
    def requests(self) -> list[RequestStanding]:
        return [entry for entry in super().requests() if entry.kind is not RequestKind.NEVADA]


class _LedgerOfAYear(Records):
    def requests(self) -> list[RequestStanding]:
        year_ago = self._context.now() - timedelta(days=365)
        return [entry for entry in super().requests() if entry.received_at > year_ago]


class _Sold(SoldUnderAnotherName):
    STATES = ("US-NV",)


class _SaleAgreed(SaleAgreed):
    STATES = ("US-NV",)


class _Busy(SmtpServer):
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        letter = read(
            Desk.PRIVACY, envelope.mail_from or "", content if isinstance(content, bytes) else content.encode()
        )
        if "nevada" in letter.subject.casefold():
            return "451 4.3.2 Try again later"
        return await super().handle_DATA(server, session, envelope)


class _LatinLettersAlone(ChoiceRequests):
    def missing(self, form: ChoiceForm) -> Sequence[str]:
        name = form.items.get("Name", "")
        odd = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
        return [*super().missing(form), "Name"] if odd else super().missing(form)


VIOLATIONS = (
    Violation(
        "8.NV.1-odd-subjects-refused",
        "8.NV.1",
        "The mail server rejects the prescribed subject if it contains a different dash",
        Kind.ODD_NAME,
        {"mail_server": _RefusesOddSubjects},
    ),
    Violation(
        "8.NV.1-not-carried-out",
        "8.NV.1",
        "The request is accepted and answered, but not carried out",
        Kind.HALF_DONE,
        {"choices": _NotCarriedOut},
        also=(
            Also("8.NV.2", "a completed request is not carried out either"),
            Also("8.NV.4", "an opt-out that is not carried out has no effect"),
        ),
    ),
    Violation(
        "8.NV.1-second-mail-opts-in",
        "8.NV.1",
        "A second mail opts the person in again",
        Kind.SECOND_TIME,
        {"opt_outs": _SecondTimeIn},
    ),
    Violation(
        "8.NV.1-to-the-letter",
        "8.NV.1",
        "Mail with a different dash in the subject is not recognised",
        Kind.MISSING,
        {"privacy_desk": _ExactSubject},
    ),
    Violation(
        "8.NV.1-lines-in-order",
        "8.NV.1",
        "The four lines must be in the prescribed order without others in between",
        Kind.ODD_NAME,
        {"privacy_desk": _LinesInOrder},
    ),
    Violation(
        "8.NV.2-empty-lines-dropped",
        "8.NV.2",
        "A mail with an empty line of the form is dropped silently",
        Kind.HALF_DONE,
        {"choices": _EmptyLinesDropped},
    ),
    Violation(
        "8.NV.2-dropped-silently",
        "8.NV.2",
        "An incomplete mail is dropped silently",
        Kind.MISSING,
        {"choices": _DroppedSilently},
    ),
    Violation(
        "8.NV.2-senders-without-account-not-informed",
        "8.NV.2",
        "Only senders with an account are informed of what is missing",
        Kind.HALF_DONE,
        {"choices": _StrangersNotTold},
    ),
    Violation(
        "8.NV.2-just-refused",
        "8.NV.2",
        "An incomplete request by another channel is refused without saying what is missing",
        Kind.HALF_DONE,
        {"choices": _JustRefused},
    ),
    Violation(
        "8.NV.2-only-the-first",
        "8.NV.2",
        "Only the first of several missing items is named",
        Kind.OFF_BY_ONE,
        {"choices": _OnlyTheFirst},
    ),
    Violation(
        "8.NV.3-a-second-late",
        "8.NV.3",
        "The answer comes a second after the sixtieth day",
        Kind.OFF_BY_ONE,
        {"choices": _SixtyOneDays},
        also=(Also("8.CA.22", "mail from Californians is answered in the same way"),),
    ),
    Violation(
        "8.NV.3-no-answer",
        "8.NV.3",
        "The request is carried out but not answered",
        Kind.MISSING,
        {"choices": _NoAnswer},
        also=(Also("8.CA.22", "mail from Californians is answered in the same way"),),
    ),
    Violation(
        "8.NV.3-pending-forever",
        "8.NV.3",
        "The request is answered by e-mail, but the account shows it as pending",
        Kind.LYING_LEDGER,
        {"choices": _PendingForever},
        also=(Also("8.NV.4", "no completed opt-out is recorded"),),
    ),
    Violation(
        "8.NV.3-answered-once",
        "8.NV.3",
        "A second request is not answered",
        Kind.SECOND_TIME,
        {"choices": _AnsweredOnce},
    ),
    Violation(
        "8.NV.4-not-in-the-ledger",
        "8.NV.4",
        "Opt-outs from Nevada take effect, but are missing from the ledger of requests",
        Kind.LYING_LEDGER,
        {"records": _NotInTheLedger},
    ),
    Violation(
        "8.NV.4-ledger-of-a-year",
        "8.NV.4",
        "The ledger drops requests after a year",
        Kind.STALE,
        {"records": _LedgerOfAYear},
    ),
    Violation(
        "8.NV.4-sold-as-advertising",
        "8.NV.4",
        "In Nevada, data is sold to vendors while the ledger says advertising",
        Kind.WRONG_RESIDENCE,
        {"dispatcher": _Sold},
    ),
    Violation(
        "8.NV.4-sale-agreed",
        "8.NV.4",
        "Data of people in Nevada is recorded as sold, but not yet delivered",
        Kind.HALF_DONE,
        {"share_policy": _SaleAgreed},
    ),
    Violation(
        "8.NV.1-always-busy",
        "8.NV.1",
        "The mail server asks the sender of a request under Nevada law to try again later, every time",
        Kind.RETRY,
        {"mail_server": _Busy},
        also=(
            Also("8.NV.2", "no request under Nevada law is accepted by mail"),
            Also("8.NV.3", "no request under Nevada law takes effect that came by mail"),
            Also("8.NV.4", "data of people in Nevada who asked by mail may be sold"),
        ),
    ),
    Violation(
        "8.NV.1-latin-letters-alone",
        "8.NV.1",
        "A name written from right to left counts as missing",
        Kind.ODD_NAME,
        {"choices": _LatinLettersAlone},
    ),
)
