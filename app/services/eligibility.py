"""Use case: what somebody may expect of a package, told without asking who it is, and kept nowhere."""

from dataclasses import replace

from app.domain.application import Outlook, Package, outlook_of
from app.domain.entitlement import Facts
from app.services.ports.work import UnitOfWork


async def check_eligibility(
    package_code: str, *, region_code: str, facts: Facts, uow: UnitOfWork
) -> tuple[Outlook, ...]:
    """For each item of the package: likely, unlikely or unknown, with the reasons."""
    async with uow:
        region = uow.regions.by_code(region_code).path
        rules = uow.rulebook.at(region, uow.today)
        placed = replace(facts, registration_region=region)
        return await uow.commit(outlook_of(Package.of(package_code, rules), placed, rules=rules))
