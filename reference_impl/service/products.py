"""The apps of a person's products, and the My Sony ID (clauses 2.6, 2.7, 8.QC.1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reference_impl.domain.consent import ConsentPurpose
from reference_impl.domain.entities import Account, Person, ProductApp
from reference_impl.domain.recipients import Purpose
from reference_impl.service.accounts import open_account
from reference_impl.service.context import Context
from reference_impl.service.minors import Minors
from reference_impl.service.ports import Transaction
from reference_impl.service.sharing import Reconciler, running_consents


@dataclass(frozen=True, slots=True, repr=False)
class AppStatement:
    """What an app says of its person: the preferences set in it, and the usage so far. See :class:`ProductApp`."""

    personalisation: bool
    categories: list[str]
    usage: list[dict[str, str]]


class Products:
    """Accepts statements of product apps; the latest statement of each counts."""

    def __init__(self, context: Context, reconciler: Reconciler, minors: Minors) -> None:
        self._context = context
        self._reconciler = reconciler
        self._minors = minors

    def apps(self, person_id: str) -> list[ProductApp]:
        """Every app that has reported about the person.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.store.transaction() as tx:
            open_account(tx, person_id)
            return tx.all(ProductApp, person_id=person_id)

    def interests(self, person_id: str) -> list[str]:
        """The profile of a person: kinds of usage reported and allowed, most frequent first (clause 8.QC.1).

        It is made when it is looked at, and kept nowhere. Without consent to profiling there is none.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.store.transaction() as tx:
            person, account = open_account(tx, person_id)
            if not self.may_profile(tx, person, account):
                return []
            apps = [app for app in tx.all(ProductApp, person_id=person_id) if app.personalisation]
            told = [one["category"] for app in apps for one in app.usage if one["category"] in app.categories]
            return [category for category, _ in Counter(told).most_common()]

    def may_profile(self, tx: Transaction, person: Person, account: Account) -> bool:
        """Whether a profile of the person may be made."""
        consented = bool(running_consents(tx, person.person_id, ConsentPurpose.PROFILING))
        return consented and not self._minors.is_minor(person, account)

    def state(self, person_id: str, app_id: str, said: AppStatement) -> ProductApp:
        """Accept a statement of an app, replacing its previous one.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            app = tx.one(ProductApp, person_id=person_id, app_id=app_id)
            before = app and AppStatement(app.personalisation, app.categories, app.usage)
            if app is None:
                app = ProductApp(
                    person_id=person_id,
                    app_id=app_id,
                    personalisation=said.personalisation,
                    categories=said.categories,
                    usage=said.usage,
                    stated_at=self._context.now(),
                )
                tx.add(app)
            else:
                app.personalisation, app.categories, app.usage = said.personalisation, said.categories, said.usage
                app.stated_at = self._context.now()
            if before != said:
                self._reconciler.reconcile(tx, person, account, changed=(Purpose.PERSONALISATION,))
            return app

    def made_my_sony_id(self, person_id: str) -> None:
        """The person has created a My Sony ID; repeating this changes nothing.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            if account.my_sony_id_at is None:
                account.my_sony_id_at = self._context.now()
                self._reconciler.reconcile(tx, person, account, changed=(Purpose.PROFILING,))

    def gave_up_my_sony_id(self, person_id: str) -> None:
        """The person has given up the My Sony ID.

        Raises:
            NotThere: No SHES account.
        """
        with self._context.change(person_id) as tx:
            person, account = open_account(tx, person_id)
            account.my_sony_id_at = None
            self._reconciler.reconcile(tx, person, account)
