"""What the use cases of referrals ask of the store."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from app.domain.consent import Consent
from app.domain.plan import Plan
from app.domain.referral import Referral, ReferralStage
from app.domain.shared.access import Principal


class Referrals(Protocol):
    """Ways of people to services."""

    async def get(self, key: UUID, *, version: int | None = None) -> Referral:
        """The referral; with `version`, only if it still is the one that the caller has read."""
        ...

    async def open_offer(self, need_id: UUID, service_id: UUID) -> Referral | None:
        """The one that a need has to a service and that nobody has declined or confirmed yet."""
        ...

    async def resting_on(self, consent: Consent) -> list[Referral]:
        """Those under way to the consent's receiver that were made for its purpose, for its person."""
        ...

    async def under_way_of(self, plan: Plan) -> list[UUID]:
        """The ids of those by which a plan is carried out, and that nobody has declined or confirmed yet."""
        ...

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
        ...

    async def people_by_plan(self, region: str, *, clock_id: UUID | None, after: UUID | None, limit: int) -> list[UUID]:
        """Some people of a place who were referred by a step of a plan, in the order of their ids."""
        ...

    async def by_plan(self, person_ids: Sequence[UUID]) -> list[Referral]:
        """All referrals of some people that were made by steps of their plans."""
        ...

    def add(self, referral: Referral) -> None:
        """Put a new one on record."""
        ...

    async def save(self, referral: Referral) -> Referral:
        """Write a changed one over the version that was read."""
        ...
