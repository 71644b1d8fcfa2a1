"""What figures of integrity rest on, counted set by set. `tally.py` and `tally_draws.py` say the same in plain Python.

Each kind of alarm marks cases: for whom a case counts, within what, and whether it is marked. All else follows from
the marks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.adapters.postgres.session import Session
from app.domain.integrity import OF_APPLICANTS, AlarmKind, Count, Share, Signal, Subject, SubjectKind
from app.domain.shared.identity import Category
from app.services.ports.integrity import CasesBehind, Extent

MOST_CASES = 200
"""So many files are named by an alarm; the figures tell how many there are."""
_CONCLUDED = """
concluded AS MATERIALIZED (
    SELECT c.id, c.region_path, c.person_id, (c.submitted_at AT TIME ZONE 'Asia/Shanghai')::date AS applied_on,
        found.concluded_on, found.category, found.grade, found.doctors, found.numbers,
        c.detail -> 'institution' ->> 'id' AS institution
    FROM certificate_case c
    CROSS JOIN LATERAL (
        SELECT (one ->> 'concluded_on')::date AS concluded_on, (one ->> 'category')::int AS category,
            (one ->> 'grade')::int AS grade, one -> 'doctors' AS doctors, one -> 'measurements' -> 'numbers' AS numbers
        FROM (SELECT c.detail -> 'conclusion') AS stored (one) WHERE jsonb_typeof(one) = 'object'
    ) found
    LEFT JOIN person p ON p.id = c.person_id
    WHERE (c.region_path || '/') ^@ ($1 || '/') AND p.clock_id IS NULL AND found.concluded_on BETWEEN $2 AND $3
), signed AS (
    SELECT DISTINCT c.id, doctor FROM concluded c CROSS JOIN LATERAL jsonb_array_elements_text(c.doctors) AS doctor
)
"""
_SEVERE = """
SELECT 'doctor' AS subject_kind, doctor AS subject, category::text AS within, grade <= $4 AS is_marked, id
FROM concluded JOIN signed USING (id) WHERE category IS NOT NULL AND grade IS NOT NULL
UNION ALL
SELECT 'institution', institution, category::text, grade <= $4, id
FROM concluded WHERE category IS NOT NULL AND grade IS NOT NULL
"""
_HEAPED = """
SELECT 'doctor' AS subject_kind, doctor AS subject, measure AS within,
    (CASE WHEN belongs_above THEN away >= 0 ELSE away > 0 END) = is_heavier_above AS is_marked, id
FROM concluded JOIN signed USING (id)
CROSS JOIN unnest($4::text[], $5::numeric[], $6::numeric[], $7::boolean[], $8::boolean[])
    AS threshold (measure, bound, width, belongs_above, is_heavier_above)
CROSS JOIN LATERAL (SELECT (numbers ->> measure)::numeric - bound) AS value (away)
WHERE CASE WHEN belongs_above THEN away >= -width AND away < width ELSE away > -width AND away <= width END
"""
_CLUSTERED = """
SELECT 'village' AS subject_kind, region_path AS subject, '' AS within, concluded_on >= $4 AS is_marked, id
FROM concluded WHERE category IS NOT NULL
"""
_PACE = """
SELECT 'doctor' AS subject_kind, doctor AS subject, '' AS within, count(*) OVER day > $4 AS is_marked, id,
    count(*) OVER day AS times
