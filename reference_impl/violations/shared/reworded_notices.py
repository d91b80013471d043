"""Notices on data transfer with changed wording."""

from __future__ import annotations

from datetime import datetime

from reference_impl.domain.notices import Notices, ReadNotice
from reference_impl.domain.residence import Residence


class RewordedNotices(Notices):
    """Changes the wording of the published notice on data transfer."""

    def reword(self, notice: ReadNotice) -> ReadNotice:
        """The notice in other words."""
        raise NotImplementedError

    def read(self, topic: str, residence: Residence, language: str, now: datetime) -> ReadNotice | None:
        """The published notice; reworded, if it is the one on data transfer."""
        found = super().read(topic, residence, language, now)
        return self.reword(found) if found and found.topic == "data-transfer" else found
