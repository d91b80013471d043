"""The safeguards that people can read (clause 5.6; Articles 13(1)(f) and 46 GDPR)."""

from __future__ import annotations

from reference_impl.domain.facts import SafeguardText
from reference_impl.domain.transfer import GroundKind, Safeguard
from reference_impl.service.context import Context
from reference_impl.service.ports import NotThere


class ReadableSafeguards:
    """The text of a kind of safeguard, and which recipients it binds at this moment."""

    FALLBACK = "en"

    def __init__(self, context: Context) -> None:
        self._context = context

    def text(self, kind: GroundKind, language: str) -> SafeguardText:
        """The text in the language wanted, else in English.

        Raises:
            NotThere: There is no such text.
        """
        texts = self._context.facts.safeguard_texts.get(kind)
        if texts is None:
            raise NotThere("There is no such safeguard")
        return texts.get(language.partition("-")[0]) or texts[self.FALLBACK]

    def in_force(self, kind: GroundKind) -> list[Safeguard]:
        """The safeguards of this kind that are in force now."""
        now = self._context.now()
        return [one for one in self._context.register.safeguards if one.kind is kind and one.validity.holds(now)]
