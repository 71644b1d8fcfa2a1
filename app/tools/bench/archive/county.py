"""What a county has on record of the people on its roster, made up: visits, assessments, plans and documents."""

import asyncpg

_STATEMENTS = (
    """
    CREATE TEMP TABLE listed AS
    SELECT person_id, region_path, row_number() OVER (ORDER BY person_id) AS n FROM roster
    """,
    """
    INSERT INTO home_visit (id, person_id, region_path, seen_on, is_in_conflict, detail_cipher, version)
    SELECT gen_random_uuid(), person_id, region_path, current_date - (n % 500)::int, false, '\\x00', 1
    FROM listed WHERE n % 10 < 7
    """,
    """
    INSERT INTO assessment (id, person_id, region_path, instrument, assessed_on, detail, version)
    SELECT gen_random_uuid(), person_id, region_path, 'basic_situation', current_date - (n % 400)::int, '{}', 1
    FROM listed WHERE n % 2 = 0
    """,
    """
    INSERT INTO plan (id, person_id, region_path, revision, stage, called_for, detail, version)
    SELECT gen_random_uuid(), person_id, region_path, 1, 'active', '{}', '{}', 1
    FROM listed WHERE n % 5 = 0
    """,
    """
    INSERT INTO archive_document
        (id, archive_of, person_id, region_path, item, made_on, digest, filed_by, filed_on, detail_cipher, version)
    SELECT gen_random_uuid(), 'person', person_id, region_path, 'certificate_file', '2020-01-01', '\\x00',
        gen_random_uuid(), current_date, '\\x00', 1
    FROM listed WHERE n % 10 < 3
    """,
    """
    INSERT INTO archive_count (region_path, checklist, counted_on, people, complete, items)
    SELECT region_path, 'bench', current_date, count(*), count(*) / 10,
        (SELECT jsonb_object_agg('item_' || n, jsonb_build_array(100, n)) FROM generate_series(1, 15) AS n)
    FROM listed GROUP BY region_path
    """,
    "UPDATE roster SET flags = ARRAY['severe'] WHERE grade <= 2",
)
_TABLES = (
    "roster",
    "roster_span",
    "archive_count",
    "home_visit",
    "assessment",
    "plan",
    "archive_document",
    "person",
    "certificate",
)


async def fill(superuser_dsn: str) -> int:
    """Put it on record, and say how many people are on the roster."""
    connection = await asyncpg.connect(superuser_dsn)
    try:
        for statement in _STATEMENTS:
            await connection.execute(statement)
        for table in (*_TABLES, "certificate_version", "person_identifier", "person_contact", "household_member"):
            await connection.execute(f"VACUUM ANALYZE {table}")
        people: int = await connection.fetchval("SELECT count(*) FROM roster")
    finally:
        await connection.close()
    return people
