"""Keep documents in archives: a table to which only is added, with its walls; offices of the place see it.

A document is about a person, a case or the work of an association. Whoever replaces one adds another that names it; two
cannot name the same. A merge of two persons moves what is about the one to the other, and changes nothing else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
REACH = "(SELECT current_setting('yian.reach'))"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
OF_HERE = f"(person_id IS NOT NULL AND lies_in(person_id, {AREAS}::text[]))"
"""The archive of somebody who has moved here goes along."""
OF_CASE = " OR ".join(
    f"(SELECT true FROM {case} c WHERE c.id = case_id AND c.person_id = archive_document.person_id LIMIT 1)"
    for case in ("certificate_case", "benefit_case")
)
FITS = f"person_id IS NULL OR {OF_HERE} OR {OF_CASE}"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {OF_HERE})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({REACH} = 'cases' AND {IN_AREA} AND ({FITS}))",
    "merged": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
WHOSE = """
(archive_of = 'person' AND person_id IS NOT NULL AND num_nonnulls(case_id, organisation_id, year) = 0)
OR (archive_of IN ('certificate_case', 'benefit_case') AND num_nonnulls(person_id, case_id) = 2
    AND num_nonnulls(organisation_id, year) = 0)
OR (archive_of = 'association' AND num_nonnulls(organisation_id, year) = 2 AND num_nonnulls(person_id, case_id) = 0)
"""


def upgrade() -> None:
    op.create_table(
        "archive_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("archive_of", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "archive_of IN ('person', 'certificate_case', 'benefit_case', 'association')",
            name=op.f("ck_archive_document_archive_of"),
        ),
        sa.CheckConstraint(WHOSE, name=op.f("ck_archive_document_whose")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_archive_document_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_archive_document_organisation_id")
        ),
        sa.ForeignKeyConstraint(["replaces"], ["archive_document.id"], name=op.f("fk_archive_document_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_document")),
    )
    for whose in ("person_id", "case_id"):
        op.create_index(
            f"ix_archive_document_{whose}", "archive_document", [whose, "id"], postgresql_where=f"{whose} IS NOT NULL"
        )
    op.create_index(
        "ix_archive_document_organisation_id",
        "archive_document",
        ["organisation_id", "year", "id"],
        postgresql_where="organisation_id IS NOT NULL",
    )
    op.create_index(
        "ix_archive_document_region_path",
        "archive_document",
        ["region_path", "id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.create_index(
        "uq_archive_document_replaces",
        "archive_document",
        ["replaces"],
        unique=True,
        postgresql_where="replaces IS NOT NULL",
    )
    op.execute("ALTER TABLE archive_document ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE archive_document FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY archive_document_{name} ON archive_document {rule}")
    op.execute(f"GRANT SELECT, INSERT ON archive_document TO {SERVICE}")
    op.execute("GRANT SELECT, UPDATE (person_id) ON archive_document TO yian_gate")


def downgrade() -> None:
    op.drop_table("archive_document")
