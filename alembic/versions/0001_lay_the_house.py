"""Lay the house: tables, the gate that confirms every caller, and the walls of row-level security."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.adapters.postgres.tables.columns import Xid8

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PARTITIONED = ("event", "access_record")
MONTHS = [date(2026 + month // 12, month % 12 + 1, 1) for month in range(9, 27)]
"""October 2026 to March 2028; a later migration adds more, and until then the default partition takes the rest."""


def following(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)


NO_TWO_RULES_AT_ONCE = """
ALTER TABLE rule ADD CONSTRAINT ex_rule_validity EXCLUDE USING gist (
    subject WITH =, region_path WITH =, daterange(valid_from, valid_to, '[]') WITH &&
) WHERE (superseded_at IS NULL)
"""

GATE = """
CREATE FUNCTION enter(subject uuid, client uuid, token text, wanted text[], by_area text[], reach text)
RETURNS TABLE (person_id uuid, clock_id uuid, clock_offset bigint, revision bigint, memberships jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    SELECT a.person_id, c.clock_id, coalesce(k.offset_seconds, 0)
    INTO person_id, clock_id, clock_offset
    FROM account a
    JOIN client c ON c.id = client AND c.disabled_at IS NULL
    LEFT JOIN clock k ON k.id = c.clock_id
    WHERE a.id = subject AND a.disabled_at IS NULL
      AND NOT EXISTS (SELECT FROM revocation r WHERE r.token_id = token);
    IF NOT FOUND THEN
        RETURN;
    END IF;

    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'organisation_id', m.organisation_id, 'role', m.role, 'region', m.region_path,
               'valid_from', m.valid_from, 'valid_to', m.valid_to)), '[]'),
           set_config('yian.areas', coalesce(
               array_agg(m.region_path || '/') FILTER (WHERE m.role = ANY (by_area)), '{}')::text, true),
           set_config('yian.parties', (
               array_remove(ARRAY[subject, person_id], NULL)
               || coalesce(array_agg(m.organisation_id) FILTER (WHERE NOT m.role = ANY (by_area)), '{}'))::text, true)
    INTO memberships
    FROM membership m
    WHERE m.account_id = subject AND m.role = ANY (wanted)
      AND m.valid_from <= today AND (m.valid_to IS NULL OR m.valid_to >= today);

    PERFORM set_config('yian.actor', subject::text, true), set_config('yian.reach', reach, true);
    revision := (SELECT max(id) FROM rule);
    RETURN NEXT;
END $$
"""
"""Confirms a caller and sets what row-level security lets this transaction see; no row: no such caller."""

REACH = "(SELECT current_setting('yian.reach'))"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
"""A back-fill says `SET LOCAL yian.reach = 'migration'`: the owner is bound by the walls like everybody else."""


def in_area(column: str = "region_path") -> str:
    """The row lies in an area that the caller holds. Absence of context is an error, not an empty answer."""
    return f"({column} || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])"


def party_to(case: str) -> str:
    """The caller is a party to the case."""
    return f"EXISTS (SELECT FROM party p WHERE p.case_id = {case} AND p.party_id = ANY ({PARTIES}::uuid[]))"


def follower_of(application: str, *, when: str = "true") -> str:
    """The caller is a party to a whole application. An institution is one to move it on, and follows its case alone.

    `when`: the condition on which an institution does not count.
    """
    return (
        f"EXISTS (SELECT FROM party p WHERE p.case_id = {application} AND (p.role <> 'evaluator' OR NOT ({when})) "
        f"AND p.party_id = ANY ({PARTIES}::uuid[]))"
    )


def evaluator_of(person: str) -> str:
    """The caller's institution evaluates the person: it must see what was found before, so as not to ask twice."""
    return (
        f"EXISTS (SELECT FROM party p WHERE p.person_id = {person} AND p.role = 'evaluator' "
        f"AND p.party_id = ANY ({PARTIES}::uuid[]))"
    )