FROM concluded JOIN signed USING (id) WINDOW day AS (PARTITION BY doctor, concluded_on)
"""
_TOO_EARLY = """
SELECT 'institution' AS subject_kind, institution AS subject, '' AS within, true AS is_marked, id
FROM concluded WHERE concluded_on < applied_on
"""
_TWO_PLACES = """
SELECT 'doctor' AS subject_kind, doctor AS subject, '' AS within, true AS is_marked, id, concluded_on
FROM concluded JOIN signed USING (id)
JOIN (
    SELECT doctor, concluded_on FROM concluded JOIN signed USING (id)
    GROUP BY doctor, concluded_on HAVING count(DISTINCT institution) > 1
) AS torn USING (doctor, concluded_on)
"""
_SHARED = """
SELECT 'digest' AS subject_kind, encode(value_index, 'hex') AS subject, '' AS within, true AS is_marked, c.id
FROM concluded c
CROSS JOIN LATERAL (
    SELECT value_index FROM person_contact k WHERE k.person_id = c.person_id AND k.kind = $4 AND k.valid_to IS NULL
    ORDER BY k.valid_from DESC, k.id DESC LIMIT 1
) held
"""
_DRAWN = """
drawn AS MATERIALIZED (
    SELECT c.id, c.region_path, c.person_id, c.stage = 'withdrawn' AS is_withdrawn,
        c.detail -> 'choice' ->> 'draw_id' AS draw_id, c.detail -> 'choice' -> 'doctors' AS doctors,
        c.detail -> 'institution' ->> 'id' AS institution, coalesce(c.detail -> 'turns', '[]') AS turns,
        c.detail -> 'conclusion' -> 'doctors' AS signed,
        CASE WHEN c.detail -> 'choice' ->> 'reason' IN ('cannot_travel', 'other') THEN (
            SELECT max((step ->> 'on')::date) FROM jsonb_array_elements(c.detail -> 'done') AS step
            WHERE step ->> 'action' = 'assign_evaluation') END AS chosen_on,
        CASE WHEN c.stage = 'withdrawn' THEN (c.detail -> 'done' -> -1 ->> 'on')::date
            ELSE (c.detail -> 'conclusion' ->> 'concluded_on')::date END AS out_on
    FROM certificate_case c LEFT JOIN person p ON p.id = c.person_id
    WHERE (c.region_path || '/') ^@ ($1 || '/') AND p.clock_id IS NULL
), declined AS (
    SELECT id, person_id, turn, (turn ->> 'ended_on')::date AS declined_on
    FROM drawn CROSS JOIN LATERAL jsonb_array_elements(turns) AS turn
    WHERE turn ->> 'reason' IS NOT NULL AND turn ->> 'draw_id' IS NOT NULL
        AND (turn ->> 'ended_on')::date BETWEEN $2 AND $3
)
"""
_APPLICANT = "'digest' AS subject_kind, encode(sha256(convert_to(person_id::text, 'UTF8')), 'hex') AS subject"
_WITHDRAWN = f"""
SELECT {_APPLICANT}, '' AS within, true AS is_marked, id
FROM (
    SELECT *, max(out_on) OVER (PARTITION BY person_id) AS latest FROM drawn
    WHERE is_withdrawn AND draw_id IS NOT NULL AND out_on BETWEEN $2 AND $3
) found WHERE latest >= $4
"""
_REDRAWN = f"""
SELECT {_APPLICANT}, '' AS within, true AS is_marked, id
FROM (SELECT *, max(declined_on) OVER (PARTITION BY person_id) AS latest FROM declined) found WHERE latest >= $4
"""
_WITHDRAWALS = """
SELECT 'doctor' AS subject_kind, doctor AS subject, '' AS within, is_withdrawn AS is_marked, id
FROM drawn CROSS JOIN LATERAL jsonb_array_elements_text(doctors) AS doctor
WHERE draw_id IS NOT NULL AND out_on BETWEEN $2 AND $3
UNION ALL
SELECT 'institution', institution, '', is_withdrawn, id
FROM drawn WHERE draw_id IS NOT NULL AND out_on BETWEEN $2 AND $3
"""
_DECLINED = """
SELECT 'doctor' AS subject_kind, doctor AS subject, '' AS within, true AS is_marked, id
FROM declined CROSS JOIN LATERAL jsonb_array_elements_text(turn -> 'doctors') AS doctor
WHERE turn ->> 'word' = 'doctor'
UNION ALL
SELECT 'institution', turn ->> 'institution_id', '', true, id FROM declined
"""
_BY_HAND = """
SELECT 'institution' AS subject_kind, institution AS subject, '' AS within, true AS is_marked, id
FROM drawn WHERE chosen_on BETWEEN $2 AND $3
UNION ALL
SELECT 'doctor', doctor, '', true, id
FROM drawn CROSS JOIN LATERAL jsonb_array_elements_text(signed) AS doctor WHERE chosen_on BETWEEN $2 AND $3
"""
_EACH = "count(*) AS times, count(*) AS cases"
_TURNS = "count(*) AS times, count(DISTINCT id) AS cases"
_AROUND = """
SELECT unnest($1::uuid[]) AS id UNION SELECT guardian_id FROM guardianship WHERE person_id = ANY ($1)
"""
_SHARES = """
WITH {files}, marks AS ({marks}), own AS (
    SELECT subject_kind, subject, within, count(*) AS cases, count(*) FILTER (WHERE is_marked) AS marked
    FROM marks GROUP BY subject_kind, subject, within
), whole AS (
    SELECT subject_kind, within, count(*) AS cases, count(*) FILTER (WHERE is_marked) AS marked
    FROM (SELECT DISTINCT subject_kind, within, id, is_marked FROM marks) AS once GROUP BY subject_kind, within
)
SELECT subject_kind, subject, within, own.cases, own.marked, whole.cases - own.cases AS cases_elsewhere,
    whole.marked - own.marked AS marked_elsewhere
