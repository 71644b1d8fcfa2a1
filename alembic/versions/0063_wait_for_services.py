"""Wait for services: needs on the lists of services, in an order that the days do not change, each behind its walls.

Somebody leaves a list when a provider accepts, or when the need is met, by the step of the referral: whoever takes it
sees nothing of the list. How many stand before somebody is counted over everybody, and told as a number.
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
AREAS = "(SELECT current_setting('yian.areas')::text[])"
PARTIES = "(SELECT current_setting('yian.parties')::uuid[])"
IN_AREA = f"(region_path || '/') ^@ ANY ({AREAS}::text[])"
OWN = f"person_id = ANY ({PARTIES}::uuid[])"
MIGRATING = "current_setting('yian.reach', true) = 'migration'"
AT_WORK = "coalesce(current_setting('yian.reach', true), '') <> ''"
"""The owner of the tables is in `yian_gate` too: a back-fill that forgets to say so must still change nothing."""
POLICIES = {
    "seen": f"FOR SELECT TO {SERVICE} USING ({IN_AREA} OR {OWN})",
    "added": f"FOR INSERT TO {SERVICE} WITH CHECK ({CASES} AND ({IN_AREA}) AND lies_in(person_id, {AREAS}::text[]))",
    "changed": f"FOR UPDATE TO {SERVICE} USING ({CASES} AND (({IN_AREA}) OR {OWN})) "
    f"WITH CHECK ({CASES} AND (({IN_AREA}) OR {OWN}))",
    "merged": f"TO yian_gate USING ({AT_WORK}) WITH CHECK ({AT_WORK})",
    "migrated": f"TO yian_owner USING ({MIGRATING}) WITH CHECK ({MIGRATING})",
}
CHANGING = "since, counts_from, stage, left_on, detail_cipher, version"
UNDER_WAY = "('offered', 'accepted', 'delivered', 'paused')"
STANDING = f"""
CREATE FUNCTION waiting_standing(services uuid[], of_clock uuid, counting_from date, key uuid, placed_after date)
RETURNS TABLE (service_id uuid, ahead integer, placed integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.id,
        (SELECT count(*) FROM waiting_entry w
         WHERE w.service_id = s.id AND w.stage = 'waiting' AND w.clock_id IS NOT DISTINCT FROM of_clock
           AND (w.counts_from, w.id) < (counting_from, key)
           AND NOT EXISTS (SELECT FROM referral r WHERE r.need_id = w.need_id AND r.stage IN {UNDER_WAY}))::integer,
        (SELECT count(*) FROM waiting_entry w
         WHERE w.service_id = s.id AND w.stage = 'placed' AND w.clock_id IS NOT DISTINCT FROM of_clock
           AND w.left_on > placed_after)::integer
    FROM unnest(services) s (id)
$$
"""
"""Counts over everybody who waits, whomever the caller may see: nobody can be told from them."""
LEAVE = """
CREATE FUNCTION leave_waiting_lists() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE waiting_entry w
    SET stage = CASE WHEN NEW.stage = 'accepted' THEN 'placed' ELSE 'met' END, version = version + 1,
        left_on = coalesce(nullif(current_setting('yian.today', true), '')::date, current_date)
    WHERE w.need_id = NEW.need_id AND w.stage = 'waiting'
      AND (NEW.stage IN ('confirmed', 'overridden') OR w.service_id = NEW.service_id);
    RETURN NULL;
END $$
"""
"""By the provider's acceptance the need leaves the list of that service; when it is met, all lists."""
STANDING_SIGNATURE = "waiting_standing(uuid[], uuid, date, uuid, date)"
FUNCTIONS = {STANDING_SIGNATURE: STANDING, "leave_waiting_lists()": LEAVE}


def upgrade() -> None:
    op.create_table(
        "waiting_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_path", sa.Text(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("detail_cipher", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('waiting', 'placed', 'withdrawn', 'removed', 'met')", name=op.f("ck_waiting_entry_stage")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiting_entry_person_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_waiting_entry_need_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_waiting_entry_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_entry")),
    )
    op.create_index(
        "uq_waiting_entry_open",
        "waiting_entry",
        ["need_id", "service_id"],
        unique=True,
        postgresql_where="stage = 'waiting'",
    )
    op.create_index("ix_waiting_entry_queue", "waiting_entry", ["service_id", "stage", "counts_from", "id"])
    op.create_index("ix_waiting_entry_person_id", "waiting_entry", ["person_id", "id"])
    op.create_index(
        "ix_waiting_entry_worklist",
        "waiting_entry",
        ["stage", "region_path", "id"],
        postgresql_ops={"region_path": "text_pattern_ops"},
    )
    op.execute("ALTER TABLE waiting_entry ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE waiting_entry FORCE ROW LEVEL SECURITY")
    for name, rule in POLICIES.items():
        op.execute(f"CREATE POLICY waiting_entry_{name} ON waiting_entry {rule}")
    op.execute(f"GRANT SELECT, INSERT ON waiting_entry TO {SERVICE}")
    op.execute(f"GRANT UPDATE ({CHANGING}) ON waiting_entry TO {SERVICE}")
    op.execute("GRANT SELECT, UPDATE (person_id, stage, left_on, version) ON waiting_entry TO yian_gate")
    for function, made in FUNCTIONS.items():
        op.execute(made)
        op.execute(f"ALTER FUNCTION {function} OWNER TO yian_gate")
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {STANDING_SIGNATURE} TO {SERVICE}")
    op.execute(
        "CREATE TRIGGER referral_leaves_waiting_lists AFTER UPDATE OF stage ON referral FOR EACH ROW "
        "WHEN (NEW.stage IN ('accepted', 'confirmed', 'overridden') AND NEW.stage <> OLD.stage) "
        "EXECUTE FUNCTION leave_waiting_lists()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER referral_leaves_waiting_lists ON referral")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("waiting_entry")