def of_visible(table: str, column: str) -> str:
    """The row belongs to one of another table that the caller may see."""
    return f"EXISTS (SELECT FROM {table} whole WHERE whole.id = {column})"


def reached(*reaches: str) -> str:
    """The operation reaches beyond cases: intake finds the person, verification finds the certificate."""
    return f"{REACH} IN ({', '.join(repr(reach) for reach in reaches)})"


SERVICE = "yian_app, yian_worker"
"""Whom the walls let through by context; the owner passes only by saying that it migrates."""
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
"""The row is about the caller: a citizen's own person is among the parties that the gate has set."""
OF_CASE = f"{in_area()} OR {SELF} OR {party_to('id')} OR {follower_of('application_id')}"
OF_WHOLE = "subject_id IS NOT DISTINCT FROM application_id"
"""The event is of an application as a whole."""
OF_PERSON = of_visible("person", "person_id")
PERSON_PARTY = f"EXISTS (SELECT FROM party p WHERE p.person_id = person.id AND p.party_id = ANY ({PARTIES}::uuid[]))"
ASKED_ABOUT = "SELECT array_agg(p.id) FROM person p WHERE p.id = (SELECT current_setting('yian.subject')::uuid)"
"""The person whose record of access is asked for, if the caller may see that person. Operators on arrays are not
leakproof: only the wall itself can use their index, so the wall must name the person."""
HERE = f"{in_area()} OR {in_area('registration_path')}"
"""The person lives here, or is registered here."""
WALLS = {
    "party": f"party_id = ANY ({PARTIES}::uuid[])",
    "person": f"{HERE} OR id = ANY ({PARTIES}::uuid[]) OR {reached('intake')} OR {PERSON_PARTY}",
    "person_name": OF_PERSON,
    "person_identifier": OF_PERSON,
    "person_contact": OF_PERSON,
    "economic_status": OF_PERSON,
    "household_member": OF_PERSON,
    "guardianship": OF_PERSON,
    "certificate": f"{in_area()} OR {SELF}",
    "certificate_version": f"{reached('verification')} OR {SELF} OR {of_visible('certificate', 'certificate_id')}",
    "certificate_case": OF_CASE.replace("= id", "= certificate_case.id"),
    "application": f"{in_area()} OR {SELF} OR {party_to('application.id')}",
    "application_item": f"{in_area()} OR {SELF} OR {party_to('application_id')}",
    "benefit_case": OF_CASE.replace("= id", "= benefit_case.id"),
    "assessment": f"{in_area()} OR {SELF} OR {evaluator_of('assessment.person_id')}",
    "need": f"{in_area()} OR {SELF} OR {evaluator_of('need.person_id')}",
    "plan": f"{in_area()} OR {SELF}",
    "referral": f"{in_area()} OR {SELF} OR {party_to('referral.id')}",
    "event": f"{in_area()} OR {SELF} OR {follower_of('application_id')} OR {follower_of('subject_id', when=OF_WHOLE)}",
    "access_record": f"person_ids && ({ASKED_ABOUT})",
    "idempotency_key": f"actor_id = {ACTOR}",
}
"""Every table that holds something of a person, and who may see a row of it."""

UPKEEP = """
CREATE POLICY idempotency_key_kept_up ON idempotency_key TO yian_worker
USING (current_setting('yian.reach', true) = 'upkeep')
"""
"""The worker removes keys that nobody repeats any more, and says so in its transaction."""

WRITTEN = tuple(table for table in WALLS if table not in {"party", "event", "access_record"})
"""Walled tables whose rows may change; the others only grow."""

REFERENCE = (
    "region",
    "region_code",
    "organisation",
    "service",
    "account",
    "membership",
    "client",
    "clock",
    "rule",
)
"""Tables without a person in them, which the service reads."""

