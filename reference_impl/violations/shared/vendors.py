"""The advertising vendors that violations share data with."""

from __future__ import annotations

VENDORS = ("harbour-reach-media", "lantern-audience")
