"""Whether a service suits a need: what it meets, where, and by the rules. What is not known is left to people."""

from app.domain.assessment import Need
from app.domain.catalogue import require_confirmed, service_types
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.finding import Finding
from app.services.matching import verdicts_of
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork


class DoesNotMeetNeed(Unprocessable):
    """The service is for other needs."""

    code = "does_not_meet_need"
    title = "The service does not meet this need"


class NoReferralsHere(Unprocessable):
    """What an office grants is applied for; nobody there answers referrals."""

    code = "no_referrals_here"
    title = "This service is applied for"


class NotEntitled(Conflict):
    """By the facts that are held, the rules do not give the person this service."""

    code = "not_entitled"
    title = "The person is not entitled to this service"


class OutsideServiceArea(Conflict):
    """The service does not take residents of the person's place."""

    code = "outside_service_area"
    title = "The service does not reach the person"


class ExclusiveService(Conflict):
    """The person receives a service that is not given together with this one."""

    code = "exclusive_service"
    title = "Another service stands against it"


async def require_suitable(offered: Offered, need: Need, uow: UnitOfWork) -> None:
    """Hold the service to the need, the place and the rules; what is not known is left to people."""
    service = offered.service
    require_confirmed(service)
    if need.code.item not in service.meets:
        raise DoesNotMeetNeed("The service is for other needs. Ask POST /v1/matches what there is for this one.")
    if not offered.takes_referrals:
        raise NoReferralsHere("An office grants this; apply for it with POST /v1/applications.", pointer="/service_id")
    if not service.takes_from(need.region):
        raise OutsideServiceArea("The service does not take residents of this place. Choose another.")
    held = await uow.facts.of(need.person_id, on=uow.today)
    rules = uow.rulebook.at(need.region, uow.today)
    verdict = verdicts_of({service.code}, held, rules=rules).get(service.code)
    if verdict is None or verdict.finding is Finding.NOT_MET:
        raise NotEntitled("The rules do not give the person this service. POST /v1/matches says why, and what helps.")
    types = service_types(rules)
    if against := types[service.code].exclusive_with & held.receiving:
        raise ExclusiveService(
            f"The person receives {', '.join(sorted(against))}, which is not given together with this.",
            services=sorted(against),
        )
