"""Find a service at a place by its id, which follows from both: an index over ids that stand in no column."""

from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

PLACES_OF = """
CREATE FUNCTION places_of(service uuid, detail jsonb) RETURNS uuid[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(md5(service::text || '/' || (place ->> 'id'))::uuid), '{}')
    FROM jsonb_array_elements(detail -> 'locations') place
$$
"""


def upgrade() -> None:
    op.execute(PLACES_OF)
    op.execute("GRANT EXECUTE ON FUNCTION places_of(uuid, jsonb) TO yian_app, yian_worker")
    op.execute("CREATE INDEX ix_service_places ON service USING gin (places_of(id, detail))")


def downgrade() -> None:
    op.execute("DROP INDEX ix_service_places")
    op.execute("DROP FUNCTION places_of(uuid, jsonb)")
