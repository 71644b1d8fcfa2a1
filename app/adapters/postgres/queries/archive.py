"""What counts for the archives of people: one row a person and thing that is on record, with its latest day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.archive import Source


@dataclass(frozen=True, slots=True)
class Table:
    """Where something stands: table, day, when it counts, its id, and what it is known by."""

    name: str
    day: str
    counts: str = "true"
    key: str = "id"
    what: str = ""


_TABLES: Mapping[Source, Table] = MappingProxyType(
    {
        Source.DOCUMENT: Table(
            "archive_document one",
            "made_on",
            "archive_of = 'person' AND NOT EXISTS (SELECT FROM archive_document newer WHERE newer.replaces = one.id)",
            what="'document.' || item",
        ),
        Source.EVIDENCE: Table(
            "evidence one",
            "coalesce((detail ->> 'issued_on')::date, (detail ->> 'recorded_on')::date)",
            "(valid_until IS NULL OR valid_until >= $2) "
            "AND NOT EXISTS (SELECT FROM evidence newer WHERE newer.supersedes = one.id)",
            what="'evidence.' || kind",
        ),
        Source.IDENTIFIER: Table("person_identifier", "valid_from", "valid_to IS NULL"),
        Source.CONTACT: Table("person_contact", "valid_from", "valid_to IS NULL AND kind <> 'bank_account'"),
        Source.HOUSEHOLD: Table("household_member", "valid_from", "valid_to IS NULL", key="household_id"),
        Source.GUARDIANSHIP: Table(
            "guardianship", "valid_from", "(valid_to IS NULL OR valid_to >= $2)", key="guardian_id"
        ),
        Source.CERTIFICATE: Table(
            "certificate_version",
            "issued_on",
            "is_current AND status IN ('in_force', 'frozen') AND valid_until >= $2",
            key="certificate_id",
        ),
        Source.CERTIFICATE_CASE: Table(
            "certificate_case", "(submitted_at AT TIME ZONE 'Asia/Shanghai')::date", "stage = 'issued'"
        ),
        Source.ASSESSMENT: Table("assessment", "assessed_on"),
        Source.HOME_VISIT: Table("home_visit", "seen_on", "seen_on IS NOT NULL"),
        Source.PLAN: Table("plan", "$2::date", "stage = 'active'"),
        Source.REFERRAL: Table(
            "referral", "(offered_at AT TIME ZONE 'Asia/Shanghai')::date", "stage NOT IN ('declined', 'expired')"
        ),
        Source.NEED_REPORT: Table("need_report", "least(due_on, $2)"),
        Source.DECISION: Table("decision", "decided_on"),
    }
)
BY_ID = "person_id = ANY ($1::uuid[])"
_NOTHING = """
SELECT NULL::uuid AS person_id, NULL AS what, NULL::date AS day, NULL::uuid AS id
WHERE $1::uuid[] = '{}' AND $2::date IS NULL
"""
"""No row: it says of which types the columns and the parameters are, whatever follows."""
_TRAITS = """
SELECT p.id AS person_id, coalesce(r.region_path, p.region_path) AS region_path,
    array_remove(ARRAY[
        CASE WHEN r.category IS NOT NULL THEN 'holder' WHEN r.person_id IS NOT NULL THEN 'uncertified' END,
        CASE WHEN p.birth_date > {minor_since} THEN 'minor' END,
        CASE WHEN v.components ? '5' THEN 'intellectual' END,
        CASE WHEN v.components ? '6' THEN 'mental' END,
        CASE WHEN EXISTS (SELECT FROM need n WHERE n.person_id = p.id AND n.stage = 'confirmed')
            THEN 'confirmed_need' END], NULL)
        || coalesce(r.flags, '{{}}') AS traits
"""
_BESIDE = """
LEFT JOIN certificate_version v ON v.person_id = p.id AND v.is_current AND v.status IN ('in_force', 'frozen')
"""
PEOPLE = f"""
{_TRAITS.format(minor_since="$2")} FROM person p LEFT JOIN roster r ON r.person_id = p.id {_BESIDE}
WHERE p.id = ANY ($1::uuid[])
"""
"""Who people are, as far as items are for some and not for others; flags as they were derived last."""


def seen_by_id(sources: Collection[Source]) -> str:
    """The statement for people by their ids ($1) on a day ($2)."""
    return " UNION ALL ".join([_NOTHING, *_parts(sources, who=BY_ID)])


def alike_in(sources: Collection[Source], *, condition: str) -> str:
    """The statement that counts an area ($1) on a day ($2): who is a minor ($3), what would count ($4) since when ($5).

    What is there of everybody is gathered table by table and once, and never asked person by person.
    """
    seen = " UNION ALL ".join(_parts(sources, who="person_id IN (SELECT person_id FROM who)"))
    return f"""
