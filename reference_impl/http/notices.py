"""Notices: what people are told, before they give any data too."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from reference_impl.domain.residence import Residence
from reference_impl.http import models
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
) -> models.Notice:
    """The notice in force for residents of a place, in the language wanted or else in English."""
    context = here.context
    found = here.notices.read(topic, Residence(country, subdivision), language, context.now())
    if found is None:
        raise NotThere("There is no such notice")
    notice = models.Notice.model_validate(found)
    for link in notice.links:
        if link.href.startswith("/"):
            link.href = context.base_url + link.href
    return notice