FROM own JOIN whole USING (subject_kind, within)
"""
_COUNTS = """
WITH {files}, marks AS ({marks}) SELECT subject_kind, subject, {counted} FROM marks GROUP BY subject_kind, subject
"""
_BEHIND = """
WITH {files}, marks AS ({marks})
SELECT (array_agg(DISTINCT id ORDER BY id))[1:{most}] AS cases, min(region_path) AS first_region,
    max(region_path) AS last_region, (array_agg(DISTINCT person_id))[1:{most}] AS people
FROM marks JOIN {all_files} USING (id)
WHERE is_marked AND subject_kind = ${kind} AND subject = ${key} AND within = ${within}
"""


@dataclass(frozen=True)
class _Marks:
    """How one kind of alarm marks cases: its statement, what that asks for, and how it is counted."""

    sql: str
    asked: Callable[[Extent], tuple[Any, ...]] = lambda _: ()
    counted: str = _EACH
    begins: Callable[[Extent], Any] = lambda extent: extent.period.first
    files: str = _CONCLUDED

    @property
    def all_files(self) -> str:
        """The name of what the files are read from."""
        return self.files.split(maxsplit=1)[0]


def _since(extent: Extent) -> tuple[Any, ...]:
    return (extent.period.first,)


def _back(extent: Extent) -> date:
    """From when on the draws of one applicant are counted."""
    return extent.rules.draws_counted(extent.period).first


def _thresholds(extent: Extent) -> tuple[Any, ...]:
    bounds = extent.thresholds
    widths: list[Decimal] = [one.width(extent.rules.widths[one.measure]) for one in bounds]
    return (
        [one.measure.value for one in bounds],
        [one.bound for one in bounds],
        widths,
        [one.belongs_above for one in bounds],
        [one.is_heavier_above for one in bounds],
    )


_OF: Mapping[AlarmKind, _Marks] = {
    AlarmKind.SEVERE_SHARE: _Marks(_SEVERE, lambda extent: (extent.rules.severe_until.value,)),
    AlarmKind.HEAPED_MEASUREMENTS: _Marks(_HEAPED, _thresholds),
    AlarmKind.VILLAGE_CLUSTER: _Marks(
        _CLUSTERED,
        lambda extent: (extent.period.first,),
        begins=lambda extent: extent.period.before(extent.rules.months_before).first,
    ),
    AlarmKind.PACE: _Marks(
        _PACE, lambda extent: (extent.rules.most(AlarmKind.PACE),), "max(times) AS times, max(times) AS cases"
    ),
    AlarmKind.CONCLUDED_BEFORE_APPLICATION: _Marks(_TOO_EARLY),
    AlarmKind.TWO_PLACES: _Marks(_TWO_PLACES, counted="count(DISTINCT concluded_on) AS times, count(*) AS cases"),
    AlarmKind.SHARED_ADDRESS: _Marks(_SHARED, lambda _: ("address",)),
    AlarmKind.SHARED_PHONE: _Marks(_SHARED, lambda _: ("phone",)),
    AlarmKind.WITHDRAWAL_SHARE: _Marks(_WITHDRAWALS, files=_DRAWN),
    AlarmKind.DECLINED_DRAWS: _Marks(_DECLINED, counted=_TURNS, files=_DRAWN),
    AlarmKind.CHOSEN_BY_HAND: _Marks(_BY_HAND, files=_DRAWN),
    AlarmKind.WITHDRAWN_AFTER_DRAW: _Marks(_WITHDRAWN, _since, begins=_back, files=_DRAWN),
    AlarmKind.REDRAWN: _Marks(_REDRAWN, _since, counted=_TURNS, begins=_back, files=_DRAWN),
}


class PostgresTallies:
    """What the database counts for the figures of a period."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def shares(self, kind: AlarmKind, extent: Extent) -> list[Share]:
        """What a kind compares, subject by subject."""
        rows = await self._session.rows(
            _SHARES.format(files=_OF[kind].files, marks=_OF[kind].sql), *_asked(kind, extent)
        )
        return sorted((_share(kind, row) for row in rows), key=lambda share: (share.subject, share.of))

    async def counts(self, kind: AlarmKind, extent: Extent) -> list[Count]:
        """What a kind counts, subject by subject."""
        marks = _OF[kind]
        sql = _COUNTS.format(files=marks.files, marks=marks.sql, counted=marks.counted)
        rows = await self._session.rows(sql, *_asked(kind, extent))
        counts = (Count(subject=_subject(row), times=row["times"], cases=row["cases"]) for row in rows)
        return sorted(counts, key=lambda count: count.subject)

    async def behind(self, signal: Signal, extent: Extent) -> CasesBehind:
        """The files that a signal rests on: the oldest, and between which places all of them lie."""
        asked = _asked(signal.kind, extent)
        kind, key, within = range(len(asked) + 1, len(asked) + 4)
        marks = _OF[signal.kind]
        sql = _BEHIND.format(
            files=marks.files,
            all_files=marks.all_files,
            marks=marks.sql,
            most=MOST_CASES,
            kind=kind,
            key=key,
            within=within,
        )
        of = _number_of(signal.of) if signal.kind is AlarmKind.SEVERE_SHARE else signal.of
        row = await self._session.row(sql, *asked, signal.subject.kind, signal.subject.key, of)
        assert row  # an aggregate always has one
        people = await self._around(row["people"]) if signal.kind in OF_APPLICANTS else ()
        return CasesBehind(tuple(row["cases"]), row["first_region"], row["last_region"], people)

    async def _around(self, people: list[UUID]) -> tuple[UUID, ...]:
        """These people, and their guardians."""
        return tuple(row["id"] for row in await self._session.rows(_AROUND, people))


def _asked(kind: AlarmKind, extent: Extent) -> tuple[Any, ...]:
    marks = _OF[kind]
    return (extent.area, marks.begins(extent), extent.period.last, *marks.asked(extent))


def _share(kind: AlarmKind, row: Any) -> Share:
    return Share(
        subject=_subject(row),
        of=Category(int(row["within"])).slug if kind is AlarmKind.SEVERE_SHARE else row["within"],
        marked=row["marked"],
        cases=row["cases"],
        marked_elsewhere=row["marked_elsewhere"],
        cases_elsewhere=row["cases_elsewhere"],
    )


def _subject(row: Any) -> Subject:
    return Subject(SubjectKind(row["subject_kind"]), row["subject"])


def _number_of(slug: str) -> str:
    return str(next(category.value for category in Category if category.slug == slug))
