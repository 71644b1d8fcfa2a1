"""Referrals: rows to aggregates and back."""

from collections.abc import Sequence
from uuid import UUID

from app.adapters.postgres.aggregates import FOLLOWS, Kind, PostgresAggregates
from app.adapters.postgres.reach import BEGINNING
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ReferralRow
from app.domain.consent import Consent
from app.domain.plan import Plan
from app.domain.referral import Referral, ReferralStage
from app.domain.shared.access import Principal

REFERRALS = Kind(
    ReferralRow,
    Referral,
    lambda referral: {
        "need_id": referral.need_id,
        "service_id": referral.service_id,
        "provider_id": referral.provider_id,
        "stage": referral.stage,
        "offered_at": referral.offered_at,
    },
    says=FOLLOWS,
)
_UNDER_WAY = "stage IN ('offered', 'accepted', 'delivered', 'paused')"
_OPEN = f"need_id = $1 AND service_id = $2 AND {_UNDER_WAY}"
_RESTING = f"""
person_id = $1 AND provider_id = $2 AND detail->>'consent_purpose' = $3 AND {_UNDER_WAY} ORDER BY id LIMIT $4
"""
_OF_PLAN = f"""
SELECT id FROM referral WHERE person_id = $1 AND detail->>'plan_id' = $2 AND {_UNDER_WAY} ORDER BY id LIMIT $3
"""
_BY_PLAN = "r.detail->>'plan_item_id' IS NOT NULL"
_PEOPLE = f"""
SELECT DISTINCT r.person_id FROM referral r JOIN person p ON p.id = r.person_id
WHERE (p.region_path = $1 OR p.region_path ^@ ($1 || '/')) AND p.clock_id IS NOT DISTINCT FROM $2
  AND r.person_id > $3 AND {_BY_PLAN}
ORDER BY r.person_id LIMIT $4
"""
MOST = 100
"""Of one person to one provider: a need has one at most to each service."""


class PostgresReferrals(PostgresAggregates[Referral]):
    """Referrals in PostgreSQL."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, REFERRALS)

    async def open_offer(self, need_id: UUID, service_id: UUID) -> Referral | None:
        """The one that is under way; the database holds that there is one at most."""
        found = await self.select(_OPEN, need_id, service_id)
        return found[0] if found else None

    async def resting_on(self, consent: Consent) -> list[Referral]:
        """Those under way to the consent's receiver that were made for its purpose, for its person."""
        return await self.select(_RESTING, consent.person_id, consent.receiver_id, consent.purpose, MOST)

    async def under_way_of(self, plan: Plan) -> list[UUID]:
        """The ids of those by which a plan is carried out."""
        rows = await self._session.rows(_OF_PLAN, plan.person_id, str(plan.id), MOST)
        return [row["id"] for row in rows]

    async def people_by_plan(self, region: str, *, clock_id: UUID | None, after: UUID | None, limit: int) -> list[UUID]:
        """Some of those who live in a place; the index by person has them in order."""
        rows = await self._session.rows(_PEOPLE, region, clock_id, after or BEGINNING, limit)
        return [row["person_id"] for row in rows]

    async def by_plan(self, person_ids: Sequence[UUID]) -> list[Referral]:
        """One statement for all of them."""
        return await self.select("person_id = ANY ($1) AND detail->>'plan_item_id' IS NOT NULL", list(person_ids))

    async def page(
        self,
        *,
        person_id: UUID | None,
        stages: tuple[ReferralStage, ...],
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Referral]:
        """Some of those that the caller may see, in the order of their ids."""
        condition = "stage = ANY ($4) AND ($5::uuid IS NULL OR person_id = $5)"
        return await self.page_of(condition, list(stages), person_id, whose=whose, after=after, limit=limit)
