"""Keep draws when somebody applies again: a later case takes them over, by a row that nobody can write or wipe.

The service asks the gate who was drawn for the person's last case, wherever that lay, and has it put down that the
draws are taken over. It has no right of its own but to read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
SELF = f"person_id = ANY ({PARTIES}::uuid[])"
CASE_SEEN = "(SELECT true FROM certificate_case c WHERE c.id = draw.case_id LIMIT 1)"
LATER_SEEN = "(SELECT true FROM certificate_case c WHERE c.id = draw_takeover.case_id LIMIT 1)"
TAKEN_OVER = "(SELECT true FROM draw_takeover t WHERE t.draw_id = draw.id LIMIT 1)"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "current_setting('yian.reach', true) = 'cases'"
EARLIER = """
CREATE FUNCTION earlier_draw(this_case uuid, since date)
RETURNS TABLE (draw_id uuid, case_id uuid, institution_id uuid, doctors uuid[], declined uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH last_drawn AS (
    SELECT c.id, c.stage, c.detail, (c.detail -> 'done' -> -1 ->> 'on')::date AS ended_on
    FROM certificate_case this
    JOIN certificate_case c ON c.person_id = this.person_id AND c.business = this.business AND c.id <> this.id
    WHERE this.id = this_case AND current_setting('yian.reach') = 'cases'
      AND c.stage IN ('withdrawn', 'refused', 'issued', 'cancelled')
      AND c.detail -> 'choice' ->> 'draw_id' IS NOT NULL
    ORDER BY ended_on DESC, c.submitted_at DESC, c.id DESC LIMIT 1
)
SELECT (detail -> 'choice' ->> 'draw_id')::uuid, id, (detail -> 'institution' ->> 'id')::uuid,
    ARRAY(SELECT jsonb_array_elements_text(detail -> 'choice' -> 'doctors')::uuid),
    ARRAY(SELECT jsonb_array_elements_text(turn -> 'doctors')::uuid
          FROM jsonb_array_elements(coalesce(detail -> 'turns', '[]')) AS turn)
FROM last_drawn WHERE stage IN ('withdrawn', 'refused') AND ended_on >= since
$$
"""
"""Who was drawn for the last case of the same business, where it has ended without a certificate since a day."""
TAKE = """
CREATE FUNCTION take_draws_over(this_case uuid, earlier uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO draw_takeover (case_id, draw_id, earlier_id, taken_at)
    SELECT this.id, own.draw_id, before.id, now()
    FROM certificate_case this
    JOIN certificate_case before ON before.id = earlier AND before.id <> this.id
        AND before.person_id = this.person_id AND before.business = this.business
        AND before.stage IN ('withdrawn', 'refused')
    CROSS JOIN LATERAL (
        SELECT d.id AS draw_id FROM draw d WHERE d.case_id = before.id
        UNION SELECT t.draw_id FROM draw_takeover t WHERE t.case_id = before.id
    ) own
    WHERE this.id = this_case AND this.stage = 'accepted' AND current_setting('yian.reach') = 'cases';
    RETURN FOUND;
END
$$
"""
"""The draws of the earlier case, and those that it had itself taken over, are found and checked with the later one."""
FUNCTIONS = {"earlier_draw(uuid, date)": EARLIER, "take_draws_over(uuid, uuid)": TAKE}


def upgrade() -> None:
    op.create_table(
        "draw_takeover",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_takeover_draw_id")),
        sa.PrimaryKeyConstraint("case_id", "draw_id", name=op.f("pk_draw_takeover")),
    )
    op.create_index("ix_draw_takeover_draw_id", "draw_takeover", ["draw_id"], unique=False)
    for statement in (
        "ALTER TABLE draw_takeover ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE draw_takeover FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY draw_takeover_seen ON draw_takeover FOR SELECT TO {SERVICE} USING ({LATER_SEEN})",
        f"CREATE POLICY draw_takeover_gated ON draw_takeover TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
        (
            f"CREATE POLICY draw_takeover_migrated ON draw_takeover TO yian_owner USING ({MIGRATING}) "
            f"WITH CHECK ({MIGRATING})"
        ),
        f"GRANT SELECT ON draw_takeover TO {SERVICE}",
        "GRANT SELECT, INSERT ON draw_takeover TO yian_gate",
        "DROP POLICY draw_seen ON draw",
        (
            f"CREATE POLICY draw_seen ON draw FOR SELECT TO {SERVICE} "
            f"USING ({IN_AREA} OR {SELF} OR {CASE_SEEN} OR {TAKEN_OVER})"
        ),
    ):
        op.execute(statement)
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"ALTER FUNCTION {signature} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {SERVICE}")


def downgrade() -> None:
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.execute("DROP POLICY draw_seen ON draw")
    op.execute(f"CREATE POLICY draw_seen ON draw FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {SELF} OR {CASE_SEEN})")
    op.drop_table("draw_takeover")
