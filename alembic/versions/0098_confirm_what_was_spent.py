"""Confirm what was spent: whoever leaves a project frees the place at once, and the money by two officers' words.

Until another officer confirms what was spent, all that was promised stays held. The row says who said it last, and the
database lets nobody confirm the own word, or say another figure while confirming.
"""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
STAGES = "stage IN ({})"
BEFORE = ("'proposed', 'enrolled', 'ended'", "stage = 'ended'", "WHEN 'ended' THEN {}.spent_fen")
AFTER = (
    "'proposed', 'enrolled', 'settling', 'ended'",
    "stage IN ('settling', 'ended')",
    "WHEN 'settling' THEN {0}.amount_fen WHEN 'ended' THEN {0}.spent_fen",
)
ENDED_ALONE = "CASE b.stage WHEN ''ended'' THEN"
ENDED_BY_DAY = "CASE WHEN b.ended_on IS NOT NULL THEN"
READERS = ("benefits_received(uuid)", "project_facts(uuid, text, uuid, date)")
REWRITE = """
DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('{function}'::regprocedure), '{old}', '{new}'); END $do$
"""
HOLD = """
CREATE FUNCTION hold_spending() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    caller uuid := nullif(current_setting('yian.actor'), '')::uuid;
BEGIN
    IF current_setting('yian.reach') = 'migration' THEN RETURN NULL; END IF;
    IF NEW.stage = 'settling' AND NEW.stated_by IS DISTINCT FROM caller
       OR OLD.stage = 'enrolled' AND NEW.stage = 'ended' AND NEW.amount_fen > 0
       OR OLD.stage = 'settling' AND NEW.stage = 'ended' AND (OLD.stated_by IS NOT DISTINCT FROM caller
           OR (OLD.stated_by, OLD.spent_fen, OLD.has_benefited)
              IS DISTINCT FROM (NEW.stated_by, NEW.spent_fen, NEW.has_benefited)) THEN
        RAISE EXCEPTION 'nobody else has said so' USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.add_column("beneficiary", sa.Column("stated_by", sa.Uuid(), nullable=True))
    op.execute(f"GRANT UPDATE (stated_by) ON beneficiary TO {SERVICE}")
    _know(BEFORE, AFTER)
    for function in READERS:
        op.execute(REWRITE.format(function=function, old=ENDED_ALONE, new=ENDED_BY_DAY))
    op.execute(HOLD)
    op.execute("ALTER FUNCTION hold_spending() OWNER TO yian_gate")
    op.execute("REVOKE ALL ON FUNCTION hold_spending() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER beneficiary_spends AFTER UPDATE OF stage, spent_fen, has_benefited, stated_by ON beneficiary "
        "FOR EACH ROW WHEN (NEW.stage IN ('settling', 'ended')) EXECUTE FUNCTION hold_spending()"
    )


def downgrade() -> None:
    op.execute("SET LOCAL yian.reach = 'migration'")
    op.execute("UPDATE beneficiary SET stage = 'ended' WHERE stage = 'settling'")
    op.execute("DROP TRIGGER beneficiary_spends ON beneficiary")
    op.execute("DROP FUNCTION hold_spending()")
    for function in READERS:
        op.execute(REWRITE.format(function=function, old=ENDED_BY_DAY, new=ENDED_ALONE))
    _know(AFTER, BEFORE)
    op.drop_column("beneficiary", "stated_by")


def _know(old: tuple[str, str, str], new: tuple[str, str, str]) -> None:
    """Let the constraints and the counting know the stages."""
    for name, rule in (
        ("stage", STAGES.format(new[0])),
        ("ended", f"({new[1]}) = (ended_on IS NOT NULL AND spent_fen IS NOT NULL)"),
    ):
        op.drop_constraint(op.f(f"ck_beneficiary_{name}"), "beneficiary", type_="check")
        op.create_check_constraint(op.f(f"ck_beneficiary_{name}"), "beneficiary", rule)
    for row in ("OLD", "NEW"):
        held = {"old": old[2].format(row), "new": new[2].format(row)}
        quoted = {key: said.replace("'", "''") for key, said in held.items()}
        op.execute(REWRITE.format(function="count_beneficiaries()", **quoted))