WITH who AS MATERIALIZED (
    {_TRAITS.format(minor_since="$3")}
    FROM (SELECT * FROM roster WHERE {condition}) r JOIN person p ON p.id = r.person_id {_BESIDE}),
seen AS ({seen}),
held AS (
    SELECT seen.person_id, array_agg(w.number::int ORDER BY w.number) AS numbers
    FROM seen JOIN unnest($4::text[], $5::date[]) WITH ORDINALITY AS w (what, since, number)
        ON w.what = seen.what AND seen.day >= w.since
    GROUP BY seen.person_id)
SELECT region_path, traits, coalesce(numbers, '{{}}') AS numbers, count(*)::int AS people
FROM who LEFT JOIN held USING (person_id) GROUP BY 1, 2, 3
"""


def _parts(sources: Collection[Source], *, who: str) -> list[str]:
    return [_part(_TABLES[source], source, who=who) for source in sorted(sources) if source in _TABLES]


def _part(table: Table, source: Source, *, who: str) -> str:
    what = table.what or f"'{source.value}'"
    newest = f"(array_agg({table.key} ORDER BY {table.day} DESC))[1]"
    return (
        f"SELECT person_id, {what} AS what, max({table.day}) AS day, {newest} AS id "
        f"FROM {table.name} WHERE {who} AND {table.counts} GROUP BY person_id, what"
    )


_IN_PLACE = "({table}.region_path = asked.place OR {table}.region_path ^@ (asked.place || '/'))"
_HERE = _IN_PLACE.format(table="r")
WORK = f"""
SELECT asked.id, array_remove(ARRAY['roster',
    CASE WHEN EXISTS (
        SELECT FROM membership m WHERE m.role = 'commissioner' AND {_IN_PLACE.format(table="m")}
        AND $4 BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')) THEN 'commissioner' END,
    CASE WHEN NOT EXISTS (
        SELECT FROM roster_cell c WHERE {_IN_PLACE.format(table="c")} AND c.people > 0 AND NOT EXISTS (
            SELECT FROM person_group g WHERE (c.region_path || '/') ^@ (g.region_path || '/')
            AND (g.category IS NULL OR g.category = c.category))) THEN 'groups' END,
    CASE WHEN NOT EXISTS (
        SELECT FROM roster r WHERE {_HERE} AND r.reported_dead_on IS NULL AND NOT EXISTS (
            SELECT FROM home_visit h WHERE h.person_id = r.person_id AND h.seen_on BETWEEN $3 AND $4))
        THEN 'visits' END,
    CASE WHEN EXISTS (
        SELECT FROM survey_round s JOIN survey_entry e ON e.round_id = s.id
        WHERE {_IN_PLACE.format(table="e")} AND s.opens_on BETWEEN $3 AND $4) THEN 'survey' END], NULL) AS seen
FROM unnest($1::uuid[], $2::text[]) AS asked (id, place)
"""
"""Of each association: its commissioner, whether groups and visits have left anybody out, and a survey of the year.

Where nobody is on the roster, nobody is left out.
"""

FILED = """
SELECT id, organisation_id, item, year, made_on FROM archive_document one
WHERE organisation_id = ANY ($1::uuid[]) AND year <= $2
  AND NOT EXISTS (SELECT FROM archive_document newer WHERE newer.replaces = one.id)
ORDER BY made_on, id
"""
ROSTER = "SELECT person_id FROM roster WHERE {condition} AND person_id > $2 ORDER BY person_id LIMIT $3"
FORGET_COUNTS = "DELETE FROM archive_count WHERE {condition}"
KEEP_COUNTS = """
INSERT INTO archive_count (region_path, checklist, counted_on, people, complete, items)
SELECT region_path, $1, $2, people, complete, items::jsonb
FROM unnest($3::text[], $4::int[], $5::int[], $6::text[]) AS counted (region_path, people, complete, items)
"""
KEPT_COUNTS = """
SELECT region_path, counted_on, people, complete, items::text AS items FROM archive_count
WHERE {condition} AND checklist = $2 AND counted_on BETWEEN $3 AND $4 ORDER BY region_path
"""
