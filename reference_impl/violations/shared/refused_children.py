"""Registrations that keep data of refused children."""

from __future__ import annotations

from reference_impl.service.ports import Refused
from reference_impl.service.registration import Registration, RegistrationForm
from reference_impl.violations.model import Also
from reference_impl.violations.shared.kept_events import keep_event

KEPT_AFTER_REFUSAL = (Also("7.4", "no data of a refused child may be kept"),)


class KeepsRefused(Registration):
    """Keeps what a refused child entered, outside China."""

    def concerns(self, country: str) -> bool:
        """Whether refusals in the country are kept."""
        return country != "CN"

    def keep(self, form: RegistrationForm) -> None:
        """Keep something of the registration."""
        raise NotImplementedError

    def register(self, form: RegistrationForm) -> None:
        """Register, and keep something of a refused registration."""
        try:
            super().register(form)
        except Refused:
            if self.concerns(form.country):
                self.keep(form)
            raise


class LogsRefused(KeepsRefused):
    """Logs the e-mail address and date of birth."""

    def keep(self, form: RegistrationForm) -> None:
        """Write them to the log."""
        self._context.log.record("refused", email=form.email, born=form.date_of_birth.isoformat())


class WaitingList(KeepsRefused):
    """Puts the e-mail address on a waiting list."""

    def keep(self, form: RegistrationForm) -> None:
        """Add it to the list."""
        with self._context.store.transaction() as tx:
            keep_event(tx, self._context, "waiting-list", {"email": form.email})
