"""Referrals: rows to aggregates and back."""

from uuid import UUID

from app.adapters.postgres.aggregates import Kind, PostgresAggregates
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import ReferralRow
from app.domain.consent import Consent
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
)
_UNDER_WAY = "stage IN ('offered', 'accepted', 'delivered')"
_OPEN = f"need_id = $1 AND service_id = $2 AND {_UNDER_WAY}"
_RESTING = f"""
person_id = $1 AND provider_id = $2 AND detail->>'consent_purpose' = $3 AND {_UNDER_WAY} ORDER BY id LIMIT $4
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
