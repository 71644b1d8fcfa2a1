"""Who may be asked for, and what is refused at the door of a project."""

from collections.abc import Sequence
from uuid import UUID

from app.domain.project.asked import Asked
from app.domain.project.overlap import Overlap
from app.domain.project.project import Project
from app.domain.project.refusals import AmountImpossible, DoubleBenefit, NotTargeted, OutsideProjectArea
from app.domain.shared.access import Principal, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.finding import Finding
from app.domain.shared.region import contains
from app.domain.shared.transitions import NotYourFunction


def post_for(asked: Asked, *, by: Principal) -> UUID | None:
    """The organisation for which the caller puts somebody on a list."""
    roles = OPERATIONS["enrol_beneficiary"].roles
    if not has_function(by, roles, region=asked.region):
        raise NotYourFunction(
            "Only officers put people on the list of a project, each in their own area. Pass it on to them.",
            roles=", ".join(sorted(roles)),
        )
    if by.is_concerned(asked.person_id):
        raise DutiesNotSeparated("Nobody puts themselves on the list of a project. Another officer must.")
    return organisation_of(by, roles, region=asked.region)


def require_fitting(asked: Asked, project: Project, *, target: Finding | None) -> None:
    """Hold what is asked to the place, the days, the amount and the rule of the project."""
    if not contains(project.region, asked.region):
        raise OutsideProjectArea("The project is for another place than the one where the person lives.")
    project.require_taking(valid_from=asked.valid_from, valid_to=asked.valid_to)
    if asked.amount_fen > project.terms.amount_fen:
        raise AmountImpossible(f"One beneficiary gets {project.terms.amount_fen} fen at most.", pointer="/amount_fen")
    if target is Finding.NOT_MET:
        raise NotTargeted("The rule that the project names does not find the person. GET …/fit says why.")


def require_exception(asked: Asked, project: Project, found: Sequence[Overlap]) -> None:
    """Let what stands against it be only where the terms allow an exception and somebody says why."""
    if not project.terms.allows_exceptions:
        raise DoubleBenefit(f"{named(found)} stands against it, and the project allows no exception. {_SEE}")
    if not asked.exception.strip():
        raise DoubleBenefit(f"{named(found)} stands against it. Say in `exception` why it should be, or wait. {_SEE}")


_SEE = "GET /v1/projects/{id}/fit says since when, until when, and what would change it."


def named(found: Sequence[Overlap]) -> str:
    """What stands against it, by name."""
    return ", ".join(dict.fromkeys(one.received.name or one.received.called for one in found))
