"""From which age somebody may have an account where they live, and until which age they are a minor.

The minimum age is sixteen, in China fourteen, or what the target declares for a country by that country's name. What it
declares for all the others does not count: that is what is audited.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from harness.clock import reaches_age_at
from harness.errors import NotApplicable
from harness.geography import members, territories
from harness.people.residences import Residence
from harness.stage import Service
from harness.target.discovery import age_by

SIXTEEN, FOURTEEN, EIGHTEEN = 16, 14, 18
LAW = {"GB": 13, "KR": 14, **dict.fromkeys({"US", *territories("US")} | members("EEA"), 13)}
"""The least age for an account without a parent, by children's law; what a target declares cannot lower it (7.6).

In the United States and its territories it is that of COPPA (15 U.S.C. 6501(1) and (2)(A)). In the EEA it is the lowest
that a member state may choose for consent (Article 8(1) GDPR); what each has chosen is not asked for, because the
account rests on the contract (2.1).
"""


def today_in(place: Residence, service: Service) -> date:
    """The day it is where it begins last in the country: the country is all that the target knows."""
    return min(service.now.astimezone(ZoneInfo(zone)).date() for zone in place.zones)


def minimum_age(service: Service, place: Residence, on: date) -> int:
    """The age from which somebody who lives there may have an account, on a day (7.1, 7.2, 7.3)."""
    if place.country == "CN":
        return FOURTEEN
    own = [rule for rule in service.ages["age_thresholds"] if rule.get("country") == place.country]
    return max(age_by(own, place.country, on, SIXTEEN), LAW.get(place.country, 0))


def age_of_majority(service: Service, place: Residence, on: date) -> int:
    """The age until which somebody who lives there is a minor, on a day (7.6)."""
    return age_by(service.ages["majority_ages"], place.country, on, EIGHTEEN, place.subdivision)


def reached(service: Service, born: date, place: Residence, age: int) -> bool:
    """Whether that birthday has begun in the whole country."""
    return service.now >= reaches_age_at(born, age, place.zones)


def is_old_enough(service: Service, born: date, place: Residence) -> bool:
    """Whether somebody has reached the minimum age in a country."""
    return reached(service, born, place, minimum_age(service, place, today_in(place, service)))


def is_minor(service: Service, born: date, place: Residence) -> bool:
    """Whether somebody is not of age in a country, by what the target declares."""
    return not reached(service, born, place, age_of_majority(service, place, today_in(place, service)))


def born_to_reach_minimum_age(service: Service, place: Residence, day: date) -> date:
    """Date of birth of somebody who reaches the minimum age on a day."""
    return day.replace(year=day.year - minimum_age(service, place, day))


def born_to_come_of_age(service: Service, place: Residence, day: date) -> date:
    """Date of birth of somebody who reaches the age of majority on a day.

    Raises:
        NotApplicable: By the ages of the target no minor can have an account there.
    """
    majority = age_of_majority(service, place, day)
    if minimum_age(service, place, day) >= majority:
        raise NotApplicable(
            f"No minor can have an account in {place.name}.",
            cause="the target asks for the age of majority there, or for more",
        )
    return day.replace(year=day.year - majority)


def tomorrow_in(place: Residence, service: Service) -> date:
    """The day after :func:`today_in`."""
    return today_in(place, service) + timedelta(days=1)
