"""What may come in between in a referral: it rests and goes on, ends early, moves, or an officer closes it."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.idempotency import Command, keyed
from app.api.preconditions import ExpectedVersion
from app.api.v1.referral import NOT_SUITABLE, location, step
from app.api.v1.schemas.referral import ReferralRead
from app.api.v1.schemas.referral_steps import (
    AppointmentsCreate,
    OverrideCreate,
    PauseCreate,
    RevocationCreate,
    TransferCreate,
)
from app.domain.referral import (
    AlreadyTheProvider,
    AppointmentImpossible,
    NothingLeft,
    NotTheProvider,
    PauseImpossible,
    Reasoned,
)
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.transitions import OwnCase
from app.domain.shared.voice import NotThePerson
from app.services import referral
from app.services.referral import ReferralUnderWay

router = APIRouter(prefix="/referrals", tags=["Referrals"])


@router.post(
    "/{referral_id}/override",
    response_model=ReferralRead,
    **step("override_delivery", refusals=(OwnCase, DutiesNotSeparated)),
)
async def override_delivery(
    referral_id: UUID,
    asked: OverrideCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("override_delivery")],
) -> Response:
    """Close it in place of the person, with a reason, as an officer who has not offered it.

    The need counts as met only where the officer has seen on site that it was done.
    """
    use_case = partial(referral.override_delivery, referral_id, asked.to_override(), version=version)
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/appointments",
    response_model=ReferralRead,
    **step("schedule_visits", refusals=(NotTheProvider, AppointmentImpossible)),
)
async def schedule_visits(
    referral_id: UUID,
    asked: AppointmentsCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("schedule_visits")],
) -> Response:
    """Say on which days you come, in place of what you had said of the days to come.

    Visits to come move with a transfer, rest while the service rests, and end when it is revoked.
    """
    use_case = partial(referral.schedule_visits, referral_id, asked.to_appointments(), version=version)
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/pause",
    response_model=ReferralRead,
    **step("pause_referral", refusals=(NotTheProvider, PauseImpossible)),
)
async def pause_referral(
    referral_id: UUID,
    asked: PauseCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("pause_referral")],
) -> Response:
    """Let the service rest for a while, as after an admission to hospital; nothing is delivered meanwhile."""
    use_case = partial(
        referral.pause_referral,
        referral_id,
        Reasoned(reason=asked.reason, words=asked.words),
        version=version,
        expected_until=asked.expected_until,
    )
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/resumption", response_model=ReferralRead, **step("resume_referral", refusals=(NotTheProvider,))
)
async def resume_referral(
    referral_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("resume_referral")]
) -> Response:
    """Let the service go on from where it stood."""
    use_case = partial(referral.resume_referral, referral_id, version=version)
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/revocation", response_model=ReferralRead, **step("revoke_referral", refusals=(NotThePerson,))
)
async def revoke_referral(
    referral_id: UUID,
    asked: RevocationCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("revoke_referral")],
) -> Response:
    """End it before it was confirmed: the person or a guardian may, and so may whoever refers people there.

    What was delivered stays on record.
    """
    use_case = partial(
        referral.revoke_referral, referral_id, Reasoned(reason=asked.reason, words=asked.words), version=version
    )
    return await command.run(use_case, ReferralRead.of_view)


@router.post(
    "/{referral_id}/transfer",
    response_model=ReferralRead,
    status_code=201,
    **step(
        "transfer_referral",
        refusals=(*NOT_SUITABLE, AlreadyTheProvider, NothingLeft, ReferralUnderWay),
        links={"get_referral": "referral_id"},
    ),
)
async def transfer_referral(
    referral_id: UUID,
    asked: TransferCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("transfer_referral")],
) -> Response:
    """Ask another provider to go on with what is left. The answer is the new referral.

    What was delivered stays with the one before; tasks that are not overdue and all that is still to be delivered move.
    """
    use_case = partial(
        referral.transfer_referral,
        referral_id,
        asked.service_id,
        Reasoned(reason=asked.reason, words=asked.words),
        version=version,
    )
    return await command.run(use_case, ReferralRead.of_view, status=201, location=location)
