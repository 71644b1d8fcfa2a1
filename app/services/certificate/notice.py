"""Use cases of the public notice of a conclusion, and of who must keep out of a case."""

from uuid import UUID

from app.domain.certificate import CertificateCase, NoticeRules, NoticeSheet, Relation
from app.services.certificate.steps import done, noted, taken_up
from app.services.ports.work import UnitOfWork
from app.services.read_models import View


async def get_notice_sheet(case_id: UUID, *, uow: UnitOfWork) -> NoticeSheet:
    """What is put up of a case today: nothing, once its last day has passed. That it was shown is written down."""
    async with uow:
        case = await uow.certificate_cases.get(case_id)
        person = await uow.persons.get(case.person_id)
        sheet = case.sheet(
            person.name_on(uow.today) or "", on=uow.today, rules=NoticeRules.of(uow.rulebook.at(case.region, uow.today))
        )
        uow.accessed(case.person_id, disclosed=("certificate_case",))
        return await uow.commit(sheet)


async def record_objection(case_id: UUID, *, version: int, text: str, uow: UnitOfWork) -> View[CertificateCase]:
    """Take down what the public says against the conclusion; the offices' times stand still until it is settled."""
    async with uow:
        case = await taken_up(case_id, version=version, uow=uow)
        recorded, event = case.record_objection(by=uow.actor, on=uow.today, text=text)
        return await done(recorded, event, uow=uow)


async def dismiss_objection(case_id: UUID, *, version: int, finding: str, uow: UnitOfWork) -> View[CertificateCase]:
    """Find that the objection is not so, and let the case go on."""
    async with uow:
        case = await taken_up(case_id, version=version, uow=uow)
        dismissed, event = case.dismiss_objection(by=uow.actor, on=uow.today, finding=finding)
        return await done(dismissed, event, uow=uow)


async def declare_relation(
    case_id: UUID, *, version: int, relation: Relation, uow: UnitOfWork
) -> View[CertificateCase]:
    """Keep out of a case from now on, being related to the person."""
    async with uow:
        case = await taken_up(case_id, version=version, uow=uow)
        declared, event = case.declare_relation(relation, by=uow.actor, on=uow.today)
        return await noted(declared, event, uow=uow)
