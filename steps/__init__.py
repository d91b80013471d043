"""What the sentences of the feature files mean: one module for each noun of the domain.

Given sets the stage, When does one thing and keeps the answer, Then looks and judges by
:meth:`harness.evidence.recorder.Recorder.check`. pytest loads this package as a plugin, and with it every module
named here.
"""

pytest_plugins = [
    "harness.vocabulary.steps",
    "steps.nouns",
    "steps.account",
    "steps.ages",
    "steps.backups",
    "steps.clock",
    "steps.consent",
    "steps.consent_record",
    "steps.decisions",
    "steps.deletion",
    "steps.disclosures",
    "steps.enquiries",
    "steps.guardians",
    "steps.holds",
    "steps.lived",
    "steps.mail",
    "steps.notice_links",
    "steps.notices",
    "steps.optout",
    "steps.others",
    "steps.people",
    "steps.processing",
    "steps.products",
    "steps.providers",
    "steps.recipients",
    "steps.registration",
    "steps.request_outcomes",
    "steps.requests",
    "steps.retention",
    "steps.sessions",
    "steps.sharing",
    "steps.side_effects",
    "steps.sony_account",
    "steps.staff",
    "steps.storage",
    "steps.traces",
    "steps.transfer_register",
    "steps.transfers",
    "steps.unsubscribe_links",
    "steps.website",
]
