"""A synthetic person who acts at the target: every method is one thing a person does.

Methods named after an action answer with the target's :class:`~harness.target.http.Answer` and judge nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from harness.errors import HarnessError, NotApplicable, TargetError
from harness.target.http import Answer
from harness.world.issuers import ProviderAccount

if TYPE_CHECKING:
    from harness.people.person import Person
    from harness.stage.stage import Stage

FORM = {"List-Unsubscribe": "One-Click"}
"""What a mail program posts to unsubscribe with one click (RFC 8058)."""


STATEMENT = "guardian statement"
"""The words of whoever reports a child, as a kind of what people are known by."""

# Several cookies come in one header, with commas between them; dates in them have commas too.
_COOKIE = re.compile(r"(?:^|,\s*)([^;,=\s]+=[^;,]*)(?=;|,|$)")


class Actor:
    """A person on the stage.

    Attributes:
        person: Who it is, made up by the harness.
        tokens: Access tokens the target gave, the newest last.
        gpc: What the person's browser sends as ``Sec-GPC``; ``1`` is the opt-out preference signal, empty is none.
        browser: Headers that the person's browser sends with everything.
        undeclared_members: What the person's client sends with every body beside what the contract asks for.
        undeclared_parameters: Likewise in the query of every address.
        receipt: The receipt of the account's deletion.
        postal_code: Where the person lives now; differs from ``person`` after a move.
        country: Likewise.
        cookies: What the person's browser sends back to the end of a sign-in through a provider.
    """

    def __init__(self, stage: Stage, person: Person) -> None:
        """Put a person on a stage."""
        self._stage = stage
        self.person = person
        self.tokens: list[str] = []
        self.gpc = ""
        self.browser = {"User-Agent": person.user_agent}
        self.undeclared_members: dict[str, Any] = {}
        self.undeclared_parameters: dict[str, str] = {}
        self.receipt: dict[str, Any] = {}
        self._at_provider: dict[str, tuple[ProviderAccount, str]] = {}
        self.cookies = ""
        self._request_tokens: dict[str, str] = {}
        self.country = person.residence.country
        self.postal_code = person.postal_code
        self.display_name = person.name
        self.language = person.language

    @property
    def label(self) -> str:
        """What the scenario calls the person."""
        return self.person.label

    @property
    def token(self) -> str | None:
        """The newest access token."""
        return self.tokens[-1] if self.tokens else None

    # -- the Sony account ---------------------------------------------------------------------------------------

    def registration(self) -> dict[str, str]:
        """What the person types to register a Sony account (1.4)."""
        return {
            "email": self.person.email,
            "password": self.person.password,
            "date_of_birth": self.person.date_of_birth.isoformat(),
            "country": self.country,
            "language": self.language,
        }

    def register(self, form: Mapping[str, Any] | None = None) -> Answer:
        """Register a Sony account, by default with just what the policy names."""
        return self._call("registerSonyAccount", json=dict(form or self.registration()), signed_in=False)

    def verify_email(self) -> Answer:
        """Follow the link of the newest verification mail."""
        self._stage.settle()
        return self._call("verifyEmail", json={"code": self._stage.newest_code(self)}, signed_in=False)

    def sign_in(self) -> Answer:
        """Sign in; a token that comes of it is kept."""
        return self.sign_in_with(self.person.password)

    def sign_in_with(self, password: str, email: str | None = None) -> Answer:
        """Sign in with a password that may be wrong, or with the address spelled in another way."""
        credentials = {"email": email or self.person.email, "password": password}
        answer = self._call("signIn", json=credentials, signed_in=False)
        return self._signed_in(answer)

    def _signed_in(self, answer: Answer) -> Answer:
        if answer.ok:
            token = str(answer.field("access_token"))
            self.tokens.append(token)
            self.person.canaries.assigned("access token", token)
            self._stage.recorder.redact(token, f"{self.label}'s access token")
        return answer

    # -- identity providers -------------------------------------------------------------------------------------

    def sign_up_at(self, provider: str, *, email: str | None = None, born: date | None = None) -> None:
        """Have an account at a provider, which tells more of the person than anybody needs.

        Args:
            provider: As the contract names it: ``google``.
            email: The verified address there; by default the one that the person uses everywhere.
            born: The date of birth there; by default the true one.
        """
        person, canaries = self.person, self.person.canaries
        account = ProviderAccount(
            subject=canaries.made_up("provider subject", person.free_text("subject").split()[-1].strip(".")),
            email=canaries.made_up("email", email or person.email),
            email_verified=True,
            name=person.name,
            more={
                "birthdate": (born or person.date_of_birth).isoformat(),
                "nickname": person.free_text("nickname"),
            },
        )
        self._at_provider[provider] = (account, self._stage.sign_up_at(provider, account))

    def begin_sign_in_by(self, provider: str) -> Answer:
        """Begin to sign in by a provider; the answer names the address to follow."""
        answer = self._call("beginProviderSignIn", path={"provider": provider}, signed_in=False)
        self.cookies = _cookies(answer)
        return answer

    def sign_in_by(self, provider: str) -> Answer:
        """Sign in by a provider, as far as the target lets the person; a token that comes of it is kept."""
        begun = self.begin_sign_in_by(provider)
        if not begun.ok:
            return begun
        account, session = self._at_provider[provider]
        back = self._stage.agree_at_provider(str(begun.field("authorization_url")), session)
        headers = {"Accept-Language": self.language, **self.browser, "Cookie": self.cookies}
        if self.gpc:
            headers["Sec-GPC"] = self.gpc
        answer = self._stage.request("GET", back, name="endProviderSignIn", headers=headers)
        for value in self._stage.given_by_provider(provider, account):
            self.person.canaries.made_up("provider token", value)
            self._stage.recorder.redact(value, f"a code or token that {provider} gave about {self.label}")
        return self._signed_in(answer)

    @property
    def address_at(self) -> dict[str, str]:
        """The person's address at each provider."""
        return {provider: account.email for provider, (account, _) in self._at_provider.items()}

    def read_sony_account(self, token: str | None = None) -> Answer:
        """Look at the Sony account."""
        return self._call("readSonyAccount", token=token)

    def report_child(self, address: str) -> Answer:
        """Report, as a parent or guardian, that a child gave data under an address."""
        form = {
            "email": self.person.email,
            "child_email": address,
            "statement": f"I am the guardian. {self.person.free_text(STATEMENT)}",
            "language": "en",
        }
        return self._call("reportChild", json=form, signed_in=False)

    def correct_birth(self, born: date) -> Answer:
        """Say that one was born on another day."""
        return self._call("correctSonyAccount", json={"date_of_birth": born.isoformat()})

    # -- the SHES account ---------------------------------------------------------------------------------------

    def create_account(self, email: str | None = None, **more: Any) -> Answer:
        """Create the SHES account; its id becomes one of the person's identifiers.

        Args:
            email: The address; by default the one that the person uses everywhere.
            more: Further members, known to the contract or not.
        """
        form = {
            **more,
            "email": email or self.person.email,
            "display_name": self.display_name,
            "country": self.country,
            "postal_code": self.postal_code,
        }
        answer = self._call("createShesAccount", json=form)
        if answer.ok:
            self.person.canaries.assigned("account id", str(answer.field("account_id")))
        return answer

    def read_account(self, token: str | None = None) -> Answer:
        """Look at the SHES account."""
        return self._call("readShesAccount", token=token)

    def change_account(self, token: str | None = None, **changes: str) -> Answer:
        """Change ``display_name``, ``country`` or ``postal_code``."""
        answer = self._call("changeShesAccount", json=changes, token=token)
        if answer.ok:
            for name, value in changes.items():
                setattr(self, name, value)
        return answer

    def delete_account(self, reason: str = "") -> Answer:
        """Delete the SHES account; the receipt is kept."""
        answer = self._call("deleteShesAccount", json={"reason": reason} if reason else {})
        if answer.ok:
            self.receipt = answer.json()
        return answer

    def read_receipt(self) -> Answer:
        """Look at how far the deletion has got."""
        return self._call("readDeletionReceipt", path={"receipt_id": str(self.receipt["receipt_id"])}, signed_in=False)

    # -- consent and opting out ---------------------------------------------------------------------------------

    def consent_text(self, purpose: str) -> dict[str, Any]:
        """The text the person is asked to agree to, in their language."""
        answer = self._call(
            "readConsentText", path={"purpose": purpose}, params={"language": self.language}, signed_in=False
        )
        return done(answer, f"{self.label} reads the consent text").json()

    def consent(self, purpose: str, text: Mapping[str, Any] | None = None, *, product_app: str = "") -> Answer:
        """Agree to one purpose, to a ``ConsentText`` of the contract; by default to the one that is shown now.

        Args:
            purpose: What to agree to.
            text: The text that was shown.
            product_app: The product app in which it was shown; by default it is the account's website.
        """
        text = text or self.consent_text(purpose)
        declaration = {"text_version": text["version"], "language": text["language"]}
        if product_app:
            declaration["product_app"] = product_app
        return self._call("giveConsent", path={"purpose": purpose}, json=declaration)

    def withdraw(self, purpose: str, token: str | None = None) -> Answer:
        """Withdraw one consent in the account."""
        return self._call("withdrawConsent", path={"purpose": purpose}, token=token)

    def state_product_app(self, app: str, statement: Mapping[str, Any]) -> Answer:
        """Let the app of a product tell the person's preferences and usage (``ProductAppStatement``)."""
        return self._call("stateProductApp", path={"app_id": app}, json=dict(statement))

    def read_product_apps(self) -> Answer:
        """Look at what product apps have told."""
        return self._call("readProductApps")

    def read_profile(self) -> Answer:
        """Look at the profile that the target has made."""
        return self._call("readProfile")

    def make_my_sony_id(self) -> Answer:
        """Make a My Sony ID, which My Sony then tells the target."""
        return self._call("makeMySonyId")

    def give_up_my_sony_id(self) -> Answer:
        """Give it up again."""
        return self._call("giveUpMySonyId")

    def read_consents(self, token: str | None = None) -> Answer:
        """Look at the state of all consents."""
        return self._call("readConsents", token=token)

    def privacy_choices(self) -> Answer:
        """Look at what the account is opted out of."""
        return self._call("readPrivacyChoices")

    def set_personal_information(self, *, enabled: bool) -> Answer:
        """Switch the setting 'Personal Information' on or off."""
        return self._call("setPersonalInformation", json={"enabled": enabled})

    def visit(self, url: str, method: str = "GET") -> Answer:
        """Follow an address without being signed in, as a browser or a link scanner does."""
        return self._stage.request(method, url)

    def unsubscribe(self, url: str, *, in_parts: bool = False) -> Answer:
        """Unsubscribe with one click: no sign-in, no cookie.

        Args:
            url: The link.
            in_parts: Send the form as ``multipart/form-data``, as mail programs should (RFC 8058, section 3.2), and not
                as they may, encoded as in an address.
        """
        form = {"files": {name: (None, value) for name, value in FORM.items()}} if in_parts else {"data": FORM}
        return self._stage.request("POST", url, headers=self.browser, **form)

    def ask(self, subject: str, text: str) -> Answer:
        """Ask something about the account, without being signed in."""
        form = {"email": self.person.email, "language": self.language, "subject": subject, "text": text}
        return self._call("submitEnquiry", json=form, signed_in=False)

    # -- rights -------------------------------------------------------------------------------------------------

    def submit_request(self, kind: str, **more: str) -> Answer:
        """Ask to use a right, without being signed in.

        Args:
            kind: A ``PrivacyRequestKind`` of the contract.
            more: What the request says beside the address.
        """
        form = {"kind": kind, "email": self.person.email, **more}
        answer = self._call("submitPrivacyRequest", json=form, signed_in=False)
        if answer.ok:
            self.person.canaries.assigned("request id", str(answer.field("request_id")))
        return answer

    def own_requests(self) -> Answer:
        """Look at the requests made so far."""
        return self._call("readOwnPrivacyRequests")

    def prove_request(self, submitted: Answer) -> Answer:
        """Prove identity by the code that was mailed, and answer with the request as it then stands."""
        request_id = str(submitted.field("request_id"))
        self._stage.settle()
        code = self._stage.newest_code(self)
        verified = self._call(
            "verifyPrivacyRequest", path={"request_id": request_id}, json={"code": code}, signed_in=False
        )
        token = verified.json().get("request_token") if verified.ok else None
        if token:
            self.person.canaries.assigned("request token", str(token))
            self._request_tokens[request_id] = str(token)
        if verified.ok and verified.field("status") == "pending" and token:
            self._stage.settle()
            return self.read_request(verified)
        return verified

    def read_request(self, answer: Answer) -> Answer:
        """Look at a request that was proved, as it stands now."""
        request_id = str(answer.field("request_id"))
        token = self._request_tokens.get(request_id)
        return self._call("readPrivacyRequest", path={"request_id": request_id}, token=token, signed_in=False)

    # -- in one go ----------------------------------------------------------------------------------------------

    def join(self, *, until: str = "account") -> None:
        """Come as far as having a SHES account, as the stage of a scenario.

        Args:
            until: ``registered``, ``verified``, ``signed in`` or ``account``.

        Raises:
            NotApplicable: The target does not serve the country.
            HarnessError: It does not let the person in.
        """
        actions: dict[str, Callable[[], Answer]] = {
            "registered": self.register,
            "verified": self.verify_email,
            "signed in": self.sign_in,
            "account": self.create_account,
        }
        for stage, action in actions.items():
            done(action(), f"{self.label}, on the way to: {stage}")
            if stage == until:
                return

    def _call(self, operation_id: str, *, signed_in: bool = True, token: str | None = None, **arguments: Any) -> Answer:
        if signed_in and token is None:
            token = self.token
        headers = {"Accept-Language": self.language, **self.browser}
        if self.gpc:
            headers["Sec-GPC"] = self.gpc
        if "json" in arguments:
            arguments["json"] = {**self.undeclared_members, **arguments["json"]}
        if self.undeclared_parameters:
            arguments["params"] = {**self.undeclared_parameters, **arguments.get("params", {})}
        return self._stage.world.call(operation_id, token=token, headers=headers, **arguments)


