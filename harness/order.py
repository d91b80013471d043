"""What somebody asked a run for, and what is taken where they did not say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_OUT = Path("reports/out")
PYTEST_OUT = Path("reports/out-pytest")
"""Where plain pytest writes: never over an audit."""
DEFAULT_SEED = 1
DEFAULT_GATE = Path("gate.toml")


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asked for.

    Attributes:
        target: Address or profile; nothing for the bundled reference.
        seed: Makes the synthetic people.
        out: Where the raw report goes.
        gate: The gate file.
        clauses: Only these.
        sections: Only the clauses of these sections.
        jurisdiction: Only scenarios about people of this jurisdiction.
        scenarios: Only these, by id.
        workers: Processes that share the work; by default as many as help.
    """

    target: str = ""
    seed: int = DEFAULT_SEED
    out: Path = DEFAULT_OUT
    gate: Path = DEFAULT_GATE
    clauses: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    jurisdiction: str = ""
    scenarios: tuple[str, ...] = ()
    workers: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is for every scenario there is."""
        return not (self.clauses or self.sections or self.jurisdiction or self.scenarios)
