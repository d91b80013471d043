"""Consent, unsubscribing, privacy choices."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse

from reference_impl.domain.consent import ConsentPurpose, WithdrawnBy
from reference_impl.http.models import consents
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService, SignedIn
from reference_impl.service.gpc import GpcRule
from reference_impl.service.ports import Malformed

router = APIRouter(tags=["consent"])

_UnsubscribeToken = Annotated[str, Path(min_length=1, max_length=200, pattern="^[A-Za-z0-9_-]+$")]
_Language = Annotated[str, Query(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]


@router.get("/v1/consent-texts/{purpose}", responses=errors(422))
def read_text(purpose: ConsentPurpose, here: CurrentService, language: _Language = "en") -> consents.ConsentText:
    """The text a person is asked to agree to, in the language wanted or else in English."""
    return consents.ConsentText.model_validate(here.texts.current(purpose, language))


@router.get("/v1/shes-account/consents", responses=errors(401, 404))
def read_consents(who: SignedIn, here: CurrentService) -> consents.Consents:
    """The state of every consent of the person."""
    return consents.Consents(
        consents=[consents.Consent.model_validate(state) for state in here.consents.states(who.person_id)]
    )


@router.put("/v1/shes-account/consents/{purpose}", responses=errors(400, 401, 404, 409, 422))
def give(
    purpose: ConsentPurpose, body: consents.ConsentDeclaration, who: SignedIn, here: CurrentService
) -> consents.Consent:
    """Give one consent, to this purpose and to no other."""
    return consents.Consent.model_validate(
        here.consents.give(who.person_id, purpose, body.text_version, body.language, body.product_app)
    )


@router.delete("/v1/shes-account/consents/{purpose}", responses=errors(401, 404, 422))
def withdraw(purpose: ConsentPurpose, who: SignedIn, here: CurrentService) -> consents.Consent:
    """Withdraw one consent."""
    return consents.Consent.model_validate(here.consents.withdraw(who.person_id, purpose, WithdrawnBy.ACCOUNT))


@router.api_route(
    "/v1/unsubscribe/{token}",
    methods=["GET", "HEAD"],
    response_class=HTMLResponse,
    responses=errors(404, 422),
    operation_id="showUnsubscribe",
)
def show_unsubscribe(token: _UnsubscribeToken, here: CurrentService) -> HTMLResponse:
    """A page that offers the withdrawal. Looking at it changes nothing."""
    here.unsubscribe.look(token)
    button = (
        f'<form method="post" action="{escape(token)}">'
        '<button name="List-Unsubscribe" value="One-Click">Stop marketing by e-mail</button></form>'
    )
    return _page("Stop marketing by e-mail?", button)


@router.post("/v1/unsubscribe/{token}", response_class=HTMLResponse, responses=errors(400, 404, 422))
def unsubscribe(
    token: _UnsubscribeToken, here: CurrentService, answer: Annotated[str, Form(alias="List-Unsubscribe")]
) -> HTMLResponse:
    """Unsubscribe with one click (RFC 8058): no sign-in, no further question."""
    if answer != "One-Click":
        raise Malformed("Check: List-Unsubscribe")
    here.unsubscribe.unsubscribe(token)
    return _page("Done", "<p>You will receive no further marketing by e-mail.</p>")


@router.get("/v1/shes-account/privacy-choices", responses=errors(401, 404))
def read_choices(who: SignedIn, here: CurrentService) -> consents.PrivacyChoices:
    """What the person has opted out of."""
    person, _ = here.accounts.read(who.person_id)
    return consents.PrivacyChoices.of(person)


@router.put("/v1/shes-account/privacy-choices/personal-information", responses=errors(400, 401, 404, 422))
def set_personal_information(
    body: consents.PersonalInformation, who: SignedIn, here: CurrentService
) -> consents.PrivacyChoices:
    """Switch the setting 'Personal Information'. Off is an opt-out of sale, sharing and targeted advertising."""
    return consents.PrivacyChoices.of(here.opt_outs.set_personal_information(who.person_id, enabled=body.enabled))


@router.get("/.well-known/gpc.json")
def read_gpc_support() -> consents.GpcSupport:
    """Whether the service honours Global Privacy Control."""
    return consents.GpcSupport(gpc=GpcRule.SUPPORTED, lastUpdate=date(2024, 2, 20))


def _page(title: str, content: str) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="robots" content="noindex">'
        f"<title>{title}</title><h1>{title}</h1>{content}</html>",
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
    )
