"""What an answer of the target means for a scenario whose stage is being set."""

from __future__ import annotations

from harness.errors import HarnessError, NotApplicable, TargetError
from harness.target.http import Answer


def not_served(answer: Answer) -> bool:
    """Whether something was refused because the target does no business in the country."""
    return answer.status == 403 and answer.json().get("type") == "urn:shes:problem:country-not-served"


def done(answer: Answer, what: str) -> Answer:
    """Demand that something on the way to what is tested worked.

    Raises:
        NotApplicable: The target does no business in the person's country.
        HarnessError: It did not: the stage could not be set, and nothing is proved either way.
    """
    if not_served(answer):
        raise NotApplicable(f"{what}: the target does not serve people who live in this country.")
    if not answer.ok:
        raise HarnessError(
            f"{what}: the target answered {answer.status} where success was needed to set the stage.",
            cause="the target refuses something this scenario takes for granted",
            remedy="look at the exchange in the evidence",
        )
    return answer


def missing(what: str) -> TargetError:
    """Something that should have come from the target did not."""
    return TargetError(
        f"{what} did not come.",
        cause="the target does not send it, or sends it elsewhere than it was wired to",
        remedy="look at the mails and deliveries in the evidence",
    )
