"""Whom the roster leaves without a commissioner, a group or a head of the household.

The first two are asked of its cells, and not of each person.
"""

HELD_BY = "CASE WHEN absent_until >= {on} THEN deputy_id ELSE commissioner_id END"
"""Who answers on a day."""
SERVING = """
SELECT m.account_id, m.region_path || '/' AS area
FROM membership m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
WHERE m.role = 'commissioner'
  AND (now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
"""
# By the wall's clock, like the gate: an appointment is real also where a test clock runs.
_FOUND = f"""
WITH serving AS MATERIALIZED (SELECT account_id, array_agg(area) AS areas FROM ({SERVING}) one GROUP BY account_id),
cells AS MATERIALIZED (
    SELECT cell, region_path, category, people, {HELD_BY.format(on="$2")} AS holder
    FROM roster_cell WHERE {{condition}} AND people > 0),
grouped AS MATERIALIZED (
    SELECT place.region_path, bool_or(g.category IS NULL) AS has_all, array_agg(g.category) AS categories
    FROM (SELECT DISTINCT region_path FROM cells) place
    CROSS JOIN LATERAL string_to_array(place.region_path, '/') AS parts
    CROSS JOIN LATERAL generate_series(1, cardinality(parts)) AS depth
    JOIN person_group g ON g.region_path = array_to_string(parts[1:depth], '/')
    GROUP BY place.region_path),
found AS MATERIALIZED (
    SELECT cell, cells.region_path, people,
        serving.areas IS NULL OR NOT (cells.region_path || '/') ^@ ANY (serving.areas) AS lacks_commissioner,
        grouped.has_all IS NULL OR NOT (has_all OR coalesce(category = ANY (categories), false)) AS lacks_group
    FROM cells LEFT JOIN serving ON serving.account_id = cells.holder
    LEFT JOIN grouped ON grouped.region_path = cells.region_path)
"""
"""What people lack depends on their place, their category and who answers, and is asked once for each cell of these."""
PLANNED_ANEW = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)"
"""For questions of gaps: a plan for any area thinks of few cells, joins them by loops and takes seven times as long."""
GAP_COUNTS = f"""
{_FOUND},
lacking AS (
    SELECT region_path, sum(people) AS people, sum(people) FILTER (WHERE lacks_commissioner) AS lack_commissioner,
        sum(people) FILTER (WHERE lacks_group) AS lack_group
    FROM found GROUP BY region_path),
told AS (
    SELECT region_path, count(*) AS reported_dead FROM roster
    WHERE {{condition}} AND reported_dead_on IS NOT NULL GROUP BY region_path),
headless AS (
    SELECT region_path, count(*) AS lack_head FROM roster
    WHERE {{condition}} AND lacks_head AND reported_dead_on IS NULL GROUP BY region_path)
SELECT region_path, coalesce(people, 0)::int AS people, coalesce(lack_commissioner, 0)::int AS lack_commissioner,
    coalesce(lack_group, 0)::int AS lack_group, coalesce(lack_head, 0)::int AS lack_head,
    coalesce(reported_dead, 0)::int AS reported_dead
FROM lacking FULL JOIN told USING (region_path) LEFT JOIN headless USING (region_path) ORDER BY region_path
"""
"""Cells do not count whoever is reported dead, who lacks nothing."""
GAPS = f"""
{_FOUND},
headless AS (
    SELECT person_id, cell FROM roster
    WHERE {{condition}} AND lacks_head AND reported_dead_on IS NULL AND person_id > $3)
SELECT r.person_id, found.region_path, found.lacks_commissioner, found.lacks_group, r.lacks_head
FROM found CROSS JOIN LATERAL (
    SELECT person_id, lacks_head FROM roster
    WHERE roster.cell = found.cell AND person_id > $3 AND reported_dead_on IS NULL ORDER BY person_id LIMIT $4) r
WHERE found.lacks_commissioner OR found.lacks_group
UNION ALL
SELECT h.person_id, found.region_path, false, false, true FROM headless h JOIN found USING (cell)
WHERE NOT (found.lacks_commissioner OR found.lacks_group)
ORDER BY person_id LIMIT $4
"""
