"""The webhook that a provider of mail calls: the whole message as the body, the envelope in headers."""

from __future__ import annotations

import secrets
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool

from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService, Token
from reference_impl.inbound.reading import LARGEST, read
from reference_impl.service.intake import MailIntake
from reference_impl.service.ports import NotThere, Unauthenticated


async def admit(here: CurrentService, token: Token) -> None:
    """Admit the provider only: a posted mail can state any sender."""
    if not secrets.compare_digest((token or "").encode(), here.intake.webhook_token.encode()):
        raise Unauthenticated("Mail is accepted from the provider only")


router = APIRouter(tags=["mail"], dependencies=[Depends(admit)])

_Address = Annotated[str, Header(max_length=2000)]


@router.post(MailIntake.WEBHOOK, status_code=204, responses=errors(401, 404, 413, 415, 422))
async def take_mail(
    request: Request, here: CurrentService, shes_envelope_sender: _Address, shes_envelope_recipient: _Address
) -> None:
    """Process a mail. It is answered only afterwards; after a failure with 500, and the provider tries again."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "message/rfc822":
        raise HTTPException(415)
    desk = here.intake.desk_at(unquote(shes_envelope_recipient))
    if desk is None:
        raise NotThere("There is no such mailbox")
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > LARGEST:
            raise HTTPException(413)
    letter = read(desk, unquote(shes_envelope_sender).strip("<>"), bytes(raw))
    await run_in_threadpool(here.intake.receive, letter)
