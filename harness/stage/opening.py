"""The time at which a scenario begins, if it names none.

Each scenario draws one of several moments from its seed, so everything that starts a period happens on such a day: at
the turn of a year, on 29 February, at a change of the clocks. The same seed always draws the same one. Where a target
has one clock for all scenarios, which cannot go back, none is drawn.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime

OPENING = datetime(2026, 3, 16, 10, 17, 23, tzinfo=UTC)
"""A Monday morning, and no full hour, which a ledger may round to: the earliest of :data:`OPENINGS`."""

OPENINGS = (
    OPENING,
    # A day that most years do not have.
    datetime(2028, 2, 29, 10, 17, 23, tzinfo=UTC),
    # Already the next year in Europe and Asia, and not yet in America.
    datetime(2026, 12, 31, 23, 17, 23, tzinfo=UTC),
    # The last day of a month whose successor is shorter.
    datetime(2027, 1, 31, 10, 17, 23, tzinfo=UTC),
    # Minutes before the clocks go forward, and in the hour that comes twice: in Europe, then in California.
    datetime(2026, 3, 29, 0, 47, 23, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 47, 23, tzinfo=UTC),
    datetime(2027, 3, 14, 9, 47, 23, tzinfo=UTC),
    datetime(2026, 11, 1, 8, 47, 23, tzinfo=UTC),
)


def opening(seed: str | int) -> datetime:
    """The moment that a scenario draws by its seed."""
    return random.Random(f"{seed}\x1fopening").choice(OPENINGS)
