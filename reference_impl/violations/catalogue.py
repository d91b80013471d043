"""All seeded violations in the order of the policy, followed by the benign variants."""

from __future__ import annotations

from reference_impl.violations import benign, benign_retries, few_countries, restores
from reference_impl.violations.children import (
    age_in_china,
    age_threshold,
    declared_ages,
    guardian_reports,
    minors,
    provider_sign_ins,
    refusals,
    reports_by_mail,
)
from reference_impl.violations.collection import registration_data, verification_links
from reference_impl.violations.model import Violation
from reference_impl.violations.retention import (
    account_closure,
    before_purge,
    destruction,
    hidden_bytes,
    legal_holds,
    request_links,
    returning,
    separate_accounts,
    six_months,
    unneeded_data,
)
from reference_impl.violations.rights import (
    california_effect,
    california_minors,
    california_opt_outs,
    california_signal,
    europe,
    nevada,
    quebec,
    repeated_consents,
    requests_by_mail,
    rights_apart,
    signal_routes,
    united_states,
    united_states_signal,
)
from reference_impl.violations.transfers import (
    informed_provision,
    places,
    purposes,
    readable_safeguards,
    safeguards,
    staff_access,
    transfer_laws,
)
from reference_impl.violations.use import (
    account_contract,
    choices_apart,
    enquiries,
    enquiry_forms,
    failing_companies,
    marketing_consent,
    marketing_content,
    marketing_recipients,
    opt_out_notice,
    personalisation,
    profiling,
    unsubscribe_link,
    unsubscribe_tokens,
)

VIOLATIONS: tuple[Violation, ...] = (
    # Section 1
    *registration_data.VIOLATIONS,
    *verification_links.VIOLATIONS,
    # Section 2
    *account_contract.VIOLATIONS,
    *enquiries.VIOLATIONS,
    *enquiry_forms.VIOLATIONS,
    *marketing_consent.VIOLATIONS,
    *marketing_content.VIOLATIONS,
    *marketing_recipients.VIOLATIONS,
    *personalisation.VIOLATIONS,
    *profiling.VIOLATIONS,
    *unsubscribe_link.VIOLATIONS,
    *failing_companies.VIOLATIONS,
    *unsubscribe_tokens.VIOLATIONS,
    *choices_apart.VIOLATIONS,
    *opt_out_notice.VIOLATIONS,
    # Section 4
    *six_months.VIOLATIONS,
    *before_purge.VIOLATIONS,
    *returning.VIOLATIONS,
    *legal_holds.VIOLATIONS,
    *destruction.VIOLATIONS,
    *hidden_bytes.VIOLATIONS,
    *separate_accounts.VIOLATIONS,
    *account_closure.VIOLATIONS,
    *unneeded_data.VIOLATIONS,
    *request_links.VIOLATIONS,
    # Section 5
    *places.VIOLATIONS,
    *staff_access.VIOLATIONS,
    *informed_provision.VIOLATIONS,
    *purposes.VIOLATIONS,
    *safeguards.VIOLATIONS,
    *readable_safeguards.VIOLATIONS,
    *transfer_laws.VIOLATIONS,
    # Section 7
    *age_threshold.VIOLATIONS,
    *age_in_china.VIOLATIONS,
    *declared_ages.VIOLATIONS,
    *refusals.VIOLATIONS,
    *provider_sign_ins.VIOLATIONS,
    *guardian_reports.VIOLATIONS,
    *reports_by_mail.VIOLATIONS,
    *minors.VIOLATIONS,
    # Section 8
    *europe.VIOLATIONS,
    *repeated_consents.VIOLATIONS,
    *united_states.VIOLATIONS,
    *united_states_signal.VIOLATIONS,
    *california_opt_outs.VIOLATIONS,
    *california_minors.VIOLATIONS,
    *california_signal.VIOLATIONS,
    *california_effect.VIOLATIONS,
    *nevada.VIOLATIONS,
    *quebec.VIOLATIONS,
    *requests_by_mail.VIOLATIONS,
    *signal_routes.VIOLATIONS,
    *rights_apart.VIOLATIONS,
    # Of several sections
    *restores.VIOLATIONS,
    *benign.VIOLATIONS,
    *benign_retries.VIOLATIONS,
    *few_countries.VIOLATIONS,
)
