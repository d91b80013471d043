"""Synthetic people, the values that identify them, and the search for those values."""

from harness.people.canaries import Canaries, Canary
from harness.people.person import NameShape, PeopleFactory, Person, PostalAddress
from harness.people.residences import Residence, members, residence, residences, residences_in
from harness.people.search import Trace, find_traces, find_traces_in

__all__ = [
    "Canaries",
    "Canary",
    "NameShape",
    "PeopleFactory",
    "Person",
    "PostalAddress",
    "Residence",
    "Trace",
    "find_traces",
    "find_traces_in",
    "members",
    "residence",
    "residences",
    "residences_in",
]
