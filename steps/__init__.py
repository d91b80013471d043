"""What the sentences of the feature files mean: one module for each noun of the domain.

Given sets the stage, When does one thing and keeps the answer, Then looks and judges by
:meth:`harness.evidence.recorder.Recorder.check`. pytest loads this package as a plugin, and with it every module
named here.
"""

pytest_plugins = [
    "steps.abroad",
    "steps.account",
    "steps.age",
    "steps.age_register",
    "steps.birth",
    "steps.choices",
    "steps.backups",
    "steps.clock",
    "steps.consent",
    "steps.deletion",
    "steps.enquiries",
    "steps.guardians",
    "steps.holds",
    "steps.lived",
    "steps.mail",
    "steps.minors",
    "steps.notices",
    "steps.optout",
    "steps.people",
    "steps.processing",
    "steps.products",
    "steps.providers",
    "steps.registration",
    "steps.rights",
    "steps.sharing",
    "steps.staff",
    "steps.storage",
    "steps.transfers",
    "steps.unsubscribing",
    "steps.upkeep",
    "steps.waysout",
    "steps.website",
]
