"""Let offers to providers expire by themselves: what nobody has answered in time may be looked for in all places."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
LOOKING = "(SELECT current_setting('yian.reach')) = 'clocks'"
POLICIES = {
    "referral": f"{LOOKING} AND stage = 'offered'",
    "person": f"{LOOKING} AND clock_id IS NOT NULL",
}
"""Of people only the invented ones of the sandbox, by whose clock an offer expires: nobody else has one."""


def upgrade() -> None:
    for table, rule in POLICIES.items():
        op.execute(f"CREATE POLICY {table}_kept ON {table} FOR SELECT TO {SERVICE} USING ({rule})")


def downgrade() -> None:
    for table in POLICIES:
        op.execute(f"DROP POLICY {table}_kept ON {table}")
