"""Product apps, and the My Sony ID."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from reference_impl.http.models import products
from reference_impl.http.problems import errors
from reference_impl.http.requests import CurrentService, SignedIn
from reference_impl.service.products import AppStatement

router = APIRouter(tags=["consent"])

_AppId = Annotated[str, Path(min_length=1, max_length=60, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]


@router.get("/v1/shes-account/product-apps", responses=errors(401, 404))
def read_apps(who: SignedIn, here: CurrentService) -> products.ProductApps:
    """What product apps have reported about the person."""
    return products.ProductApps(
        product_apps=[products.ProductApp.model_validate(app) for app in here.products.apps(who.person_id)]
    )


@router.put("/v1/shes-account/product-apps/{app_id}", responses=errors(400, 401, 404, 422))
def state_app(
    app_id: _AppId, body: products.ProductAppStatement, who: SignedIn, here: CurrentService
) -> products.ProductApp:
    """Take the preferences set in a product app, and the usage of the product."""
    usage = [{"category": one.category, "detail": one.detail} for one in body.usage]
    said = AppStatement(body.personalisation, list(dict.fromkeys(body.categories)), usage)
    return products.ProductApp.model_validate(here.products.state(who.person_id, app_id, said), from_attributes=True)


@router.get("/v1/shes-account/profile", responses=errors(401, 404))
def read_profile(who: SignedIn, here: CurrentService) -> products.Profile:
    """The profile of the person; without a consent to profiling there is nothing in it."""
    return products.Profile.model_validate({"interests": here.products.interests(who.person_id)})


@router.put("/v1/shes-account/my-sony-id", status_code=204, responses=errors(401, 404))
def made_my_sony_id(who: SignedIn, here: CurrentService) -> None:
    """The person has created a My Sony ID."""
    here.products.made_my_sony_id(who.person_id)


@router.delete("/v1/shes-account/my-sony-id", status_code=204, responses=errors(401, 404))
def gave_up_my_sony_id(who: SignedIn, here: CurrentService) -> None:
    """The person has given up the My Sony ID."""
    here.products.gave_up_my_sony_id(who.person_id)
