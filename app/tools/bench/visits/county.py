"""A county's roster, made up: people without names in villages without streets, and who answers for them."""

import asyncpg

COUNTY = "65/6523/652301"
VILLAGE = f"{COUNTY}/652301104/652301104201"
TOWNSHIP = VILLAGE.rpartition("/")[0]
COMMISSIONER = "00000000-0000-0000-0000-000000000001"
"""Whose queue is read: the one of the sandbox's village."""

_STATEMENTS = (
    """
    CREATE TEMP TABLE place AS SELECT n, '65/6523/652301/652301' || lpad((104 + (n - 1) / 15)::text, 3, '0')
        || '/652301' || lpad((104 + (n - 1) / 15)::text, 3, '0') || lpad((201 + (n - 1) % 15)::text, 3, '0') AS path
    FROM generate_series(1, 300) n
    """,
    """
    INSERT INTO account (id, kind, name)
    SELECT lpad(to_hex(n), 32, '0')::uuid, 'staff', 'commissioner ' || n FROM generate_series(1, 300) n
    """,
    """
    INSERT INTO membership (id, account_id, organisation_id, role, region_path, valid_from, valid_to)
    SELECT gen_random_uuid(), lpad(to_hex(n), 32, '0')::uuid, (SELECT id FROM organisation ORDER BY id LIMIT 1),
        'commissioner', path, '2020-01-01', CASE WHEN n % 100 = 0 THEN '2021-01-01'::date END
    FROM place
    """,
    """
    INSERT INTO person
        (id, region_path, registration_path, birth_date, sex, preferred_format, preferred_language, version)
    SELECT lpad(to_hex(1000000 + i), 32, '0')::uuid, path, path, '1905-05-05', 1, 'standard', 'zh-CN', 1
    FROM generate_series(1, $1::int) i JOIN place ON n = 1 + i % 300
    """,
    """
    INSERT INTO roster (person_id, region_path, category, grade, listed_on, commissioner_id, absent_until, deputy_id,
        flags, weight, every_days, due_on)
    SELECT lpad(to_hex(1000000 + i), 32, '0')::uuid, path, nullif((i / 300) % 8, 0), 1 + i % 4, '2026-01-01',
        CASE WHEN (i / 300) % 200 > 0 THEN lpad(to_hex(n), 32, '0')::uuid END,
        CASE WHEN n % 50 = 0 THEN '2199-12-31'::date END,
        CASE WHEN n % 50 = 0 THEN lpad(to_hex(n - 1), 32, '0')::uuid END,
        CASE WHEN i % 3 = 0 THEN ARRAY['severe'] ELSE '{}' END, 1 + i % 4, CASE WHEN i % 3 = 0 THEN 30 ELSE 90 END,
        current_date - 45 + i % 90
    FROM generate_series(1, $1::int) i JOIN place ON n = 1 + i % 300
    """,
    """
    INSERT INTO person_group (id, kind, region_path, category, adopted_by, adopted_on)
    SELECT gen_random_uuid(), 'area', path, NULL, gen_random_uuid(), current_date FROM place WHERE n % 40 > 0
    """,
)


async def fill(superuser_dsn: str, people: int) -> None:
    """Put so many people on the roster of the county; one in two hundred has no commissioner, some places no group."""
    connection = await asyncpg.connect(superuser_dsn)
    try:
        for statement in _STATEMENTS:
            if "$1" in statement:
                await connection.execute(statement, people)
            else:
                await connection.execute(statement)
        for table in ("person", "roster", "roster_span", "roster_cell", "membership", "account", "person_group"):
            await connection.execute(f"VACUUM ANALYZE {table}")
    finally:
        await connection.close()
