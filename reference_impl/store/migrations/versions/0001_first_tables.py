"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sony_accounts",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("verified_at", sa.String(length=27), nullable=True),
        sa.Column("closed_at", sa.String(length=27), nullable=True),
        sa.Column("opted_out_at", sa.String(length=27), nullable=True),
        sa.Column("opt_out_source", sa.String(length=50), nullable=False),
        sa.Column("profiling_opted_out_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_index(op.f("ix_sony_accounts_email_key"), "sony_accounts", ["email_key"], unique=False)
    op.create_index(
        "ux_sony_accounts_open",
        "sony_accounts",
        ["email_key"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_sony_accounts_unverified",
        "sony_accounts",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("verified_at IS NULL"),
    )
    op.create_table(
        "access_tokens",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_access_tokens_expires_at"), "access_tokens", ["expires_at"], unique=False)
    op.create_index(op.f("ix_access_tokens_person_id"), "access_tokens", ["person_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("entry_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=50), nullable=False),
        sa.Column("text_version", sa.String(length=50), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("given_at", sa.String(length=27), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=50), nullable=True),
        sa.Column("product_app", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"], unique=False)
    op.create_table(
        "notices_told",
        sa.Column("entry_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("occasion", sa.String(length=50), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=50), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=6), nullable=True),
        sa.Column("told_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index(op.f("ix_notices_told_person_id"), "notices_told", ["person_id"], unique=False)
    op.create_table(
        "staff_accesses",
        sa.Column("entry_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=2), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index(op.f("ix_staff_accesses_person_id"), "staff_accesses", ["person_id"], unique=False)
    op.create_table(
        "deletions",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("receipt_id", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.String(length=27), nullable=False),
        sa.Column("purge_due_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("person_id"),
        sa.UniqueConstraint("receipt_id"),
    )
    op.create_index(op.f("ix_deletions_purge_due_at"), "deletions", ["purge_due_at"], unique=False)
    op.create_table(
        "disclosures",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("delivery_id", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=True),
        sa.Column("subject_id", sa.String(length=60), nullable=True),
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.Column("recipient_country", sa.String(length=2), nullable=False),
        sa.Column("purpose", sa.String(length=50), nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("state", sa.String(length=50), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=False),
        sa.Column("delivered_at", sa.String(length=27), nullable=True),
        sa.Column("exposed", sa.Boolean(), nullable=False),
        sa.Column("ground_kind", sa.String(length=50), nullable=True),
        sa.Column("ground_reference", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("delivery_id"),
    )
    op.create_index(op.f("ix_disclosures_person_id"), "disclosures", ["person_id"], unique=False)
    op.create_table(
        "tombstones",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("purged_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_index(op.f("ix_tombstones_purged_at"), "tombstones", ["purged_at"], unique=False)
    op.create_table(
        "disposals",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("disposed_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "holds",
        sa.Column("hold_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=True),
        sa.Column("account_id", sa.String(length=60), nullable=True),
        sa.Column("ground", sa.String(length=50), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("placed_at", sa.String(length=27), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.Column("lifted_at", sa.String(length=27), nullable=True),
        sa.Column("receipt_id", sa.String(length=60), nullable=True),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("purge_due_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("hold_id"),
    )
    op.create_index(op.f("ix_holds_person_id"), "holds", ["person_id"], unique=False)
    op.create_index(op.f("ix_holds_until"), "holds", ["until"], unique=False)
    op.create_index(op.f("ix_holds_receipt_id"), "holds", ["receipt_id"], unique=False)
    op.create_table(
        "held_records",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hold_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=50), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id"],
            ["holds.hold_id"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_held_records_hold_id"), "held_records", ["hold_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("message_id", sa.String(length=60), nullable=False),
        sa.Column("lane", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=50), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=50), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("next_try_at", sa.String(length=27), nullable=False),
        sa.Column("first_try_at", sa.String(length=27), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index(op.f("ix_outbox_ended_at"), "outbox", ["ended_at"], unique=False)
    op.create_index(op.f("ix_outbox_person_id"), "outbox", ["person_id"], unique=False)
    op.create_index("ix_outbox_state_lane", "outbox", ["state", "lane"], unique=False)
    op.create_index("ix_outbox_state_next_try_at", "outbox", ["state", "next_try_at"], unique=False)
    op.create_table(
        "privacy_requests",
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("status", sa.String(length=50), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("route", sa.String(length=50), nullable=False),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("request_id"),
    )
    op.create_index(op.f("ix_privacy_requests_answered_at"), "privacy_requests", ["answered_at"], unique=False)
    op.create_index(op.f("ix_privacy_requests_person_id"), "privacy_requests", ["person_id"], unique=False)
    op.create_index(op.f("ix_privacy_requests_created_at"), "privacy_requests", ["created_at"], unique=False)
    op.create_table(
        "enquiries",
        sa.Column("enquiry_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("enquiry_id"),
    )
    op.create_index(op.f("ix_enquiries_person_id"), "enquiries", ["person_id"], unique=False)
    op.create_table(
        "product_apps",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("app_id", sa.String(length=60), nullable=False),
        sa.Column("personalisation", sa.Boolean(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("usage", sa.JSON(), nullable=False),
        sa.Column("stated_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_product_apps_person_id"), "product_apps", ["person_id"], unique=False)
    op.create_table(
        "pseudonyms",
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("subject_id"),
    )
    op.create_index(op.f("ix_pseudonyms_person_id"), "pseudonyms", ["person_id"], unique=False)
    op.create_table(
        "guardian_reports",
        sa.Column("report_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("report_id"),
    )
    op.create_index(op.f("ix_guardian_reports_person_id"), "guardian_reports", ["person_id"], unique=False)
    op.create_table(
        "refusals",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
    )
    op.create_index(op.f("ix_refusals_until"), "refusals", ["until"], unique=False)
    op.create_table(
        "shes_accounts",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=6), nullable=True),
        sa.Column("postal_code", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("closed_at", sa.String(length=27), nullable=True),
        sa.Column("my_sony_id_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("account_id"),
        sa.UniqueConstraint("person_id"),
    )
    op.create_table(
        "unsubscribe_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_unsubscribe_links_ended_at"), "unsubscribe_links", ["ended_at"], unique=False)
    op.create_index(op.f("ix_unsubscribe_links_person_id"), "unsubscribe_links", ["person_id"], unique=False)
    op.create_table(
        "verification_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["sony_accounts.person_id"],
        ),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index(op.f("ix_verification_codes_expires_at"), "verification_codes", ["expires_at"], unique=False)
    op.create_index(op.f("ix_verification_codes_person_id"), "verification_codes", ["person_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_verification_codes_person_id"), table_name="verification_codes")
    op.drop_index(op.f("ix_verification_codes_expires_at"), table_name="verification_codes")
    op.drop_table("verification_codes")
    op.drop_index(op.f("ix_unsubscribe_links_person_id"), table_name="unsubscribe_links")
    op.drop_index(op.f("ix_unsubscribe_links_ended_at"), table_name="unsubscribe_links")
    op.drop_table("unsubscribe_links")
    op.drop_table("shes_accounts")
    op.drop_index(op.f("ix_refusals_until"), table_name="refusals")
    op.drop_table("refusals")
    op.drop_index(op.f("ix_enquiries_person_id"), table_name="enquiries")
    op.drop_table("enquiries")
    op.drop_index(op.f("ix_guardian_reports_person_id"), table_name="guardian_reports")
    op.drop_table("guardian_reports")
    op.drop_index(op.f("ix_product_apps_person_id"), table_name="product_apps")
    op.drop_table("product_apps")
    op.drop_index(op.f("ix_pseudonyms_person_id"), table_name="pseudonyms")
    op.drop_table("pseudonyms")
    op.drop_index(op.f("ix_privacy_requests_person_id"), table_name="privacy_requests")
    op.drop_index(op.f("ix_privacy_requests_answered_at"), table_name="privacy_requests")
    op.drop_table("privacy_requests")
    op.drop_index(op.f("ix_held_records_hold_id"), table_name="held_records")
    op.drop_table("held_records")
    op.drop_index(op.f("ix_holds_person_id"), table_name="holds")
    op.drop_table("holds")
    op.drop_table("disposals")
    op.drop_index(op.f("ix_staff_accesses_person_id"), table_name="staff_accesses")
    op.drop_table("staff_accesses")
    op.drop_index(op.f("ix_notices_told_person_id"), table_name="notices_told")
    op.drop_table("notices_told")
    op.drop_index(op.f("ix_tombstones_purged_at"), table_name="tombstones")
    op.drop_table("tombstones")
    op.drop_index("ix_outbox_state_next_try_at", table_name="outbox")
    op.drop_index("ix_outbox_state_lane", table_name="outbox")
    op.drop_index(op.f("ix_outbox_person_id"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_ended_at"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_disclosures_person_id"), table_name="disclosures")
    op.drop_table("disclosures")
    op.drop_index(op.f("ix_deletions_purge_due_at"), table_name="deletions")
    op.drop_table("deletions")
    op.drop_index(op.f("ix_consents_person_id"), table_name="consents")
    op.drop_table("consents")
    op.drop_index(op.f("ix_access_tokens_person_id"), table_name="access_tokens")
    op.drop_index(op.f("ix_access_tokens_expires_at"), table_name="access_tokens")
    op.drop_table("access_tokens")
    op.drop_index("ix_sony_accounts_unverified", table_name="sony_accounts")
    op.drop_index("ux_sony_accounts_open", table_name="sony_accounts")
    op.drop_index(op.f("ix_sony_accounts_email_key"), table_name="sony_accounts")
    op.drop_table("sony_accounts")
