"""What an answer of the target means for a scenario whose stage is being set."""

from __future__ import annotations

from harness.errors import HarnessError, NotApplicable, TargetError
from harness.target.http import Answer

_PROBLEM = "urn:shes:problem:"
_STATE_A_COUNTRY = frozenset({"registerSonyAccount", "createShesAccount", "changeShesAccount"})


def problem(answer: Answer) -> str:
    """Why something was refused, in words, as the problem details say (RFC 9457); empty where they say nothing."""
    try:
        body = answer.json()
    except TargetError:
        return ""
    kind = str(body.get("type"))
    return kind.removeprefix(_PROBLEM).replace("-", " ") if kind.startswith(_PROBLEM) else str(body.get("title") or "")


def refusal(answer: Answer) -> str:
    """Status and reason of a refusal, for people: ``403, country not served``."""
    return ", ".join(part for part in (str(answer.status), problem(answer)) if part)


def not_served(answer: Answer) -> bool:
    """Whether something was refused because the target does not serve people who live in the stated country."""
    return (
        answer.status == 403
        and answer.operation in _STATE_A_COUNTRY
        and answer.json().get("type") == f"{_PROBLEM}country-not-served"
    )


def served(answer: Answer, what: str) -> Answer:
    """Demand that the country somebody stated is one that the target serves.

    Raises:
        NotApplicable: It is not; a service need not serve every country.
    """
    if not_served(answer):
        raise NotApplicable(f"{what}: the target does not serve people who live in this country.")
    return answer


def done(answer: Answer, what: str) -> Answer:
    """Demand that something on the way to what is tested worked.

    Raises:
        NotApplicable: The target does no business in the person's country.
        HarnessError: It did not: the stage could not be set, and nothing is proved either way.
    """
    served(answer, what)
    if not answer.ok:
        raise HarnessError(
            f"{what}: the target answered {refusal(answer)}, where success was needed to set the stage.",
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
