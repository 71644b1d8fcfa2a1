"""Take catalogues over: federations list services and who offers them, each in its own area."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
NO_CLOCK = "00000000-0000-0000-0000-000000000000"
TABLES = ("service", "organisation")
IN_AREA = "(region_path || '/') ^@ ANY ((SELECT current_setting('yian.areas')::text[])::text[])"
CASES = "(SELECT current_setting('yian.reach')) = 'cases'"
PROVIDER = "kind = 'provider' AND code IS NOT NULL"
ADDED = {"service": f"{CASES} AND {IN_AREA}", "organisation": f"{CASES} AND {IN_AREA} AND {PROVIDER}"}
CHANGED = "code, family, region_path, meets, serves, status, detail, version"


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("clock_id", sa.Uuid(), server_default=NO_CLOCK, nullable=False))
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_seen ON {table} FOR SELECT USING (true)")
        op.execute(f"CREATE POLICY {table}_added ON {table} FOR INSERT TO {SERVICE} WITH CHECK ({ADDED[table]})")
        op.execute(f"GRANT INSERT ON {table} TO {SERVICE}")
    here = f"{CASES} AND {IN_AREA}"
    op.execute(f"CREATE POLICY service_changed ON service FOR UPDATE TO {SERVICE} USING ({here}) WITH CHECK ({here})")
    op.execute(f"GRANT UPDATE ({CHANGED}) ON service TO {SERVICE}")
    op.drop_constraint("uq_organisation_code", "organisation")
    op.create_index("uq_organisation_code", "organisation", ["code", "clock_id"], unique=True)


def downgrade() -> None:
    op.execute(f"UPDATE organisation SET code = NULL WHERE clock_id <> '{NO_CLOCK}'")
    op.drop_index("uq_organisation_code", "organisation")
    op.create_unique_constraint(op.f("uq_organisation_code"), "organisation", ["code"])
    op.execute(f"REVOKE UPDATE ({CHANGED}) ON service FROM {SERVICE}")
    op.execute("DROP POLICY service_changed ON service")
    for table in TABLES:
        op.execute(f"REVOKE INSERT ON {table} FROM {SERVICE}")
        op.execute(f"DROP POLICY {table}_added ON {table}")
        op.execute(f"DROP POLICY {table}_seen ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.drop_column(table, "clock_id")