GRANTS = (
    UPKEEP,
    "ALTER FUNCTION enter OWNER TO yian_gate",
    "REVOKE ALL ON FUNCTION enter FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION enter TO yian_app, yian_worker",
    "GRANT SELECT ON account, client, clock, membership, revocation, rule TO yian_gate",
    f"GRANT SELECT ON {', '.join(REFERENCE)} TO yian_app, yian_worker",
    f"GRANT SELECT, INSERT, UPDATE ON {', '.join(WRITTEN)} TO yian_app, yian_worker",
    "GRANT SELECT, INSERT ON party, event, access_record, receipt, revocation TO yian_app, yian_worker",
    "GRANT INSERT ON log_leaf TO yian_app, yian_worker",
    "GRANT DELETE ON idempotency_key, revocation TO yian_worker",
    "GRANT SELECT ON region, region_code, organisation, rule TO yian_report",
    "GRANT SELECT ON alembic_version TO yian_app, yian_worker",
)

TABLES = (
    "access_record",
    "account",
    "clock",
    "event",
    "idempotency_key",
    "log_leaf",
    "organisation",
    "party",
    "person",
    "receipt",
    "region",
    "revocation",
    "rule",
    "application",
    "assessment",
    "certificate",
    "certificate_case",
    "client",
    "economic_status",
    "guardianship",
    "household_member",
    "membership",
    "need",
    "person_contact",
    "person_identifier",
    "person_name",
    "plan",
    "referral",
    "region_code",
    "service",
    "application_item",
    "benefit_case",
    "certificate_version",
)


