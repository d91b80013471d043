"""What the service keeps: plain objects, independent of how they are stored."""

from __future__ import annotations

from reference_impl.domain.entities.accounts import Account, Deletion, ProductApp, Tombstone
from reference_impl.domain.entities.children import GuardianReport, Refusal
from reference_impl.domain.entities.consents import ConsentEntry, UnsubscribeLink
from reference_impl.domain.entities.holds import HeldRecord, Hold, HoldGround, HoldScope
from reference_impl.domain.entities.messages import Disclosure, Message, MessageKind, MessageState
from reference_impl.domain.entities.people import OptOutSource, Person, Pseudonym
from reference_impl.domain.entities.records import Disposal, NoticeTold, Occasion, StaffAccess
from reference_impl.domain.entities.requests import Enquiry, PrivacyRequest, RequestKind, RequestRoute, RequestStatus
from reference_impl.domain.entities.sign_in import AccessToken, ProviderSignIn, VerificationCode

__all__ = [
    "AccessToken",
    "Account",
    "ConsentEntry",
    "Deletion",
    "Disclosure",
    "Disposal",
    "Enquiry",
    "GuardianReport",
    "HeldRecord",
    "Hold",
    "HoldGround",
    "HoldScope",
    "Message",
    "MessageKind",
    "MessageState",
    "NoticeTold",
    "Occasion",
    "OptOutSource",
    "Person",
    "PrivacyRequest",
    "ProductApp",
    "ProviderSignIn",
    "Pseudonym",
    "Refusal",
    "RequestKind",
    "RequestRoute",
    "RequestStatus",
    "StaffAccess",
    "Tombstone",
    "UnsubscribeLink",
    "VerificationCode",
]
