"""Evidence and requests for it: rows to aggregates and back, and all that is held of a person in one statement."""

from datetime import date
from typing import Any
from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import EvidenceRequestRow, EvidenceRow
from app.domain.evidence import Evidence, EvidenceRequest
from app.services.ports.evidence import CertificateOnRecord, OnRecord

EVIDENCE = Kind(
    EvidenceRow,
    Evidence,
    lambda evidence: {
        "kind": evidence.kind,
        "assurance": evidence.assurance,
        "valid_until": evidence.valid_until,
        "fact_id": evidence.fact_id,
        "supersedes": evidence.supersedes,
        "recorded_by": evidence.recorded_by,
    },
)
EVIDENCE_REQUESTS = Kind(
    EvidenceRequestRow,
    EvidenceRequest,
    lambda request: {"kind": request.kind, "stage": request.stage, "evidence_id": request.evidence_id},
)
AT_MOST = 200
_HELD = """
SELECT held.certificate_id, held.region_path, held.approving_organisation_id, held.issued_on, held.valid_until,
    (SELECT coalesce(array_agg((e.detail::text, e.version) ORDER BY e.id), '{}')
     FROM (SELECT id, detail, version, valid_until, fact_id FROM evidence WHERE person_id = $1
           ORDER BY id DESC LIMIT $3) e
     WHERE (e.valid_until IS NULL OR e.valid_until >= $2)
       AND (e.fact_id IS NULL OR e.fact_id = held.certificate_id
            OR NOT EXISTS (SELECT FROM certificate c WHERE c.id = e.fact_id))
       AND NOT EXISTS (SELECT FROM evidence newer WHERE newer.supersedes = e.id)) AS evidence
FROM (SELECT) nothing LEFT JOIN LATERAL (
    SELECT v.certificate_id, c.region_path, c.approving_organisation_id, v.issued_on, v.valid_until
    FROM certificate c JOIN certificate_version v ON v.certificate_id = c.id AND v.is_current
    WHERE c.person_id = $1 AND v.status = 'in_force' AND v.valid_until >= $2
    ORDER BY c.id DESC LIMIT 1
) held ON true
"""
# What stands for a fact of our own registers holds only while the register says so, to whom it may say anything.


class PostgresEvidence(PostgresAggregates[Evidence]):
    """Evidence in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, EVIDENCE)

    async def held_of(self, person_id: UUID, *, on: date) -> OnRecord:
        """All that is valid of what is held of a person."""
        row = await self._session.row(_HELD, person_id, on, AT_MOST)
        assert row  # it selects one row, whatever there is
        held = (
            EVIDENCE.to_aggregate({"detail": detail, "version": version, "person_id": person_id})
            for detail, version in row["evidence"]
        )
        return OnRecord(tuple(held), _to_certificate(row))


class PostgresEvidenceRequests(PostgresAggregates[EvidenceRequest]):
    """Requests for evidence in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, EVIDENCE_REQUESTS)

    async def of_application(self, application_id: UUID) -> list[EvidenceRequest]:
        """All of an application; a package asks for a dozen things."""
        return await self.select("application_id = $1 ORDER BY id LIMIT $2", application_id, AT_MOST)

    async def unsettled_of(self, person_id: UUID, kind: str) -> list[EvidenceRequest]:
        """The open and the refused ones of a person for one kind."""
        condition = "person_id = $1 AND kind = $2 AND stage IN ('open', 'refused') ORDER BY id LIMIT $3"
        return await self.select(condition, person_id, kind, AT_MOST)


def _to_certificate(row: Any) -> CertificateOnRecord | None:
    if row["certificate_id"] is None:
        return None
    return CertificateOnRecord(
        certificate_id=row["certificate_id"],
        region=row["region_path"],
        approving_organisation_id=row["approving_organisation_id"],
        issued_on=row["issued_on"],
        valid_until=row["valid_until"],
    )
