"""Reviews of decisions: their table and its walls, the body's way to what it reviews, and the role that hears them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])::text[]"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])::uuid[]"
ACTOR = "(SELECT current_setting('yian.actor')::uuid)"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS})"
SELF = f"person_id = ANY ({PARTIES})"
OF_THE_BODY = f"body_id = ANY ({PARTIES})"
FOLLOWER = (
    f"EXISTS (SELECT FROM party p WHERE p.case_id = application_id AND p.role <> 'evaluator' "
    f"AND p.party_id = ANY ({PARTIES}))"
)
"""The caller is a party to the whole application, other than as an institution."""
SEEN = f"{IN_AREA} OR {SELF} OR {OF_THE_BODY} OR {FOLLOWER}"
ADDED = f"{IN_AREA} OR {SELF} OR {FOLLOWER}"
"""A review is filed by the office of the place, by the person, or by the portal that applied; never by the body."""
MUTABLE = "decision_id, case_id, body_id, stage, filed_at, detail_cipher, version"
"""Never what a row belongs to."""


def reviewed(condition: str) -> str:
    """The caller's body reviews what the condition says."""
    return f"EXISTS (SELECT FROM review r WHERE r.body_id = ANY ({PARTIES}) AND {condition})"


LOOKED_UP = {
    "decision": reviewed("(r.decision_id = decision.id OR r.id = decision.case_id)"),
    "person": reviewed("r.person_id = person.id AND r.stage IN ('filed', 'accepted')"),
}
"""What a body may look up for a review; of the person only while the review is open."""
DECIDING = "(SELECT current_setting('yian.reach')) = 'review'"
MOVED = {
    "application": reviewed("r.application_id = application.id"),
    "application_item": reviewed("r.application_id = application_item.application_id"),
    "certificate_case": reviewed("r.case_id = certificate_case.id"),
    "benefit_case": reviewed("r.case_id = benefit_case.id"),
}
"""What moves on when a body changes a decision or sends it back; seen in that operation alone."""
OWN_DECISION = reviewed("r.id = decision.case_id")
OF_REVIEW = f"actor_id = {ACTOR} AND " + reviewed(
    "r.person_id = event.person_id AND r.application_id IS NOT DISTINCT FROM event.application_id"
)
ROLES = (
    *("portal", "citizen", "commissioner", "township_officer", "county_officer", "county_reviewer", "county_approver"),
    *("civil_affairs", "evaluator", "provider", "auditor", "admin"),
)


def hold_roles(*roles: str) -> None:
    """Hold appointments to these roles, without reading the table under the lock."""
    listed = ", ".join(f"'{role}'" for role in roles)
    op.execute("ALTER TABLE membership DROP CONSTRAINT ck_membership_role")
    op.execute(f"ALTER TABLE membership ADD CONSTRAINT ck_membership_role CHECK (role IN ({listed})) NOT VALID")
    op.execute("ALTER TABLE membership VALIDATE CONSTRAINT ck_membership_role")


def upgrade() -> None:
    hold_roles(*ROLES, "appeal_officer")
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_review_body_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_review_decision_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_application_id"), "review", ["application_id"], unique=False)
    op.create_index("ix_review_body_id", "review", ["body_id", "id"], unique=False)
    op.create_index("ix_review_case_id", "review", ["case_id"], unique=False)
    op.create_index("ix_review_person_id", "review", ["person_id", "id"], unique=False)
    op.create_index("ix_review_queue", "review", ["stage", "region_path", "id"], unique=False)
    op.create_index(
        "uq_review_decision",
        "review",
        ["decision_id"],
        unique=True,
        postgresql_where="stage NOT IN ('not_accepted', 'withdrawn')",
    )
    for statement in (
        "ALTER TABLE review ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE review FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY review_seen ON review FOR SELECT TO {SERVICE} USING ({SEEN})",
        f"CREATE POLICY review_added ON review FOR INSERT TO {SERVICE} WITH CHECK ({ADDED})",
        f"CREATE POLICY review_changed ON review FOR UPDATE TO {SERVICE} USING ({SEEN}) WITH CHECK ({SEEN})",
        f"CREATE POLICY review_migrated ON review TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
        f"GRANT SELECT, INSERT, UPDATE ({MUTABLE}) ON review TO {SERVICE}",
        f"CREATE POLICY decision_reviewed_added ON decision FOR INSERT TO {SERVICE} WITH CHECK ({OWN_DECISION})",
        f"CREATE POLICY event_reviewed_added ON event FOR INSERT TO {SERVICE} WITH CHECK ({OF_REVIEW})",
    ):
        op.execute(statement)
    for table, visible in LOOKED_UP.items():
        op.execute(f"CREATE POLICY {table}_reviewed ON {table} FOR SELECT TO {SERVICE} USING ({visible})")
    for table, reviewed_here in MOVED.items():
        own = f"{DECIDING} AND {reviewed_here}"
        op.execute(f"CREATE POLICY {table}_reviewed ON {table} FOR SELECT TO {SERVICE} USING ({own})")
        op.execute(
            f"CREATE POLICY {table}_reviewed_changed ON {table} FOR UPDATE TO {SERVICE} "
            f"USING ({own}) WITH CHECK ({own})"
        )


def downgrade() -> None:
    for table in MOVED:
        op.execute(f"DROP POLICY {table}_reviewed_changed ON {table}")
    for table in (*LOOKED_UP, *MOVED):
        op.execute(f"DROP POLICY {table}_reviewed ON {table}")
    op.execute("DROP POLICY event_reviewed_added ON event")
    op.execute("DROP POLICY decision_reviewed_added ON decision")
    op.drop_table("review")
    op.execute("DELETE FROM membership WHERE role = 'appeal_officer'")
    hold_roles(*ROLES)
