"""Made-up people by the million, put into the tables by PostgreSQL itself: nobody is generated one by one."""

from datetime import date

import asyncpg

from app.domain.person import EconomicStatus

_PERSONS = """
INSERT INTO person (id, region_path, registration_path, birth_date, sex, preferred_format, preferred_language, version)
SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, place, place,
    $3::date - (random() * 32000)::int, 1 + number % 2, 'plain', 'zh-CN', 1
FROM generate_series(1, $1) number CROSS JOIN LATERAL (SELECT ($2::text[])[1 + number % cardinality($2)]) places (place)
"""
_FACTS = """
INSERT INTO person_facts (person_id, region_path, registration_path, clock_id, known_on, birth_date, has_certificate,
    categories, grade, economic_status, diagnosed, not_diagnosed, needs, no_needs, receiving, no_receiving, flags,
    no_flags, places, no_places, last_received)
SELECT id, region_path, registration_path, NULL, $1::date, birth_date, has_certificate,
    CASE WHEN has_certificate THEN 2 << category ELSE 0 END,
    CASE WHEN has_certificate THEN 1 + (heaviness * 3)::int END,
    CASE WHEN hardship < 0.8 THEN ($2::text[])[1 + (hardship * 6)::int] END,
    CASE WHEN heaviness < 0.1 THEN 2 << category ELSE 0 END, CASE WHEN heaviness > 0.9 THEN 2 << category ELSE 0 END,
    CASE WHEN wants < 0.6 THEN ($3::text[])[need : need + 1] ELSE '{}' END, ($3::text[])[need + 2 : need + 6],
    CASE WHEN heaviness < 0.2 THEN '{living_subsidy,CARE-HOME}'::text[] ELSE '{}' END,
    CASE WHEN wants < 0.5 THEN '{orphan_allowance,work_injury_nursing_fee,ACC-HOME}'::text[] ELSE '{}' END,
    CASE WHEN wants < 0.4 THEN '{willing_to_work,severe}'::text[] ELSE '{}' END,
    CASE WHEN wants > 0.6 THEN '{multi_in_household,earns_income,poor}'::text[] ELSE '{}' END,
    ($4::text[])[:6 + number % 6], ($4::text[])[13:14 + number % 6],
    CASE WHEN heaviness > 0.7
        THEN jsonb_build_object(($4::text[])[1 + number % 12], $1::date - 30 * (number % 40)) ELSE '{}' END
FROM (
    SELECT p.*, ('x' || right(p.id::text, 6))::bit(24)::integer AS number,
        CASE WHEN random() < 0.45 THEN true WHEN random() < 0.9 THEN false END AS has_certificate,
        (random() * 5)::int AS category, random() AS heaviness, random() AS hardship, random() AS wants,
        1 + (random() * 30)::int AS need
    FROM person p
) made
ON CONFLICT DO NOTHING
"""
"""Projects are open for some services and full for others, by the place; what people had of them lies up to three years
back. Whoever has a row keeps it: an anti-join over a table that grows meanwhile would read it again for each person."""


async def make(
    connection: asyncpg.Connection,
    count: int,
    *,
    villages: list[str],
    needs: list[str],
    services: list[str],
    on: date,
) -> None:
    """Put so many people into the villages, with what is known of them: of each about half, as registers hold it."""
    await connection.execute("SELECT setseed(0.652301)")
    await connection.execute(_PERSONS, count, villages, on)
    await connection.execute(_FACTS, on, [status.value for status in EconomicStatus], needs, services)
    await connection.execute("VACUUM (ANALYZE) person_facts")
