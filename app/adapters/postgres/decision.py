"""Decisions: rows to dataclasses and back; grounds, facts and words are sealed."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.adapters.postgres.database import Json
from app.adapters.postgres.parties import FOLLOWED_CASES, PARTY_CASES
from app.adapters.postgres.reach import BEGINNING, Reach, within
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import DecisionRow
from app.domain.decision import ENDING, Content, Decider, Decision, Matter, Outcome, Remedy
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import NotFound

_CONTENT = TypeAdapter(Content)
_REMEDY = TypeAdapter(Remedy)
_SELECT = """
SELECT id, person_id, region_path, application_id, matter, case_id, item, outcome, decided_on, decided_at, decided_by,
       role, organisation_id, rule_versions, remedy, replaces, language, content_cipher, version
FROM decision
"""
_ONE = f"{_SELECT} WHERE id = $1"
_OF_PARTIES = f"""
(person_id = ANY ($1::uuid[]) OR id IN {PARTY_CASES} OR application_id IN {FOLLOWED_CASES}
 OR id IN (SELECT decision_id FROM review WHERE body_id = ANY ($1::uuid[]))
 OR case_id IN (SELECT id FROM review WHERE body_id = ANY ($1::uuid[])))
"""
_REST = """
AND ($2::uuid IS NULL OR person_id = $2) AND ($3::uuid IS NULL OR case_id = $3) AND id > $4 ORDER BY id LIMIT $5
"""
_LATEST = f"{_SELECT} WHERE case_id = $1 ORDER BY id DESC LIMIT 1"
_OVERTAKEN = "SELECT is_overtaken($1, $2, $3) AS so"
_GRANTS = (Outcome.GRANTED, Outcome.DEEMED_GRANTED)
_GRANTING = "SELECT granting_certificates($1, $2) AS id"
_APPLICATION = "SELECT true FROM application WHERE id = $1"
_OF_APPLICATION = f"{_SELECT} WHERE application_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3"


class PostgresDecisions:
    """Decisions in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, decision_id: UUID) -> Decision:
        """One of them."""
        row = await self._session.row(_ONE, decision_id)
        if row is None:
            raise NotFound("There is no such decision. Check the id.")
        return self._to_decision(row)

    async def page(
        self, *, person_id: UUID | None, case_id: UUID | None, whose: Principal, after: UUID | None, limit: int
    ) -> list[Decision]:
        """Some of those in the caller's areas, or of those that the caller is a party to, in one statement."""
        reach = within(whose.areas) if whose.areas else Reach(_OF_PARTIES, list(whose.parties))
        sql = f"{_SELECT} WHERE {reach.condition} {_REST}"
        rows = await self._session.rows(sql, reach.value, person_id, case_id, after or BEGINNING, limit)
        return [self._to_decision(row) for row in rows]

    async def of_application(self, application_id: UUID, *, after: UUID | None, limit: int) -> list[Decision]:
        """Some of those about one application."""
        if await self._session.row(_APPLICATION, application_id) is None:
            raise NotFound("There is no such application. Check the id.")
        rows = await self._session.rows(_OF_APPLICATION, application_id, after, limit)
        return [self._to_decision(row) for row in rows]

    async def latest_of(self, case_id: UUID) -> Decision | None:
        """The newest one on a case, if there is one."""
        row = await self._session.row(_LATEST, case_id)
        return self._to_decision(row) if row else None

    async def granting_certificates(self, person_id: UUID) -> list[UUID]:
        """The decisions by which certificates were granted to a person of the caller's, wherever that was decided."""
        return [row["id"] for row in await self._session.rows(_GRANTING, person_id, [*_GRANTS])]

    async def is_overtaken(self, decision: Decision) -> bool:
        """Say whether another stands in its place, or has ended or put right what it granted."""
        row = await self._session.row(_OVERTAKEN, decision.id, [*ENDING], [*_GRANTS])
        return bool(row and row["so"])

    def add(self, decision: Decision) -> None:
        """Put a new one on record."""
        self._session.add(
            DecisionRow,
            id=decision.id,
            person_id=decision.person_id,
            region_path=decision.region,
            application_id=decision.application_id,
            matter=decision.matter,
            case_id=decision.case_id,
            item=decision.item,
            outcome=decision.outcome,
            decided_on=decision.decided_on,
            decided_at=decision.decided_at,
            decided_by=decision.by.account_id,
            role=decision.by.role,
            organisation_id=decision.by.organisation_id,
            rule_versions=list(decision.rule_versions),
            remedy=Json(_REMEDY.dump_json(decision.remedy).decode()) if decision.remedy else None,
            replaces=decision.replaces,
            language=decision.language,
            content_cipher=self._session.cipher.encrypt(
                _CONTENT.dump_json(decision.content).decode(), table="decision", column="content", row=decision.id
            ),
            version=decision.version,
        )

    def _to_decision(self, row: Any) -> Decision:
        content = self._session.cipher.decrypt(row["content_cipher"], table="decision", column="content", row=row["id"])
        return Decision(
            id=row["id"],
            person_id=row["person_id"],
            region=row["region_path"],
            application_id=row["application_id"],
            matter=Matter(row["matter"]),
            case_id=row["case_id"],
            item=row["item"],
            outcome=Outcome(row["outcome"]),
            decided_on=row["decided_on"],
            decided_at=row["decided_at"],
            by=Decider(
                account_id=row["decided_by"],
                role=Role(row["role"]) if row["role"] else None,
                organisation_id=row["organisation_id"],
            ),
            content=_CONTENT.validate_json(content),
            rule_versions=tuple(row["rule_versions"]),
            remedy=_REMEDY.validate_python(row["remedy"]) if row["remedy"] else None,
            replaces=row["replaces"],
            language=row["language"],
            version=row["version"],
        )
