"""Recording which notice was in force when people provided data (clause 5.3)."""

from __future__ import annotations

from reference_impl.domain.entities import NoticeTold, Occasion, Person
from reference_impl.domain.notices import Notices
from reference_impl.domain.residence import Residence
from reference_impl.service.context import Context
from reference_impl.service.ports import Transaction


class ToldNotices:
    """Enters into the ledger, whenever a person gives data, the notice on transfers that is in force for them."""

    TOPIC = "data-transfer"

    def __init__(self, context: Context, notices: Notices) -> None:
        self._context = context
        self._notices = notices

    def enter(self, tx: Transaction, person: Person, occasion: Occasion, residence: Residence) -> None:
        """Nothing that the person typed is asked for or added: residence and language are known."""
        now = self._context.now()
        notice = self._notices.read(self.TOPIC, residence, person.language, now)
        if notice is not None:
            tx.add(
                NoticeTold(
                    person_id=person.person_id,
                    occasion=occasion,
                    topic=notice.topic,
                    version=notice.version,
                    language=notice.language,
                    country=residence.country,
                    subdivision=residence.subdivision,
                    told_at=now,
                )
            )