def upgrade() -> None:
    op.create_table(
        "access_record",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("disclosed", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("person_ids", postgresql.ARRAY(sa.UUID()), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", "recorded_at", name=op.f("pk_access_record")),
        postgresql_partition_by="RANGE (recorded_at)",
    )
    op.create_index(
        "ix_access_record_person_ids", "access_record", ["person_ids"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_person_id"), "account", ["person_id"], unique=False)
    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offset_seconds", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_table(
        "event",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_version", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("position", "recorded_at", name=op.f("pk_event")),
        postgresql_partition_by="RANGE (recorded_at)",
    )
    op.create_index(
        "ix_event_application_id",
        "event",
        ["application_id", "position"],
        unique=False,
        postgresql_where="application_id IS NOT NULL",
    )
    op.create_index("ix_event_feed", "event", ["transaction_id", "position"], unique=False)
    op.create_index("ix_event_person_id", "event", ["person_id", "transaction_id", "position"], unique=False)
    op.create_index("ix_event_subject_id", "event", ["subject_id", "position"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("answer_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replays", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "client_id", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index(op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "log_leaf",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_log_leaf")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("categories", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    op.create_index(op.f("ix_organisation_region_path"), "organisation", ["region_path"], unique=False)
    op.create_table(
        "party",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "party_id", "role", name=op.f("pk_party")),
    )
    op.create_index("ix_party_party_id", "party", ["party_id", "case_id"], unique=False)
    op.create_index(
        "ix_party_person_id", "party", ["person_id", "party_id"], unique=False, postgresql_where="person_id IS NOT NULL"
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("registration_path", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("sex", sa.SmallInteger(), nullable=False),
        sa.Column("preferred_format", sa.Text(), nullable=False),
        sa.Column("preferred_language", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["person.id"], name=op.f("fk_person_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(
        "ix_person_region_path",
        "person",
        ["region_path", "id"],
        unique=False,
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("status_index", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("status_index", name=op.f("uq_receipt_status_index")),
    )
    op.create_index(op.f("ix_receipt_subject_id"), "receipt", ["subject_id"], unique=False)
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["region.id"], name=op.f("fk_region_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("path", name=op.f("uq_region_path")),
    )
    op.create_index(op.f("ix_region_parent_id"), "region", ["parent_id"], unique=False)
    op.create_table(
        "revocation",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_revocation")),
    )
    op.create_index(op.f("ix_revocation_expires_at"), "revocation", ["expires_at"], unique=False)
    op.create_table(
        "rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("package_code", sa.Text(), nullable=False),
        sa.Column("package_version", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("source_number", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("assisted_by", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.Column("form_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_application_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_person_id"), "application", ["person_id"], unique=False)
    op.create_index(
        "ix_application_worklist", "application", ["region_path", "is_finished", "submitted_at", "id"], unique=False
    )
    op.create_index("uq_application_source", "application", ["source_id", "source_number"], unique=True)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_application_id"), "assessment", ["application_id"], unique=False)
    op.create_index(op.f("ix_assessment_person_id"), "assessment", ["person_id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("accepting_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("approving_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepting_organisation_id"], ["organisation.id"], name=op.f("fk_certificate_accepting_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["approving_organisation_id"], ["organisation.id"], name=op.f("fk_certificate_approving_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index(op.f("ix_certificate_person_id"), "certificate", ["person_id"], unique=False)
    op.create_index("ix_certificate_region_path", "certificate", ["region_path", "id"], unique=False)
    op.create_table(
        "certificate_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rule_versions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_case_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_case")),
    )
    op.create_index(op.f("ix_certificate_case_application_id"), "certificate_case", ["application_id"], unique=False)
    op.create_index(op.f("ix_certificate_case_person_id"), "certificate_case", ["person_id"], unique=False)
    op.create_index("ix_certificate_case_queue", "certificate_case", ["stage", "region_path", "id"], unique=False)
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=True),
        sa.Column("jwks", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_client_account_id")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_client_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("account_id", name=op.f("uq_client_account_id")),
    )
    op.create_table(
        "economic_status",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_economic_status_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_economic_status")),
    )
    op.create_index("ix_economic_status_person_id", "economic_status", ["person_id"], unique=False)
    op.create_table(
        "guardianship",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["guardian_id"], ["person.id"], name=op.f("fk_guardianship_guardian_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_guardianship_person_id")),
        sa.PrimaryKeyConstraint("person_id", "guardian_id", "valid_from", name=op.f("pk_guardianship")),
    )
    op.create_index("ix_guardianship_guardian_id", "guardianship", ["guardian_id"], unique=False)
    op.create_table(
        "household_member",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_household_member_person_id")),
        sa.PrimaryKeyConstraint("person_id", "household_id", "valid_from", name=op.f("pk_household_member")),
    )
    op.create_index("ix_household_member_household_id", "household_member", ["household_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('portal', 'citizen', 'commissioner', 'township_officer', 'county_officer', 'county_reviewer', "
            "'county_approver', 'civil_affairs', 'evaluator', 'provider', 'auditor', 'admin')",
            name=op.f("ck_membership_role"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_need_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    op.create_index("ix_need_person_id", "need", ["person_id", "id"], unique=False)
    op.create_index(
        "uq_need_open",
        "need",
        ["person_id", "code"],
        unique=True,
        postgresql_where="stage IN ('proposed', 'confirmed')",
    )
    op.create_table(
        "person_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_contact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_contact")),
    )
    op.create_index("ix_person_contact_person_id", "person_contact", ["person_id"], unique=False)
    op.create_table(
        "person_identifier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_identifier_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_identifier")),
    )
    op.create_index("ix_person_identifier_person_id", "person_identifier", ["person_id"], unique=False)
    op.create_index(
        "uq_person_identifier_current",
        "person_identifier",
        ["scheme", "value_index"],
        unique=True,
        postgresql_where="valid_to IS NULL",
    )
    op.create_table(
        "person_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_name_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
    )
    op.create_index(op.f("ix_person_name_name_index"), "person_name", ["name_index"], unique=False)
    op.create_index("ix_person_name_person_id", "person_name", ["person_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_plan_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index("ix_plan_queue", "plan", ["stage", "region_path", "id"], unique=False)
    op.create_index("uq_plan_active", "plan", ["person_id"], unique=True, postgresql_where="stage = 'active'")
    op.create_index("uq_plan_revision", "plan", ["person_id", "revision"], unique=True)
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("meets", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("serves", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_service_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index("ix_service_meets", "service", ["meets"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_service_code"), "service", ["code"], unique=False)
    op.create_index(op.f("ix_service_organisation_id"), "service", ["organisation_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_referral_need_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["organisation.id"], name=op.f("fk_referral_provider_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_referral_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_person_id"), "referral", ["person_id"], unique=False)
    op.create_index("ix_referral_provider_id", "referral", ["provider_id", "id"], unique=False)
    op.create_index(
        "uq_referral_open",
        "referral",
        ["need_id", "service_id"],
        unique=True,
        postgresql_where="stage IN ('offered', 'accepted', 'delivered')",
    )
    op.create_index("ix_referral_queue", "referral", ["stage", "region_path", "id"], unique=False)
    op.create_table(
        "region_code",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("aliases", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("successors", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_region_code_region_id")),
        sa.PrimaryKeyConstraint("region_id", "code", "valid_from", name=op.f("pk_region_code")),
    )
    op.create_index("uq_region_code_current", "region_code", ["code"], unique=True, postgresql_where="valid_to IS NULL")
    op.create_table(
        "application_item",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("depends_on", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_item_application_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_application_item_owner_id")),
        sa.PrimaryKeyConstraint("application_id", "code", name=op.f("pk_application_item")),
    )
    op.create_index(op.f("ix_application_item_case_id"), "application_item", ["case_id"], unique=False)
    op.create_index(
        "uq_application_item_open",
        "application_item",
        ["person_id", "code"],
        unique=True,
        postgresql_where="NOT is_finished",
    )
    op.create_table(
        "benefit_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rule_versions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_benefit_case_application_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_benefit_case_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_case")),
    )
    op.create_index(op.f("ix_benefit_case_application_id"), "benefit_case", ["application_id"], unique=False)
    op.create_index(op.f("ix_benefit_case_person_id"), "benefit_case", ["person_id"], unique=False)
    op.create_index("ix_benefit_case_queue", "benefit_case", ["stage", "region_path", "id"], unique=False)
    op.create_table(
        "certificate_version",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.LargeBinary(), nullable=False),
        sa.Column("identifier_index", sa.LargeBinary(), nullable=False),
        sa.Column("category", sa.SmallInteger(), nullable=False),
        sa.Column("components", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("category BETWEEN 1 AND 7", name=op.f("ck_certificate_version_category")),
        sa.CheckConstraint("grade BETWEEN 1 AND 4", name=op.f("ck_certificate_version_grade")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_version_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", "version", name=op.f("pk_certificate_version")),
    )
    op.create_index(
        "uq_certificate_version_held",
        "certificate_version",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("is_current AND status IN ('in_force', 'frozen')"),
    )
    op.create_index(
        "uq_certificate_version_current_number",
        "certificate_version",
        ["number_index"],
        unique=True,
        postgresql_where="is_current",
    )
    for table in PARTITIONED:
        op.execute(f"CREATE TABLE {table}_default PARTITION OF {table} DEFAULT")
        for month in MONTHS:
            op.execute(
                f"CREATE TABLE {table}_{month:%Y_%m} PARTITION OF {table} "
                f"FOR VALUES FROM ('{month:%Y-%m-%d}') TO ('{following(month):%Y-%m-%d}')"
            )
    op.execute(NO_TWO_RULES_AT_ONCE)
    op.execute(GATE)
    for table, visible in WALLS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT TO {SERVICE} USING ({visible})")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO {SERVICE} WITH CHECK (true)")
        op.execute(
            f"CREATE POLICY {table}_changed ON {table} FOR UPDATE TO {SERVICE} USING ({visible}) WITH CHECK (true)"
        )
        op.execute(
            f"CREATE POLICY {table}_migrated ON {table} TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})"
        )
    for statement in GRANTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION enter")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
