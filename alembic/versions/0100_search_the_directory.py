"""Search the directory: when a service was last changed, and an index over each two characters of what is said of it.

Two characters and not three: most words of Chinese have two, and an index of trigrams finds none of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

SERVICE = "yian_app, yian_worker"
PAIRS_OF = """
CREATE FUNCTION pairs_of(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT substr(said, place, 2)), '{}') FROM generate_series(1, length(said) - 1) place
$$
"""
WORDS_OF = """
CREATE FUNCTION words_of(detail jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT lower(coalesce(string_agg(said, E'\\n'), '')) FROM (
        SELECT detail -> part ->> language AS said
        FROM unnest(ARRAY['name', 'description']) part, unnest(ARRAY['zh', 'en']) language
        UNION ALL
        SELECT place -> 'name' ->> language
        FROM jsonb_array_elements(detail -> 'locations') place, unnest(ARRAY['zh', 'en']) language
    ) told
$$
"""
FUNCTIONS = ("pairs_of(text)", "words_of(jsonb)")


def upgrade() -> None:
    op.add_column(
        "service", sa.Column("modified_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)
    )
    op.execute(f"GRANT UPDATE (modified_at) ON service TO {SERVICE}")
    op.create_index("ix_service_modified_at", "service", ["modified_at"])
    op.execute(PAIRS_OF)
    op.execute(WORDS_OF)
    for function in FUNCTIONS:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {SERVICE}")
    op.execute("CREATE INDEX ix_service_words ON service USING gin (pairs_of(words_of(detail)))")
    op.execute("CREATE INDEX ix_organisation_words ON organisation USING gin (pairs_of(lower(name || ' ' || name_en)))")


def downgrade() -> None:
    op.execute("DROP INDEX ix_organisation_words")
    op.execute("DROP INDEX ix_service_words")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_column("service", "modified_at")