def _cookies(answer: Answer) -> str:
    """What a browser sends back of the cookies that an answer sets (RFC 6265, section 5.4)."""
    cookies = _COOKIE.findall(answer.headers.get("set-cookie", ""))
    return "; ".join(cookies)


def not_served(answer: Answer) -> bool:
    """Whether something was refused because the target does no business in the country."""
    return answer.status == 403 and answer.json().get("type") == "urn:shes:problem:country-not-served"


def done(answer: Answer, what: str) -> Answer:
    """Demand that something on the way to what is tested worked.

    Raises:
        NotApplicable: The target does no business in the person's country.
        HarnessError: It did not: the stage could not be set, and nothing is proved either way.
    """
    if not_served(answer):
        raise NotApplicable(f"{what}: the target does not serve people who live in this country.")
    if not answer.ok:
        raise HarnessError(
            f"{what}: the target answered {answer.status} where success was needed to set the stage.",
            cause="the target refuses something this scenario takes for granted",
            remedy="look at the exchange in the evidence",
        )
    return answer


def missing(what: str) -> TargetError:
    """Something that should have come from the target did not."""
    return TargetError(
        f"{what} did not come.",
        cause="the target does not send it, or sends it elsewhere than it was wired to",
        remedy="look at the mails and deliveries in the evidence",
    )
