"""Notices, also readable before a person provides any data."""

from __future__ import annotations

from html import escape
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse

from reference_impl.domain.residence import Residence
from reference_impl.domain.transfer import GroundKind
from reference_impl.http.models import notices
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService
from reference_impl.service.ports import NotThere

router = APIRouter(tags=["notices"])

_Topic = Annotated[str, Path(min_length=1, max_length=100, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
_Country = Annotated[str, Query(pattern="^[A-Z]{2}$")]
_Subdivision = Annotated[str | None, Query(pattern="^[A-Z]{2}-[A-Z0-9]{1,3}$")]
_Language = Annotated[str, Query(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]


@router.get("/v1/notices/{topic}", responses=errors(404, 422))
def read_notice(
    topic: _Topic,
    country: _Country,
    here: CurrentService,
    subdivision: _Subdivision = None,
    language: _Language = "en",
) -> notices.Notice:
    """The notice in force for residents of a place, in the language wanted or else in English."""
    context = here.context
    found = here.notices.read(topic, Residence(country, subdivision), language, context.now())
    if found is None:
        raise NotThere("There is no such notice")
    notice = notices.Notice.model_validate(found)
    for link in notice.links:
        if link.href.startswith("/"):
            link.href = context.base_url + link.href
    return notice


@router.get("/v1/safeguards/{kind}", response_class=HTMLResponse, responses=errors(404, 422))
def show_safeguard(kind: GroundKind, here: CurrentService, language: _Language = "en") -> HTMLResponse:
    """The text of a kind of safeguard, and the ones in force."""
    text = here.readable_safeguards.text(kind, language)
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.text.strip().split("\n\n"))
    entries = "".join(
        f"<li>{escape(one.recipient)}: {escape(one.reference)}</li>" for one in here.readable_safeguards.in_force(kind)
    )
    return HTMLResponse(
        f'<!doctype html><html><meta charset="utf-8"><title>{escape(text.title)}</title>'
        f"<h1>{escape(text.title)}</h1>{paragraphs}<h2>{escape(text.in_force)}</h2><ul>{entries}</ul></html>"
    )
